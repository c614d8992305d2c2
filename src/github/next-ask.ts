import type { Config } from '../model/config-schema.ts'
import { isBranchClaim } from '../model/deployment.ts'
import { liveIn, stagesOf } from '../model/environments.ts'
import { parseVersionTag } from '../model/version.ts'
import { type LineAsk, nothingMore, type Part, type ReadDeployment } from './line-page.ts'
import type { LineRead } from './line-read.ts'
import type { DatedTag } from './parse-line.ts'
import { type Walk, walkLine } from './walk-line.ts'

type On = { readonly head: string; readonly config: Config }

/** So many tags are looked through for a version of the line where the newest ones are none. */
const mostTags = 1000

/** How far the line goes, as far as it was read. */
export function walkOf(read: LineRead, { head, config }: On): Walk {
  const versions = versionCommits(read, config)
  const live = stagesOf(config).map(({ name }) => liveIn(deploymentsIn(read, name), name)?.sha ?? null)
  return walkLine(read.commits, { head, versions, live })
}

/** What is still missing for that walk; null when nothing is. */
export function nextAsk(read: LineRead, walk: Walk, { head, config }: On): LineAsk | null {
  const oldest = walk.path.at(-1)?.committedAt ?? 0
  const history = walk.end === 'more' && read.next !== null ? { depth: 30, after: read.next, from: head } : null
  const tags = read.tags.next !== null && tagsCutOff(read, walk, config)
  const releases = read.releases.next !== null && releasesCutOff(read, walk, config)
  const deployments = stagesOf(config).flatMap(({ name }) => {
    const part = read.deployments.get(name)
    return part?.next && deploymentsCutOff(part, name, oldest) ? [{ environment: name, after: part.next }] : []
  })
  const pulls = rushingPulls(read, config).filter((number) => !read.pulls.has(number))
  if (history === null && !tags && !releases && deployments.length === 0 && pulls.length === 0) return null
  return {
    ...nothingMore,
    ...(history && { history }),
    ...(tags && { tags: { after: read.tags.next } }),
    ...(releases && { releases: { after: read.releases.next } }),
    deployments,
    pulls,
  }
}

/** The pull requests whose branches stand in rush boxes. */
export function rushingPulls(read: LineRead, config: Config): readonly number[] {
  return config.environments.flatMap(({ name, kind }) => {
    const newest = kind === 'rush' ? deploymentsIn(read, name)[0] : undefined
    return newest !== undefined && isBranchClaim(newest.claim) ? [newest.claim.pull] : []
  })
}

/** The commits that a version tag stands on. */
export function versionCommits(read: LineRead, config: Config): ReadonlySet<string> {
  return new Set(versionTags(read, config).map((tag) => tag.sha))
}

function versionTags(read: LineRead, config: Config): readonly DatedTag[] {
  const pattern = config.release?.tag ?? 'v{version}'
  return read.tags.items.filter((tag) => parseVersionTag(tag.name, pattern) !== null)
}

function deploymentsIn(read: LineRead, environment: string) {
  return (read.deployments.get(environment)?.items ?? []).map((one) => one.deployment)
}

/**
 * Tags come newest commit first: older ones than the walk went back to don't matter, if it met a version at all. One that
 * stands aside says nothing about the line's own, which may be older than many of those.
 */
function tagsCutOff(read: LineRead, walk: Walk, config: Config): boolean {
  const { items } = read.tags
  const versions = versionCommits(read, config)
  const isMet = walk.end === 'version' || walk.path.some(({ sha }) => versions.has(sha))
  if (versions.size === 0 || (!isMet && config.release !== undefined)) return items.length < mostTags
  return (items.at(-1)?.at ?? 0) >= (walk.path.at(-1)?.committedAt ?? 0)
}

/** Releases come newest first, and none is older than its commit. */
function releasesCutOff(read: LineRead, walk: Walk, config: Config): boolean {
  const released = new Set(read.releases.items.map((release) => release.tag))
  const walked = new Map(walk.path.map((commit) => [commit.sha, commit.committedAt]))
  const missing = versionTags(read, config).filter((tag) => !released.has(tag.name))
  const last = read.releases.items.at(-1)?.at ?? Number.POSITIVE_INFINITY
  return missing.flatMap((tag) => walked.get(tag.sha) ?? []).some((committedAt) => last >= committedAt)
}

/** Nothing live was found yet, or deployments of walked commits may be further down. */
function deploymentsCutOff(part: Part<ReadDeployment>, environment: string, oldest: number): boolean {
  const deployments = part.items.map((one) => one.deployment)
  return liveIn(deployments, environment) === null || (deployments.at(-1)?.createdAt ?? 0) >= oldest
}
