import type { LineCommit, LineSnapshot, MergedPull, Tag } from './line.ts'
import { compareVersions, parseVersionTag } from './version.ts'

/** One merged pull request, or a commit that reached the line without one. `sha` is where a version of it would stand. */
export type Change = {
  readonly sha: string
  readonly pull: MergedPull | null
  /** Oldest first; several for a rebase merge. */
  readonly commits: readonly LineCommit[]
}

/** A version on the line and all it carries: its own merge and what waited for it, oldest first. */
export type Version = {
  readonly version: string
  readonly tag: string
  readonly sha: string
  readonly changes: readonly Change[]
}

/** The line's history as far as it was read, oldest first. */
export type History = {
  readonly versions: readonly Version[]
  /** Merged after the newest version. */
  readonly unreleased: readonly Change[]
  /** False: the walk ended at its limit, so what the oldest version carries is not all known. */
  readonly whole: boolean
}

/**
 * Versions follow the order of merges on the line, whatever order their tags were made in; a burned one is none. A commit
 * that Waybill released stays that version, whatever tags somebody adds to it.
 */
export function historyOf(
  line: Pick<LineSnapshot, 'commits' | 'tags' | 'walk' | 'voids' | 'madeTags'>,
  pattern: string,
): History {
  const counted = line.tags.filter((tag) => !line.voids.has(tag.name))
  const tags = versionsBySha(counted, pattern)
  const made = new Set(line.madeTags.map(({ name }) => name))
  const versions: Version[] = []
  let carried: Change[] = []
  for (const change of changesOf(line.commits)) {
    carried.push(change)
    const there = change.commits.flatMap((commit) => tags.get(commit.sha) ?? [])
    const tagged = highest(there.filter(({ tag }) => made.has(tag))) ?? highest(there)
    if (tagged === null) continue
    versions.push({ ...tagged, changes: carried })
    carried = []
  }
  return { versions, unreleased: carried, whole: line.walk !== 'limit' }
}

/** `commits` newest first, as GitHub gives them; changes oldest first. Commits of one rebased pull request are one change. */
export function changesOf(commits: readonly LineCommit[]): readonly Change[] {
  const changes: { sha: string; pull: MergedPull | null; commits: LineCommit[] }[] = []
  for (const commit of commits.toReversed()) {
    const last = changes.at(-1)
    if (commit.pull !== null && last?.pull?.number === commit.pull.number) {
      last.sha = commit.sha
      last.commits.push(commit)
    } else {
      changes.push({ sha: commit.sha, pull: commit.pull, commits: [commit] })
    }
  }
  return changes
}

type Tagged = { readonly version: string; readonly tag: string; readonly sha: string }

function versionsBySha(tags: readonly Tag[], pattern: string): ReadonlyMap<string, readonly Tagged[]> {
  const bySha = new Map<string, Tagged[]>()
  for (const { name, sha } of tags) {
    const version = parseVersionTag(name, pattern)
    if (version !== null) bySha.set(sha, [...(bySha.get(sha) ?? []), { version, tag: name, sha }])
  }
  return bySha
}

function highest(tagged: readonly Tagged[]): Tagged | null {
  return tagged.toSorted((a, b) => compareVersions(b.version, a.version))[0] ?? null
}
