import type { Config } from './config-schema.ts'
import { countDeployments, type IgnoredStatus } from './counted-deployments.ts'
import type { LineSnapshot } from './line.ts'
import { type MovedTag, movedTags, tagsAsMade } from './moved-tags.ts'

/** A line as rules and plans see it: with only the deployment statuses that count, and its tags as they were made. */
export type LineSeen = LineSnapshot & {
  readonly ignored: readonly IgnoredStatus[]
  readonly moved: readonly MovedTag[]
}

export function seenAs(line: LineSnapshot, config: Config): LineSeen {
  const { deployments, ignored } = countDeployments(line.deployments, { config, reporting: line.reporting })
  const moved = movedTags(line)
  return { ...line, deployments, ignored, moved, tags: moved.length === 0 ? line.tags : tagsAsMade(line.tags, moved) }
}
