import type { Signature } from '../git/commits.ts'
import { mergeTree, rebase, writeCommit } from '../git/merge.ts'
import { findRef, moveRef } from '../git/refs.ts'
import { isTalkOpen } from '../merge-state.ts'
import { listPullCommits } from '../pull-commits.ts'
import { Refusal } from '../refusal.ts'
import { describeUnmetChecks, listUnmetChecks } from '../required-checks.ts'
import type { Actor } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { markMerged } from './mark-merged.ts'
import { recordMoves } from './record-moves.ts'

export type MergeOrder = {
  readonly method: 'merge' | 'squash' | 'rebase'
  /** What the head must be; undefined = whatever it is. */
  readonly sha: string | undefined
  readonly title: string | undefined
  readonly message: string | undefined
  /** Whether the actor may go past protection. */
  readonly bypass: boolean
}

/**
 * Merges a pull request on the web: the committer is GitHub, the author the person who merges (merge), the pull request's author (squash) or
 * the commit's own (rebase). Answers the commit at the base's new tip. Throws 405 and 409 as GitHub answers them.
 */
export async function mergePull(
  state: State,
  pull: PullRequest,
  { order, actor }: { readonly order: MergeOrder; readonly actor: Actor },
): Promise<string> {
  refuse(pull, order)
  const { path } = pull.repository
  const name = `refs/heads/${pull.base.ref}`
  const base = (await findRef(path, name))?.commit
  if (base === undefined) throw notMergeable()
  const after = await makeCommits(state, pull, { order, actor, base })
  if (after === undefined) throw notMergeable()
  if (!(await moveRef(path, name, { before: base, after }))) {
    throw new Refusal(405, 'Base branch was modified. Review and try the merge again.')
  }
  await markMerged(state, pull, { actor, sha: after, base })
  await recordMoves(state, pull.repository, { actor, moves: [{ name, before: base, after }], cause: 'pr_merge' })
  return after
}

function refuse(pull: PullRequest, { sha, bypass }: MergeOrder): void {
  if (pull.state === 'closed') throw notMergeable()
  if (sha !== undefined && sha !== pull.head.sha) {
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.')
  }
  if (pull.draft) throw new Refusal(405, 'Pull Request is still a draft')
  if (pull.repository.mergeQueues.has(pull.base.ref) && !bypass) {
    throw new Refusal(405, 'Changes must be made through the merge queue')
  }
  const protection = pull.repository.protection.get(pull.base.ref)
  if (protection === undefined || (bypass && !protection.enforceAdmins)) return
  const unmet = listUnmetChecks(pull.repository, protection, pull.head.sha)
  if (unmet.length > 0) throw new Refusal(405, describeUnmetChecks(unmet))
  if (isTalkOpen(pull, protection)) {
    throw new Refusal(405, 'A conversation must be resolved before this pull request can be merged.')
  }
}

function notMergeable(): Refusal {
  return new Refusal(405, 'Pull Request is not mergeable')
}

/** Undefined when there is a conflict. */
async function makeCommits(
  state: State,
  pull: PullRequest,
  { order, actor, base }: { readonly order: MergeOrder; readonly actor: Actor; readonly base: string },
): Promise<string | undefined> {
  const { path } = pull.repository
  const sides = { base, head: pull.head.sha }
  const committer: Signature = { name: 'GitHub', email: 'noreply@github.com', at: state.now() }
  if (order.method === 'rebase') return rebase(path, sides, committer)
  const tree = await mergeTree(path, sides)
  if (tree === undefined) return undefined
  const by = order.method === 'merge' ? actor.user : pull.user
  const author: Signature = { name: by.name, email: by.email, at: state.now() }
  const parents = order.method === 'merge' ? [base, pull.head.sha] : [base]
  const message = order.method === 'merge' ? mergeMessage(pull, order) : await squashMessage(pull, order)
  return writeCommit(path, { tree, parents, message, author, committer })
}

function mergeMessage({ number, head, title, repository }: PullRequest, order: MergeOrder): string {
  const first = order.title ?? `Merge pull request #${number} from ${repository.owner.login}/${head.ref}`
  return joinMessage(first, order.message ?? title)
}

/** One commit gives its own message, several are listed; other authors become co-authors. */
async function squashMessage(pull: PullRequest, order: MergeOrder): Promise<string> {
  const commits = await listPullCommits(pull)
  const [only] = commits
  const single = commits.length === 1 && only !== undefined ? only : undefined
  const listed = commits.map(({ message }) => `* ${message}`).join('\n\n')
  const body = order.message ?? (single === undefined ? listed : single.message.split('\n').slice(1).join('\n').trim())
  const title = (single?.message ?? pull.title).split('\n')[0]
  const others = new Map(commits.map(({ author }) => [author.email, author.name]))
  others.delete(pull.user.email)
  const trailers = [...others].map(([email, name]) => `Co-authored-by: ${name} <${email}>`)
  const text = joinMessage(order.title ?? `${title} (#${pull.number})`, body)
  return trailers.length === 0 || order.message !== undefined ? text : `${text}\n\n${trailers.join('\n')}`
}

function joinMessage(title: string, body: string): string {
  return body === '' ? title : `${title}\n\n${body}`
}
