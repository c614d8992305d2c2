import type { Config } from '../model/config-schema.ts'
import { liveIn, stagesOf } from '../model/environments.ts'
import type { LineRead } from './line-read.ts'
import type { Walk } from './walk-line.ts'

/** How many of each the first page of a line asks for. Tags always come by the hundred: any of them may be the highest. */
export type LineSizes = { readonly releases: number; readonly deployments: number }

/** For whatever may matter: a person asks something, or nothing is known yet. */
export const wholePages: LineSizes = { releases: 50, deployments: 50 }

/** Room for what comes between two passes. Environments share it: with many of them each gets less, or none: a release then costs one call more. */
const spare = 5
const shared = 15

/**
 * How much of the first pages a quiet pass needs: whatever is younger than the oldest commit of the walk, and down to what
 * is live. What a page then lacks is asked for by another one, so that a wrong guess costs a call and no fact.
 */
export function sizesOf(read: LineRead, walk: Walk, config: Config): LineSizes {
  const oldest = walk.path.at(-1)?.committedAt ?? 0
  const deployments = stagesOf(config).map(({ name }) => {
    const there = (read.deployments.get(name)?.items ?? []).map((one) => one.deployment)
    const live = liveIn(there, name)
    return (
      Math.max(
        live === null ? 0 : there.indexOf(live),
        there.findLastIndex((one) => one.createdAt >= oldest),
      ) + 2
    )
  })
  const releases = read.releases.items.findLastIndex((one) => one.at >= oldest) + 2
  return {
    releases: Math.min(wholePages.releases, releases + spare),
    deployments: Math.min(wholePages.deployments, Math.max(0, ...deployments) + shareOf(deployments.length)),
  }
}

function shareOf(environments: number): number {
  return Math.min(spare, Math.floor(shared / Math.max(1, environments)))
}
