import type { Config } from '../model/config-schema.ts'
import type { Change, History } from '../model/history.ts'
import type { LineFacts } from '../model/line.ts'
import type { Answer } from '../model/verdict.ts'
import { compareVersions, nextVersion, parseVersionTag, versionTag } from '../model/version.ts'
import { mergeIsGreen } from './merge-is-green.ts'

/** GitHub needs a moment to know which pull request a commit came from; until then it is no direct push (ms). */
const pullLag = 60_000

/** What the oldest undecided merge of a line comes to. */
export type NextRelease =
  | {
      readonly kind: 'release'
      readonly tag: string
      readonly version: string
      readonly sha: string
      readonly changes: readonly Change[]
    }
  | { readonly kind: 'waits'; readonly change: Change; readonly answer: Answer | null; readonly until: number | null }
  | { readonly kind: 'nothing' }

/**
 * Merges are decided in line order, one at a time: an undecided one holds all after it. A red merge gets no version and
 * travels with the next green one; so does one whose checks were cancelled while the line went on, and a direct push.
 */
export function nextRelease(
  line: LineFacts,
  history: History,
  decide: { readonly config: Config; readonly now: number },
): NextRelease {
  const { config, now } = decide
  if (config.release === undefined || config.release.bump.default === 'none') return { kind: 'nothing' }
  const changes: Change[] = []
  for (const [at, change] of history.unreleased.entries()) {
    changes.push(change)
    const committedAt = change.commits.at(-1)?.committedAt ?? now
    if (change.pull === null) {
      // A commit's date is its author's word: one in the future holds nobody up.
      if (committedAt + pullLag > now && committedAt <= now + pullLag)
        return { kind: 'waits', change, answer: null, until: committedAt + pullLag }
      continue
    }
    const answer = mergeIsGreen(change, config, now)
    const last = at === history.unreleased.length - 1
    if (answer.kind === 'waits' && (last || answer.reason.kind !== 'checks-cancelled')) {
      const until = answer.reason.kind === 'checks-settling' ? answer.reason.until : null
      return { kind: 'waits', change, answer, until }
    }
    if (answer.kind === 'passes' || answer.kind === 'skips') {
      return { kind: 'release', ...versionAfter(line, history, config.release), sha: change.sha, changes }
    }
  }
  return { kind: 'nothing' }
}

type ReleaseSection = NonNullable<Config['release']>

/**
 * Counts on from the highest version tag on the line; where the line as read has none, from the highest of all. A tag
 * that stands elsewhere under the next name is passed over.
 */
function versionAfter(
  line: LineFacts,
  history: History,
  release: ReleaseSection,
): { readonly tag: string; readonly version: string } {
  const taken = new Set(line.tags.map((tag) => tag.name))
  const onLine = history.versions.map((version) => version.version)
  const all = line.tags.flatMap((tag) => parseVersionTag(tag.name, release.tag) ?? [])
  const current = (onLine.length > 0 ? onLine : all).toSorted(compareVersions).at(-1)
  const bump = release.bump.default === 'none' ? 'patch' : release.bump.default
  let version = current === undefined ? release['initial-version'] : nextVersion(current, bump)
  while (taken.has(versionTag(version, release.tag))) version = nextVersion(version, 'patch')
  return { version, tag: versionTag(version, release.tag) }
}
