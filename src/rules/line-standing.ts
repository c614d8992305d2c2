import { highestBump } from '../model/bump.ts'
import type { Bump, Config } from '../model/config-schema.ts'
import type { Change, History } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { LineStanding, NextVersions } from '../model/line-standing.ts'
import { versionTag } from '../model/version.ts'
import { bumpOf } from './decide-change.ts'
import { lineHealth } from './line-health.ts'
import { lineNotices } from './line-notices.ts'
import { type Decided, decideChanges, versionAfter } from './next-release.ts'
import { versionsOnLine } from './versions-on-line.ts'

export type OnLine = { readonly line: LineSnapshot; readonly history: History; readonly config: Config }

/** Where a line stands: whether it works, what the next merge becomes, and what people should know of it. */
export function lineStanding(on: OnLine): LineStanding {
  const { line, history, config } = on
  const counted = versionsOnLine(line, history, config)
  const pattern = config.release?.tag ?? 'v{version}'
  const decided = decideChanges(line, history, config)
  const highest = counted.kind === 'counted' ? counted.highest : null
  const health = lineHealth(on)
  return {
    health,
    current: highest === null ? null : versionTag(highest, pattern),
    next: nextVersions(on, decided),
    notices: lineNotices(on, decided, health),
  }
}

/** What is not decided yet is taken to become a version each: a merge made now comes after all of them. */
function nextVersions(on: OnLine, decided: readonly Decided[]): NextVersions {
  const { line, history, config } = on
  if (config.release === undefined) return { kind: 'none', because: 'not-configured' }
  const counted = versionsOnLine(line, history, config)
  if (counted.kind !== 'counted') return { kind: 'none', because: counted.kind }
  let current = counted.highest
  let carried: Bump[] = []
  for (const { change, decision } of decided) {
    const bump = bumpOf(change, { line, config })
    carried.push(bump)
    if (!['green', 'waits', 'held'].includes(decision.kind) || isUnreleasable(change, bump)) continue
    current = versionAfter(on, current, highestBump(carried)).version
    carried = []
  }
  const after = (bump: Bump) => versionAfter(on, current, highestBump([...carried, bump])).tag
  return { kind: 'versions', patch: after('patch'), minor: after('minor'), major: after('major') }
}

function isUnreleasable({ pull }: Change, bump: Bump): boolean {
  return pull === null || bump === 'none'
}
