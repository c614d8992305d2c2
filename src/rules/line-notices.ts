import type { LineNotice } from '../model/line-notice.ts'
import type { LineStanding } from '../model/line-standing.ts'
import { compareVersions, parseVersionTag } from '../model/version.ts'
import type { OnLine } from './line-standing.ts'
import type { Decided } from './next-release.ts'
import { versionsOnLine } from './versions-on-line.ts'

/** So many of one kind are named. */
const most = 5

/** What people should know of a line, the most urgent first. */
export function lineNotices(
  on: OnLine,
  decided: readonly Decided[],
  health: LineStanding['health'],
): readonly LineNotice[] {
  const { line, history, config } = on
  const counted = versionsOnLine(line, history, config)
  const pattern = config.release?.tag ?? 'v{version}'
  const shape: readonly LineNotice[] =
    counted.kind === 'other-shape' ? [{ kind: 'other-shape', tags: counted.tags, pattern, fits: counted.fits }] : []
  const cut: readonly LineNotice[] = counted.kind === 'cut' ? [{ kind: 'cut', commits: line.commits.length }] : []
  const silent: readonly LineNotice[] = health.kind === 'unjudged' ? [{ kind: 'unjudged' }] : []
  const notices = [
    parked(on),
    config.release === undefined ? [] : [...shape, ...cut],
    silent,
    decided.flatMap(unproven),
    decided.flatMap(pushed),
    config.release === undefined ? [] : foreignTags(on),
    [...line.voids].toSorted().map((tag): LineNotice => ({ kind: 'void-version', tag })),
  ]
  return notices.flatMap((some) => some.slice(0, most))
}

const whats = { tag: 'tag', release: 'release', draft: 'release', deployment: 'deployment' } as const

function parked({ line }: OnLine): readonly LineNotice[] {
  return [...line.refused].map(([key, { cause, remedy }]): LineNotice => {
    const [kind = '', ...name] = key.split(':')
    const what =
      kind === 'tag' || kind === 'release' || kind === 'draft' || kind === 'deployment' ? whats[kind] : 'words'
    return { kind: 'parked', what, name: name.join(' '), cause, remedy }
  })
}

function unproven({ change, decision }: Decided): readonly LineNotice[] {
  if (decision.kind !== 'unproven') return []
  return [{ kind: 'unproven', sha: change.sha, pull: change.pull?.number ?? null, missing: decision.missing }]
}

function pushed({ change, decision }: Decided): readonly LineNotice[] {
  if (decision.kind !== 'direct-push') return []
  const author = change.commits.at(-1)?.author
  const by = author === undefined ? '' : author.kind === 'account' ? author.account.login : author.name
  return [{ kind: 'direct-push', sha: change.sha, by }]
}

/** Version tags that stand on no commit of this line: above its own versions, or in the place of one that was passed over. */
function foreignTags({ line, history, config }: OnLine): readonly LineNotice[] {
  const pattern = config.release?.tag ?? 'v{version}'
  const walked = new Set(line.commits.map((commit) => commit.sha))
  const [before, newest] = [history.versions.at(-2)?.version, history.versions.at(-1)?.version]
  const counted = versionsOnLine(line, history, config)
  const highest = counted.kind === 'counted' ? counted.highest : null
  const isAbove = (version: string) => highest === null || compareVersions(version, highest) > 0
  const isBetween = (version: string) => {
    if (before === undefined || newest === undefined) return false
    return compareVersions(version, before) > 0 && compareVersions(version, newest) < 0
  }
  return line.tags.flatMap(({ name, sha }): readonly LineNotice[] => {
    const version = parseVersionTag(name, pattern)
    if (version === null || walked.has(sha) || line.below.has(name) || line.voids.has(name)) return []
    return isAbove(version) || isBetween(version) ? [{ kind: 'foreign-tag', tag: name, sha }] : []
  })
}
