import { isAncestor } from '../git/commits.ts'
import { mergeTree, writeCommit } from '../git/merge.ts'
import { findRef, moveRef } from '../git/refs.ts'
import { invalid } from '../refusal.ts'
import type { Actor } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { recordMoves } from './record-moves.ts'

/** The button "Update branch": merges the base into the head, as GitHub, in the name of whoever clicks. 422 when it can't. */
export async function updateBranch(
  state: State,
  pull: PullRequest,
  { expected, actor }: { readonly expected: string | undefined; readonly actor: Actor },
): Promise<void> {
  const { repository, head, base } = pull
  const { path } = repository
  const tip = (await findRef(path, `refs/heads/${base.ref}`))?.commit
  if (expected !== undefined && expected !== head.sha) {
    throw invalid(['expected head sha didn’t match current head ref.'], 'Unprocessable Entity')
  }
  if (tip === undefined || head.repository !== repository || (await isAncestor(path, tip, head.sha))) {
    throw invalid(['There are no new commits on the base branch.'], 'Unprocessable Entity')
  }
  const tree = await mergeTree(path, { base: head.sha, head: tip })
  if (tree === undefined) throw invalid(['merge conflict between base and head'], 'Unprocessable Entity')
  const message = `Merge branch '${base.ref}' into ${head.ref}`
  const author = { name: actor.user.name, email: actor.user.email, at: state.now() }
  const committer = { name: 'GitHub', email: 'noreply@github.com', at: state.now() }
  const before = head.sha
  const after = await writeCommit(path, { tree, parents: [before, tip], message, author, committer })
  const name = `refs/heads/${head.ref}` as const
  if (!(await moveRef(path, name, { before, after })))
    throw invalid(['the branch was modified'], 'Unprocessable Entity')
  await recordMoves(state, repository, { actor, moves: [{ name, before, after }] })
}
