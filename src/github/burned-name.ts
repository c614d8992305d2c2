import type { Failed } from '../model/failure.ts'

/** GitHub's 422 for a tag whose name an immutable release had, here or in a repository that was deleted; null for any other. */
export function burnedName(call: string, message: string, tag: string): Failed['failure'] | null {
  if (!/immutable release/i.test(message)) return null
  return { kind: 'burned', call, cause: `GitHub answered 422: ${message.slice(0, 200)}`, tag }
}
