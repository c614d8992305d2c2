import { childOrNull, type Json } from './json.ts'

/**
 * Did a pull request bring the commit `sha` to this line? It was merged into it, or as this very commit into a branch that
 * is not there any more: a line that was renamed keeps its merges, and GitHub may leave the old name on them.
 */
export function isMergedInto(pull: Json, line: string, sha: string): boolean {
  if (pull['state'] !== 'MERGED') return false
  if (pull['baseRefName'] === line) return true
  return pull['baseRef'] === null && childOrNull(pull, 'mergeCommit')?.['oid'] === sha
}
