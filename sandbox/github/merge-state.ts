import { isAncestor } from './git/commits.ts'
import { mergeTree } from './git/merge.ts'
import { findRef } from './git/refs.ts'
import { listUnmetChecks } from './required-checks.ts'
import type { PullRequest } from './state/pull-request.ts'
import type { Protection } from './state/repository.ts'

export type MergeState = {
  /** Whether git can merge it; says nothing about what protection demands. */
  readonly mergeable: boolean
  /** GitHub's `mergeable_state`; GraphQL's `mergeStateStatus` is the same in capitals. */
  readonly mergeableState: 'clean' | 'dirty' | 'blocked' | 'draft'
}

const known = new Map<string, boolean>()

/** How an open pull request stands against its base branch as that is now. */
export async function mergeStateOf(pull: PullRequest): Promise<MergeState> {
  const { repository, base, head } = pull
  const tip = (await findRef(repository.path, `refs/heads/${base.ref}`))?.commit ?? base.sha
  if (!(await isMergeable(repository.path, tip, head.sha))) return { mergeable: false, mergeableState: 'dirty' }
  if (pull.draft) return { mergeable: true, mergeableState: 'draft' }
  const protection = repository.protection.get(base.ref)
  const blocked =
    protection !== undefined &&
    (listUnmetChecks(repository, protection, head.sha).length > 0 || isTalkOpen(pull, protection))
  return { mergeable: true, mergeableState: blocked ? 'blocked' : 'clean' }
}

/** A conversation is open where all must be resolved. */
export function isTalkOpen({ threads }: PullRequest, { wantsResolution }: Protection): boolean {
  return wantsResolution && threads.some(({ resolved }) => !resolved)
}

async function isMergeable(path: string, base: string, head: string): Promise<boolean> {
  const key = `${path} ${base} ${head}`
  const cached = known.get(key)
  if (cached !== undefined) return cached
  const mergeable = (await isAncestor(path, base, head)) || (await mergeTree(path, { base, head })) !== undefined
  known.set(key, mergeable)
  return mergeable
}
