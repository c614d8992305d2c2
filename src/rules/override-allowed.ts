import type { Config } from '../model/config-schema.ts'
import { found } from '../model/lookup.ts'
import type { Override } from '../model/override.ts'
import type { PromotionReason } from '../model/promotion.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Wish } from '../model/wish.ts'
import { partOf } from '../model/writers.ts'
import { isListed } from './is-listed.ts'

export type OverrideAnswer =
  | { readonly kind: 'granted'; readonly override: Override }
  | { readonly kind: 'waits'; readonly reason: PromotionReason }
  | { readonly kind: 'denied'; readonly reason: PromotionReason }

type Asked = { readonly wish: Wish; readonly reason: string }

/** May this person let the gate of this very head pass: somebody `merge.overriders` names, who wrote none of it? */
export function overrideAllowed(snapshot: PullSnapshot, config: Config, { wish, reason }: Asked): OverrideAnswer {
  const { pull, overriders } = snapshot
  const { id, login } = wish.by
  if (!wasThere(snapshot, wish)) return denied({ kind: 'head-moved', sha: pull.headSha })
  const named = config.merge.overriders
  const may = overriders.get(id)
  if (wish.by.kind === 'bot' || named === 'nobody' || (may?.kind === 'found' && !may.value)) {
    const other = typeof named === 'string' ? false : isListed(named, wish.by, { ...snapshot, writers: found([]) })
    if (typeof other === 'object' && other.kind === 'other-account') return denied(other)
    return denied({ kind: 'not-overrider', login, overriders: typeof named === 'string' ? named : named.join(', ') })
  }
  const part = partIn(snapshot, wish)
  if (part.kind === 'wrote') return denied({ kind: 'implementer-of-head', login, as: part.as, sha: part.sha })
  if (snapshot.commits.kind === 'absent') return denied({ kind: 'head-unlisted', login })
  if (may?.kind !== 'found') {
    const cause = may?.kind === 'unknown' ? may.cause : 'it was not read'
    return { kind: 'waits', reason: { kind: 'promoters-unreadable', team: 'merge.overriders', cause } }
  }
  if (part.kind === 'unread') return { kind: 'waits', reason: { kind: 'part-unreadable', login, cause: part.cause } }
  return { kind: 'granted', override: { sha: pull.headSha, base: pull.base, by: { id, login }, reason } }
}

/** By GitHub's own clock the head was pushed before the comment; within one second, and without a list, by ours. */
function wasThere({ pull, pushes, headSeenAt }: PullSnapshot, { writtenAt, heardAt }: Wish): boolean {
  const listed = pushes?.kind === 'found' ? pushes.value : []
  const pushed = listed.filter((push) => push.after === pull.headSha).map((push) => push.at)
  const pushedAt = pushed.length === 0 ? null : Math.max(...pushed)
  if (pushedAt === null) return headSeenAt <= Math.min(heardAt, writtenAt + 1000)
  const [push, comment] = [pushedAt, writtenAt].map((at) => Math.floor(at / 1000))
  return push === comment ? headSeenAt <= heardAt : pushedAt < writtenAt
}

type Part =
  | Exclude<ReturnType<typeof partOf>, { readonly kind: 'asks' }>
  | { readonly kind: 'unread'; readonly cause: string }

/** Commits of nobody known do not stand in the way: an override is one of the ways out of them. */
function partIn({ pull, commits, pushes, comparisons }: PullSnapshot, { by }: Wish): Part {
  const { author, assignees } = pull
  const authorship = {
    author,
    assignees,
    commits: commits.kind === 'found' ? commits.value : [],
    pushes: pushes?.kind === 'found' ? pushes.value : [],
    comparisons,
  }
  const part = partOf(by, authorship)
  if (part.kind === 'wrote') return part
  if (commits.kind !== 'found') return { kind: 'unread', cause: 'GitHub did not list all commits' }
  if (pushes === null) return { kind: 'unread', cause: 'the pushes were not read' }
  if (pushes.kind === 'unknown') return { kind: 'unread', cause: pushes.cause }
  return part.kind === 'asks' ? { kind: 'unread', cause: 'a merge made on the web was not compared yet' } : part
}

function denied(reason: PromotionReason): OverrideAnswer {
  return { kind: 'denied', reason }
}
