import type { Limits } from '../reconcile/world/limits.ts'

/** For a process that shares its limits with nobody. */
export const ownLimits: Limits = {
  read: async () => null,
  keep: async () => {},
  claimProbe: async () => true,
  end: async () => {},
}
