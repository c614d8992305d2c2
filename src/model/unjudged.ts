import type { Version } from './history.ts'

/** A change that reached the line without a passing gate: its pull request's number, or the commit of a direct push. */
export type Unjudged =
  | { readonly kind: 'pull'; readonly number: number }
  | { readonly kind: 'push'; readonly sha: string }

/** What a version carries that the gate did not let through. */
export function unjudgedIn(version: Version): readonly Unjudged[] {
  return version.changes.flatMap((change): readonly Unjudged[] => {
    if (change.pull === null) return [{ kind: 'push', sha: change.sha }]
    return change.pull.gate === 'success' ? [] : [{ kind: 'pull', number: change.pull.number }]
  })
}
