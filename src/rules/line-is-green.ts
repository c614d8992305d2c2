import { gatedBranches } from '../model/config-read.ts'
import type { Config } from '../model/config-schema.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Answer } from '../model/verdict.ts'

/** The label of a pull request that mends a red line. */
const repair = 'waybill:repair'

/**
 * Does the line it goes into work? While its newest judged merge is red, only a repair passes; a line that nobody has
 * looked at yet waits for the first look, which its own pass orders.
 */
export function lineIsGreen({ pull, standing, defaultBranch }: PullSnapshot, config: Config): Answer {
  const branch = pull.base
  if (gatedBranches(config, defaultBranch)[0] !== branch) return { kind: 'skips', note: { kind: 'no-line', branch } }
  if (standing === null) return { kind: 'waits', reason: { kind: 'line-unknown', branch } }
  const { health } = standing
  switch (health.kind) {
    case 'green':
    case 'new':
      return { kind: 'passes', note: { kind: 'line-green', branch, judged: health.kind === 'green' } }
    case 'unjudged':
      return { kind: 'passes', note: { kind: 'line-unjudged', branch } }
    case 'red': {
      const { since, pull: from, sha, checks } = health
      if (pull.labels.some((label) => label.toLowerCase() === repair)) {
        return { kind: 'passes', note: { kind: 'repairs-line', branch, since } }
      }
      if (config.merge['red-line'] === 'warn')
        return { kind: 'passes', note: { kind: 'line-red', branch, since, checks } }
      return { kind: 'blocks', reason: { kind: 'line-red', branch, since, pull: from, sha, checks } }
    }
  }
}
