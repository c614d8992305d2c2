import type { Ref } from '../../model/ref.ts'
import type { Wish } from '../../model/wish.ts'

/** Takes deliveries in: one committed transaction each, before GitHub gets its 202. */
export type Inbox = {
  /** `known`: this delivery id was stored before, and nothing happened now. */
  accept(delivery: Delivery): Promise<'stored' | 'known'>
  /** The open pull request from this branch, as far as deliveries told. */
  pullOf(repositoryId: number, branch: string): Promise<number | null>
}

/** What a delivery leaves behind: where to look, and what somebody asked for. Never its payload. */
export type Delivery = {
  /** GitHub's `X-GitHub-Delivery`. */
  readonly id: string
  readonly hints: readonly Hint[]
  readonly wish: NewWish | null
  /** An open pull request and its branch, so that pushes to that branch are not looked at twice. */
  readonly pull: {
    readonly repositoryId: number
    readonly branch: string
    readonly number: number
    readonly open: boolean
  } | null
}

export type NewWish = Pick<Wish, 'repositoryId' | 'pull' | 'commentId' | 'commentNodeId' | 'press' | 'by' | 'writtenAt'>

/** `now`: somebody waits for the answer. `soon`: nothing can be decided by it alone, so others may join it first. */
export type Hint = { readonly ref: Ref; readonly when: 'now' | 'soon'; readonly check?: CheckNews }

/** One check's news. `id`: `run:ID` or `status:NAME`. `decided`: it did not simply pass. */
export type CheckNews = {
  readonly sha: string
  readonly id: string
  readonly state: 'begun' | 'passed' | 'decided'
}

/** The ids of checks under way, by commit. */
export type Awaited = Readonly<Record<string, readonly string[]>>
/** How each check stood, by commit and id. */
export type Seen = Readonly<Record<string, Readonly<Record<string, CheckNews['state']>>>>
export type Expected = { readonly awaited: Awaited; readonly seen: Seen }
