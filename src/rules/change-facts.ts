import type { Account } from '../model/account.ts'
import type { Issue } from '../model/issue.ts'
import { found, type Lookup } from '../model/lookup.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Reverted } from '../model/reverted.ts'

/** What the rules about name and issue look at, for a branch and for a pull request alike. */
export type ChangeFacts = {
  readonly branch: string
  /** A pull request's title; of a branch without one, its last commit's first line. */
  readonly title: string
  readonly onPull: boolean
  readonly isFork: boolean
  /** Who pushed the branch, as far as known: of a pull request, its author. */
  readonly pusher: Account | null
  /** The first lines of its commits. */
  readonly headlines: Lookup<readonly string[]>
  readonly issues: ReadonlyMap<string, Lookup<Issue>>
  /** When an issue was last found good for this change (ms, UTC). */
  readonly verified: ReadonlyMap<string, number>
  /** Those of the issues that Waybill itself moved to done. */
  readonly movedToDone: ReadonlySet<string>
  /** Since when Jira can't be read (ms, UTC); null while it can. */
  readonly jiraAwaySince: number | null
  /** The merged pull request that it undoes; null where it undoes none, as far as is known. */
  readonly reverts: Lookup<Reverted> | null
  /** It was opened before the configuration came. */
  readonly isOlder: boolean
}

export function changeOfPull(snapshot: PullSnapshot): ChangeFacts {
  const { pull, commits, issues, verified, movedToDone, jiraAwaySince, reverts, configuredSince } = snapshot
  return {
    branch: pull.branch,
    title: pull.title,
    onPull: true,
    isFork: pull.isFork,
    pusher: pull.author,
    headlines: commits.kind === 'found' ? found(commits.value.map((commit) => commit.headline)) : commits,
    issues,
    verified,
    movedToDone,
    jiraAwaySince,
    reverts,
    isOlder: configuredSince !== null && pull.createdAt < configuredSince,
  }
}
