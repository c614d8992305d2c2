import { type Commit, readCommit } from '../git/commits.ts'
import { resolveCommit } from '../git/refs.ts'
import { Refusal } from '../refusal.ts'
import type { Repository } from '../state/repository.ts'

/** The commit that a branch, tag or sha means; 422 when there is none, as GitHub answers. */
export async function findCommit(repository: Repository, ref: string): Promise<Commit> {
  const sha = await resolveCommit(repository.path, ref)
  if (sha === undefined) throw new Refusal(422, `No commit found for SHA: ${ref}`)
  return readCommit(repository.path, sha)
}
