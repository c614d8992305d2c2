import type { AuditEntry } from '../model/audit-entry.ts'
import { keysOf } from '../model/change-issues.ts'
import type { Effect } from '../model/effect.ts'
import type { Version } from '../model/history.ts'
import { compareVersions, parseVersionTag } from '../model/version.ts'
import { type NextRelease, nextRelease } from '../rules/next-release.ts'
import { type Notes, releaseNotes, tagMessage } from '../words/release-notes.ts'
import { peopleOf } from './people-of.ts'
import type { LineView } from './plan-line.ts'

/** The next tag of the line, and the releases that tags still lack (a crash came between). */
export function planReleases(view: LineView): readonly Effect[] {
  const { line, config, history } = view
  if (config.release === undefined) return []
  const missing = history.versions.filter((version) => !line.released.includes(version.tag))
  const published = missing.map((version) => publish(view, version))
  const next = nextRelease(line, history, config)
  switch (next.kind) {
    case 'nothing':
      return published
    case 'waits':
      return next.until === null ? published : [...published, { kind: 'look', ref: line.ref, at: next.until }]
    case 'release':
      return [...published, ...claim(view, next)]
  }
}

function claim(view: LineView, next: Extract<NextRelease, { kind: 'release' }>): readonly Effect[] {
  const entry: AuditEntry = {
    key: `release:${next.tag}:${next.sha}`,
    action: 'release',
    actor: null,
    subject: `${view.line.ref.branch}@${next.sha}`,
    version: next.tag,
    sha: next.sha,
    environment: null,
    reason: `checks on the merge commit are green; carries ${next.changes.length} ${next.changes.length === 1 ? 'change' : 'changes'}`,
    evidence: next.changes.map((change) => change.pull?.url ?? `${view.line.repositoryUrl}/commit/${change.sha}`),
  }
  const message = tagMessage(notesOf(view, next))
  return [
    { kind: 'audit', entry },
    { kind: 'create-tag', tag: next.tag, sha: next.sha, message },
  ]
}

function publish(view: LineView, version: Version): Effect {
  const body = releaseNotes(notesOf(view, version))
  return { kind: 'publish-release', tag: version.tag, sha: version.sha, title: version.tag, body }
}

function notesOf(view: LineView, version: Pick<Version, 'tag' | 'changes'>): Notes {
  const { line, config, history } = view
  return {
    tag: version.tag,
    previous: tagBefore(view, version.tag),
    first: line.walk === 'adoption' && (history.versions[0]?.tag ?? version.tag) === version.tag,
    repositoryUrl: line.repositoryUrl,
    changes: version.changes.map((change) => {
      const issueKeys = keysOf(config, change)
      const issues = issueKeys.flatMap((key) => {
        const issue = line.issues.get(key)
        return issue?.kind === 'found' ? [issue.value] : []
      })
      return { change, issueKeys, issues, approvers: peopleOf(view, [change]).approvers }
    }),
  }
}

/** The version before this one on the line; before the first that was read, the highest tag below it. */
function tagBefore({ line, config, history }: LineView, tag: string): string | null {
  const at = history.versions.findIndex((version) => version.tag === tag)
  const before = at < 0 ? history.versions.at(-1) : history.versions[at - 1]
  if (before !== undefined) return before.tag
  const pattern = config.release?.tag ?? 'v{version}'
  const own = parseVersionTag(tag, pattern)
  const older = line.tags
    .filter(({ name }) => !line.voids.has(name) && name !== tag)
    .map(({ name }) => ({ name, version: parseVersionTag(name, pattern) }))
    .flatMap(({ name, version }) => (version === null ? [] : [{ name, version }]))
    .filter(({ version }) => own !== null && compareVersions(version, own) < 0)
    .toSorted((a, b) => compareVersions(b.version, a.version))
  return older[0]?.name ?? null
}
