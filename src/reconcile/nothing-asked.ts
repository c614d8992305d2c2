import type { LineWant } from './world/code.ts'

/** For who reads a line and obeys nobody: no comments, no askers, and deployments settled or not alike. */
export const nothingAsked: LineWant = {
  settled: async () => new Set(),
  comments: [],
  pulls: [],
  askers: [],
  mustWrite: new Set(),
}
