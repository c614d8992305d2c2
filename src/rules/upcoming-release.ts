import type { BumpOf } from '../model/bump.ts'
import { changeKeys } from '../model/change-keys.ts'
import { gatedBranches } from '../model/config-read.ts'
import { type NextVersions, nextTag } from '../model/line-standing.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { bumpOfChange } from './bump-of-change.ts'

/** What a pull request would become if it were merged now. */
export type UpcomingRelease = {
  readonly bump: BumpOf
  /** Null: none of its own, or nobody looked at the line yet. */
  readonly tag: string | null
  readonly current: string | null
  /** Why the line makes no versions at all. */
  readonly because: Extract<NextVersions, { kind: 'none' }>['because'] | null
}

/** Null where its base is not released. An issue's type is the one that counts after the merge. */
export function upcomingRelease(snapshot: PullSnapshot): UpcomingRelease | null {
  const { config, pull, issues, types, standing, defaultBranch } = snapshot
  if (config.kind !== 'valid' || config.config.release === undefined) return null
  if (gatedBranches(config.config, defaultBranch)[0] !== pull.base) return null
  const known = changeKeys(config.config, pull).flatMap((key) => {
    const issue = issues.get(key)
    const type = issue?.kind === 'found' ? issue.value.type : types.get(key)
    return type === undefined ? [] : [[key, type] as const]
  })
  const facts = { title: pull.title, labels: pull.labels, types: new Map(known) }
  const bump = bumpOfChange(facts, config.config.release.bump)
  const because = standing?.next.kind === 'none' ? standing.next.because : null
  return {
    bump,
    tag: standing === null ? null : nextTag(standing, bump.bump),
    current: standing?.current ?? null,
    because,
  }
}
