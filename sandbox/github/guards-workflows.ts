import { listRefs } from './git/refs.ts'
import { findEntry } from './git/tree.ts'
import { Refusal } from './refusal.ts'
import type { Principal } from './state/accounts.ts'
import type { Repository } from './state/repository.ts'

/**
 * Throws GitHub's 403 where an App without `workflows: write` names a commit whose workflow files differ from those at
 * every branch.
 */
export async function guardWorkflows(
  repository: Repository,
  principal: Principal | undefined,
  commit: string,
): Promise<void> {
  if (principal?.kind !== 'installation' || principal.permissions['workflows'] === 'write') return
  const own = await workflowsAt(repository.path, commit)
  if (own === '') return
  for (const branch of await listRefs(repository.path, 'refs/heads/')) {
    if ((await workflowsAt(repository.path, branch.commit)) === own) return
  }
  throw new Refusal(403, 'Resource not accessible by integration')
}

/** The tree of the workflow files; empty where there is none. */
async function workflowsAt(path: string, commit: string): Promise<string> {
  return (await findEntry(path, commit, '.github/workflows'))?.sha ?? ''
}
