import { highestBump } from '../model/bump.ts'
import type { Bump, Config } from '../model/config-schema.ts'
import type { Change, History } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import { nextVersion, versionTag } from '../model/version.ts'
import { bumpOf, type Decision, decideChange } from './decide-change.ts'
import { versionsOnLine } from './versions-on-line.ts'

/** What a change without a version comes to. `held`: one before it is not decided yet. */
export type Decided = { readonly change: Change; readonly decision: Decision | { readonly kind: 'held' } }

/** What the oldest undecided merge of a line comes to. */
export type NextRelease =
  | {
      readonly kind: 'release'
      readonly tag: string
      readonly version: string
      readonly sha: string
      readonly changes: readonly Change[]
    }
  | { readonly kind: 'waits'; readonly until: number | null }
  | { readonly kind: 'nothing' }

/**
 * Merges are decided in line order, one at a time: an undecided one holds all after it. What gets no version of its own
 * (red, unproven, cancelled while the line went on, marked `none`, a direct push) travels with the next green one.
 */
export function decideChanges(line: LineSnapshot, history: History, config: Config): readonly Decided[] {
  const decided: Decided[] = []
  for (const [at, change] of history.unreleased.entries()) {
    const last = at === history.unreleased.length - 1
    const held = decided.some(({ decision }) => decision.kind === 'waits' || decision.kind === 'held')
    decided.push({ change, decision: held ? { kind: 'held' } : decideChange(change, { line, config, last }) })
  }
  return decided
}

export function nextRelease(line: LineSnapshot, history: History, config: Config): NextRelease {
  const counted = versionsOnLine(line, history, config)
  if (config.release === undefined || counted.kind !== 'counted') return { kind: 'nothing' }
  const decided = decideChanges(line, history, config)
  const at = decided.findIndex(({ decision }) => decision.kind === 'green')
  const waits = decided.flatMap(({ decision }) => (decision.kind === 'waits' ? [decision] : []))[0]
  const green = decided[at]
  if (green === undefined) return waits === undefined ? { kind: 'nothing' } : { kind: 'waits', until: waits.until }
  const changes = decided.slice(0, at + 1).map(({ change }) => change)
  const bump = highestBump(changes.map((change) => bumpOf(change, { line, config })))
  const next = versionAfter({ line, config }, counted.highest, bump)
  return { kind: 'release', ...next, sha: green.change.sha, changes }
}

/**
 * The version after `current` on this line, the first one of all after null. A name that is taken elsewhere, or was
 * burned, is passed over.
 */
export function versionAfter(
  { line, config }: { readonly line: Pick<LineSnapshot, 'tags' | 'voids'>; readonly config: Config },
  current: string | null,
  bump: Bump,
): { readonly tag: string; readonly version: string } {
  const pattern = config.release?.tag ?? 'v{version}'
  const taken = new Set([...line.tags.map((tag) => tag.name), ...line.voids])
  const initial = config.release?.['initial-version'] ?? '0.1.0'
  let version = current === null ? initial : nextVersion(current, bump === 'none' ? 'patch' : bump)
  while (taken.has(versionTag(version, pattern))) version = nextVersion(version, 'patch')
  return { version, tag: versionTag(version, pattern) }
}
