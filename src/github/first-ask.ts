import type { LineWant } from '../reconcile/world/code.ts'
import type { LineAsk } from './line-page.ts'
import { type LineSizes, wholePages } from './line-sizes.ts'
import type { Below } from './read-below.ts'

/** What the last pass found, so that the next one's first query asks for enough and not for more. */
export type Remembered = {
  readonly environments: readonly string[]
  readonly teams: readonly string[]
  /** The pull requests that held a rush box. */
  readonly pulls: readonly number[]
  readonly depth: number
  readonly sizes: LineSizes
  /** The head then, and what was below it. */
  readonly head: string | null
  readonly below: Below
}

/** Of a line that was not read before. */
export const nothingRemembered: Remembered = {
  environments: [],
  teams: [],
  pulls: [],
  depth: 20,
  sizes: wholePages,
  head: null,
  below: new Map(),
}

/** People whose permission is read with the line. */
const mostWriters = 10

/** What the first query of a pass asks for: as much as mattered at the last one. */
export function firstAsk({ environments, teams, pulls, depth, sizes }: Remembered, want: LineWant): LineAsk {
  return {
    sizes: want.askers.length === 0 ? sizes : wholePages,
    head: true,
    history: { depth, after: null, from: null },
    tags: { after: null },
    releases: { after: null },
    deployments: environments.map((environment) => ({ environment, after: null })),
    teams: want.askers.length === 0 ? [] : teams,
    pulls: [...new Set([...want.pulls, ...pulls])],
    comments: want.comments,
    writers: want.askers.slice(0, mostWriters),
  }
}
