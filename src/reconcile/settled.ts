import { Failed } from '../model/failure.ts'
import type { Lookup } from '../model/lookup.ts'

/** Gone is gone; what could not be read is a failure, which the pass answers for. */
export function settled<T>(lookup: Lookup<T>): T | null {
  switch (lookup.kind) {
    case 'found':
      return lookup.value
    case 'absent':
      return null
    case 'unknown':
      throw new Failed({ kind: 'bug', call: 'read', cause: lookup.cause })
  }
}
