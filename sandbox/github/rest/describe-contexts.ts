import type { Repository } from '../state/repository.ts'
import { newestRuns } from '../summarise-suite.ts'

export type ContextState = { readonly context: string; readonly state: string }

/** Every status and check run of a commit with its state, as a deployment's `required_contexts` sees them: only `success` counts. */
export function describeContexts(repository: Repository, sha: string): readonly ContextState[] {
  const runs = newestRuns(repository.checkRuns.filter(({ headSha }) => headSha === sha))
  const statuses = new Map(
    repository.statuses.filter((one) => one.sha === sha).map(({ context, state }) => [context, state]),
  )
  return [
    ...runs.map(({ name, conclusion }) => ({ context: name, state: conclusion ?? 'pending' })),
    ...[...statuses].map(([context, state]) => ({ context, state })),
  ]
}
