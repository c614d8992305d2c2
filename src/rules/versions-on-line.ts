import type { Config } from '../model/config-schema.ts'
import type { History } from '../model/history.ts'
import type { LineFacts } from '../model/line.ts'
import { compareVersions, parseAnyVersionTag, parseVersionTag } from '../model/version.ts'

/** What the tags of a line say about its next version. Only `counted` lets one be made. */
export type VersionsOnLine =
  /** `highest`: null where nothing was ever released. */
  | { readonly kind: 'counted'; readonly highest: string | null }
  /** Versions were released under another shape of tag; `fits` is the pattern for the highest of them. */
  | { readonly kind: 'other-shape'; readonly tags: readonly string[]; readonly fits: string }
  /** The line was read to its limit and no version was met: what it carries can't be told. */
  | { readonly kind: 'cut' }

/** Versions count on from the highest version tag on the line, below what was walked too; tags elsewhere are none of its. */
export function versionsOnLine(
  line: Pick<LineFacts, 'commits' | 'tags' | 'walk' | 'below'>,
  history: History,
  config: Config,
): VersionsOnLine {
  if (line.walk === 'limit' && history.versions.length === 0) return { kind: 'cut' }
  const walked = new Set(line.commits.map((commit) => commit.sha))
  const names = line.tags.filter(({ name, sha }) => walked.has(sha) || line.below.has(name)).map(({ name }) => name)
  const pattern = config.release?.tag ?? 'v{version}'
  const versions = names.flatMap((name) => parseVersionTag(name, pattern) ?? [])
  const highest = versions.toSorted(compareVersions).at(-1) ?? null
  if (highest !== null) return { kind: 'counted', highest }
  const others = names
    .flatMap((name) => {
      const parsed = parseAnyVersionTag(name)
      return parsed === null ? [] : [{ name, ...parsed }]
    })
    .toSorted((a, b) => compareVersions(b.version, a.version))
  const [first] = others
  if (first === undefined) return { kind: 'counted', highest: null }
  return { kind: 'other-shape', tags: others.map(({ name }) => name), fits: first.pattern }
}
