import { recordMoves } from '../acts/record-moves.ts'
import { isAncestor } from '../git/commits.ts'
import { mergeTree, writeCommit } from '../git/merge.ts'
import { findRef, moveRef } from '../git/refs.ts'
import { Refusal } from '../refusal.ts'
import type { RepositoryCall } from './call.ts'

/**
 * A deployment's `auto_merge`: where the ref lacks commits of the default branch, that is merged into it. Answers what was done, or
 * undefined when there was nothing to do. 409 for a conflict, and for a ref that is no branch.
 */
export async function mergeDefaultInto(
  { state, repository, actor }: RepositoryCall,
  { ref, sha }: { readonly ref: string; readonly sha: string },
): Promise<string | undefined> {
  const { path, defaultBranch } = repository
  const tip = (await findRef(path, `refs/heads/${defaultBranch}`))?.commit
  if (tip === undefined || (await isAncestor(path, tip, sha))) return undefined
  const conflict = new Refusal(409, `Conflict merging ${defaultBranch} into ${ref}.`)
  const name = `refs/heads/${ref}`
  const tree = await mergeTree(path, { base: sha, head: tip })
  if (tree === undefined || (await findRef(path, name)) === undefined) throw conflict
  const message = `Merge branch '${defaultBranch}' into ${ref}`
  const author = { name: actor.user.name, email: actor.user.email, at: state.now() }
  const committer = { name: 'GitHub', email: 'noreply@github.com', at: state.now() }
  const after = await writeCommit(path, { tree, parents: [sha, tip], message, author, committer })
  if (!(await moveRef(path, name, { before: sha, after }))) throw conflict
  await recordMoves(state, repository, { actor, moves: [{ name, before: sha, after }] })
  return `Auto-merged ${defaultBranch} into ${ref} on deployment.`
}
