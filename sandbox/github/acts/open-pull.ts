import { listCommits } from '../git/commits.ts'
import { findRef } from '../git/refs.ts'
import { nodeId } from '../node-id.ts'
import { listPullCommits } from '../pull-commits.ts'
import { invalid } from '../refusal.ts'
import type { Actor } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { emitPull } from './emit.ts'
import { keepHead, takeIn } from './follow-branch.ts'
import { note } from './timeline.ts'

export type NewPull = {
  readonly title: string
  readonly body: string | undefined
  /** A branch of the repository. */
  readonly base: string
  /** A branch of the fork, or of the same repository. */
  readonly head: string
  readonly fork: Repository | undefined
  readonly draft: boolean
}

/** Opens a pull request between two branches. Throws GitHub's 422 for branches that are missing, equal, or already have one. */
export async function openPull(
  state: State,
  repository: Repository,
  { wanted, actor }: { readonly wanted: NewPull; readonly actor: Actor },
): Promise<PullRequest> {
  const from = wanted.fork ?? repository
  const [base, head] = await Promise.all([tipOf(repository, wanted, 'base'), tipOf(from, wanted, 'head')])
  if (from !== repository) await takeIn(repository, from, wanted.head)
  await refuseEmptyOrDouble(repository, wanted, { base, head })
  const id = state.nextId()
  const now = state.now()
  const pull: PullRequest = {
    id,
    nodeId: nodeId('PullRequest', id),
    number: repository.nextNumber,
    repository,
    user: actor.user,
    base: { ref: wanted.base, sha: base },
    head: { ref: wanted.head, sha: head, repository: from },
    title: wanted.title,
    body: wanted.body,
    draft: wanted.draft,
    ...unmerged,
    createdAt: now,
    updatedAt: now,
    labels: [],
    assignees: [],
    requestedReviewers: [],
    requestedTeams: [],
    reviews: [],
    threads: [],
    timeline: [],
  }
  repository.nextNumber += 1
  repository.pulls.push(pull)
  await keepHead(pull)
  for (const { sha } of await listPullCommits(pull))
    note(state, pull, { actor: actor.user, fact: { kind: 'commit', sha } })
  await emitPull(state, { pull, action: 'opened', sender: actor.user })
  return pull
}

const unmerged = {
  state: 'open',
  merged: false,
  mergeCommitSha: undefined,
  mergedBy: undefined,
  mergedAt: undefined,
  closedAt: undefined,
} as const

async function tipOf(repository: Repository, wanted: NewPull, field: 'base' | 'head'): Promise<string> {
  const ref = await findRef(repository.path, `refs/heads/${wanted[field]}`)
  if (ref === undefined) throw invalid([{ resource: 'PullRequest', field, code: 'invalid' }])
  return ref.commit
}

async function refuseEmptyOrDouble(
  repository: Repository,
  wanted: NewPull,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<void> {
  const custom = (message: string) => invalid([{ resource: 'PullRequest', code: 'custom', message }])
  const ahead = await listCommits(repository.path, ['--max-count=1', head, `^${base}`, '--'])
  if (ahead.length === 0) throw custom(`No commits between ${wanted.base} and ${wanted.head}`)
  const double = repository.pulls.some(
    ({ state, head: other, base: into }) =>
      state === 'open' &&
      other.ref === wanted.head &&
      other.repository === (wanted.fork ?? repository) &&
      into.ref === wanted.base,
  )
  if (double) throw custom(`A pull request already exists for ${repository.owner.login}:${wanted.head}.`)
}
