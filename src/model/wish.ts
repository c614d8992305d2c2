import type { Account } from './account.ts'
import type { Verb } from './command.ts'
import type { Press } from './press.ts'

/**
 * What a comment asks Waybill to do. `unknown` keeps the first word, so that the answer can repeat it; `incomplete` names
 * a verb that lacks something.
 */
export type Command =
  | {
      readonly kind: 'promote'
      readonly environment: string
      readonly version: string | null
      /** Why it can't wait for soak and freeze; null for an ordinary promotion. */
      readonly emergency: string | null
    }
  | { readonly kind: 'sign-off'; readonly environment: string; readonly version: string | null }
  | { readonly kind: 'accept'; readonly version: string; readonly reason: string }
  | {
      readonly kind: 'rollback'
      readonly environment: string
      readonly version: string | null
      readonly reason: string
    }
  | { readonly kind: 'retry'; readonly environment: string }
  | { readonly kind: 'unhold'; readonly environment: string }
  | { readonly kind: 'hold'; readonly environment: string; readonly reason: string }
  /** Tries the pull request's head out in a rush box, or gives the box back. */
  | { readonly kind: 'deploy' | 'free'; readonly environment: string }
  /** Reads and judges the pull request again. */
  | { readonly kind: 'recheck' }
  /** Says what would ship, and where everything is. */
  | { readonly kind: 'status' }
  /** `sha`: the head it was granted for; null as long as it is only asked for. */
  | { readonly kind: 'override'; readonly reason: string; readonly sha: string | null; readonly base: string | null }
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown'; readonly word: string }
  | { readonly kind: 'incomplete'; readonly verb: Verb }

/** Write access may decide whether the asker is heard, whoever promotes. */
export function needsWriteAccess(command: Command | null): boolean {
  return ['deploy', 'free', 'rollback', 'retry', 'hold', 'unhold', 'accept'].includes(command?.kind ?? '')
}

/** Where a wish stands. `asked`: the comment is not read again yet. `accepted`: waits to be carried out. The rest is final. */
export type WishState = 'asked' | 'accepted' | 'done' | 'denied'

/** Something a person asked for in a comment or by a button, written down before anything is done about it. Used once. */
export type Wish = {
  readonly id: number
  readonly repositoryId: number
  /** Of a press it is 0 until the line was read: the pull request whose merge the check stands on. */
  readonly pull: number
  /** 0 for a press. */
  readonly commentId: number
  /** GraphQL's id of the comment, to read it again; empty for a press. */
  readonly commentNodeId: string
  readonly press: Press | null
  readonly by: Account
  /** When the comment was written (0 for a press: only its delivery says when), and when Waybill first heard of it (ms, UTC). */
  readonly writtenAt: number
  readonly heardAt: number
  readonly state: WishState
  /** What the comment was found to say, once it was read again. */
  readonly command: Command | null
  /** The 👀 and the final answer are out. */
  readonly seen: boolean
  readonly answered: boolean
}

/**
 * Orders wishes as people asked, however their deliveries came: by when they were written (a press: heard of), within a
 * second by the comments' numbers.
 */
export function askedBefore(a: AskedAt, b: AskedAt): number {
  return askedAt(a) - askedAt(b) || a.commentId - b.commentId || a.id - b.id
}

type AskedAt = Pick<Wish, 'id' | 'commentId' | 'press' | 'writtenAt' | 'heardAt'>

function askedAt({ press, writtenAt, heardAt }: AskedAt): number {
  return press === null ? writtenAt : heardAt
}

/** Names a wish among all of its repository. */
export function wishKey({ id, commentId, press }: Pick<Wish, 'id' | 'commentId' | 'press'>): string {
  return press === null ? `${commentId}` : `press:${id}`
}

/** Where it was asked, as evidence. */
export function askedIn({ commentId, press }: Pick<Wish, 'commentId' | 'press'>): string {
  return press === null ? `comment ${commentId}` : `press ${press.delivery} on check run ${press.checkRun}`
}

/** The comment behind a wish as GitHub shows it now. */
export type WishComment = {
  readonly commentId: number
  readonly body: string
  readonly authorId: number
  readonly edited: boolean
}
