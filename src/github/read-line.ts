import type { Config } from '../model/config-schema.ts'
import { liveIn, stagesOf } from '../model/environments.ts'
import { Failed } from '../model/failure.ts'
import type { LineFacts } from '../model/line.ts'
import { type Lookup, absent, found } from '../model/lookup.ts'
import type { LineRef } from '../model/ref.ts'
import { parseVersionTag } from '../model/version.ts'
import type { LineWant } from '../reconcile/world.ts'
import { finishCommits, finishDeployments, readWriters } from './finish-line.ts'
import {
  type LineAsk,
  type LineHead,
  type LinePage,
  type LineSource,
  nothingMore,
  type Part,
  type ReadDeployment,
  readLinePage,
} from './line-page.ts'
import { parseTeamName } from './parse-teams.ts'
import type { Reader } from './reader.ts'
import { addPage, emptyLine, type LineRead } from './line-read.ts'
import { type Walk, walkLine } from './walk-line.ts'

/** What the last pass found, so that the next one's first query asks for enough and not for more. */
export type Remembered = {
  readonly environments: readonly string[]
  readonly teams: readonly string[]
  readonly depth: number
}

/** Pages of all kinds for one line; a line that needs more is an error rather than half a line. */
const mostPages = 40

/**
 * One query for a line, as long as its configuration names the same environments and teams as at the last pass and a
 * page holds what matters; one more for each page that does not. Statuses of deployments whose end was not told are
 * read by REST, one call each. `absent`: there is no such branch.
 */
export async function readLine(
  reader: Reader,
  {
    ref,
    want,
    remembered,
  }: { readonly ref: LineRef; readonly want: LineWant; readonly remembered: Map<number, Remembered> },
): Promise<Lookup<LineFacts>> {
  const octokit = await reader.octokitFor(ref.repository.installationId)
  const source: LineSource = { reader, octokit, ref, want }
  const before = remembered.get(ref.repository.id) ?? { environments: [], teams: [], depth: 20 }
  const first = await readLinePage(source, firstAsk(before, want))
  if (first.kind !== 'found' || first.value.head === null) return absent
  const { head } = first.value
  const { config } = head
  let read = addPage(emptyLine, firstAsk(before, want), first.value)
  if (config.kind !== 'valid') return found(withoutConfiguration(ref, head, read))
  const names = {
    environments: config.config.environments.map((one) => one.name),
    teams: promotingTeams(config.config),
  }
  const missingNames = {
    environments: names.environments.filter((name) => !read.deployments.has(name)),
    teams: want.askers.length === 0 ? [] : names.teams.filter((team) => !read.members.has(team)),
  }
  let ask = askFor(missingNames)
  for (let pages = 1; ; pages++) {
    if (ask !== null) read = addPage(read, ask, await pageOf(source, ask))
    const walk = walkOf(read, head, config.config)
    ask = nextAsk(read, walk, { head, config: config.config })
    if (ask === null) {
      remembered.set(ref.repository.id, { ...names, depth: Math.min(50, depthOf(read, walk) + 5) })
      return found(await finish(source, { head, config: config.config, read, walk }))
    }
    if (pages === mostPages) throw new Failed({ kind: 'bug', call: 'WaybillLine', cause: 'the line does not end' })
  }
}

function firstAsk({ environments, teams, depth }: Remembered, { askers, comments }: LineWant): LineAsk {
  return {
    head: true,
    history: { depth, after: null, from: null },
    tags: { after: null },
    releases: { after: null },
    deployments: environments.map((environment) => ({ environment, after: null })),
    teams: askers.length === 0 ? [] : teams,
    comments,
  }
}

function askFor({
  environments,
  teams,
}: {
  readonly environments: readonly string[]
  readonly teams: readonly string[]
}): LineAsk | null {
  if (environments.length === 0 && teams.length === 0) return null
  return { ...nothingMore, deployments: environments.map((environment) => ({ environment, after: null })), teams }
}

async function pageOf(source: LineSource, ask: LineAsk): Promise<LinePage> {
  const page = await readLinePage(source, ask)
  if (page.kind === 'found') return page.value
  throw new Failed({ kind: 'bug', call: 'WaybillLine', cause: 'the line went away while it was read' })
}

function walkOf(read: LineRead, head: LineHead, config: Config): Walk {
  const pattern = config.release?.tag ?? 'v{version}'
  const versions = new Set(
    read.tags.items.filter((tag) => parseVersionTag(tag.name, pattern) !== null).map((tag) => tag.sha),
  )
  const live = stagesOf(config).map(({ name }) => liveIn(deploymentsIn(read, name), name)?.sha ?? null)
  return walkLine(read.commits, { head: head.sha, versions, live })
}

function deploymentsIn(read: LineRead, environment: string) {
  return (read.deployments.get(environment)?.items ?? []).map((one) => one.deployment)
}

type Known = { readonly head: LineHead; readonly config: Config }

/** What is still missing, given how far the walk came; null when nothing is. */
function nextAsk(read: LineRead, walk: Walk, { head, config }: Known): LineAsk | null {
  const oldest = walk.path.at(-1)?.committedAt ?? 0
  const pattern = config.release?.tag ?? 'v{version}'
  const versions = read.tags.items.filter((tag) => parseVersionTag(tag.name, pattern) !== null)
  const history = walk.end === 'more' && read.next !== null ? { depth: 50, after: read.next, from: head.sha } : null
  const tags = read.tags.next !== null && (versions.length === 0 || (read.tags.items.at(-1)?.at ?? 0) >= oldest)
  const released = new Set(read.releases.items.map((release) => release.tag))
  const path = new Map(walk.path.map((commit) => [commit.sha, commit.committedAt]))
  const unreleased = versions.flatMap((tag) => (released.has(tag.name) ? [] : (path.get(tag.sha) ?? [])))
  const lastRelease = read.releases.items.at(-1)?.at ?? 0
  const releases = read.releases.next !== null && unreleased.some((at) => lastRelease >= at)
  const deployments = stagesOf(config).flatMap(({ name }) => {
    const part = read.deployments.get(name)
    return part?.next && cutOff(part, name, oldest) ? [{ environment: name, after: part.next }] : []
  })
  if (history === null && !tags && !releases && deployments.length === 0) return null
  return {
    ...nothingMore,
    ...(history && { history }),
    ...(tags && { tags: { after: read.tags.next } }),
    ...(releases && { releases: { after: read.releases.next } }),
    deployments,
  }
}

/** Nothing live was found yet, or deployments of commits that are on the path may be further down. */
function cutOff(part: Part<ReadDeployment>, environment: string, oldest: number): boolean {
  const deployments = part.items.map((one) => one.deployment)
  return liveIn(deployments, environment) === null || (deployments.at(-1)?.createdAt ?? 0) >= oldest
}

async function finish(
  source: LineSource,
  { head, config, read, walk }: Known & { readonly read: LineRead; readonly walk: Walk },
) {
  if (walk.end === 'more')
    throw new Failed({ kind: 'bug', call: 'WaybillLine', cause: "the line's history breaks off" })
  const { commits, walked } = {
    commits: await finishCommits(source, { path: walk.path, tags: read.tags.items }),
    walked: walk.end,
  }
  const facts: LineFacts = {
    ...factsOf(source.ref, head, read),
    commits,
    walk: walked,
    deployments: await finishDeployments(source, { read, config, path: walk.path }),
    members: membersOf(read, promotingTeams(config)),
    writers: await readWriters(source, config),
  }
  return facts
}

function membersOf(read: LineRead, teams: readonly string[]): LineFacts['members'] {
  return new Map(teams.map((team) => [team, read.members.get(team) ?? found([])]))
}

function factsOf(ref: LineRef, head: LineHead, read: LineRead) {
  return {
    ref,
    repositoryUrl: head.repositoryUrl,
    defaultBranch: head.defaultBranch,
    config: head.config,
    headSha: head.sha,
    tags: read.tags.items.map(({ name, sha }) => ({ name, sha })),
    released: read.releases.items.filter((release) => release.published).map((release) => release.tag),
    comments: read.comments,
  }
}

/** Without a usable file nothing is planned for the line but answers. */
function withoutConfiguration(ref: LineRef, head: LineHead, read: LineRead): LineFacts {
  const nothing = { commits: [], deployments: [], members: new Map(), writers: found([]) }
  return { ...factsOf(ref, head, read), ...nothing, walk: head.config.kind === 'absent' ? 'adoption' : 'limit' }
}

function promotingTeams(config: Config): readonly string[] {
  const people = config.environments.flatMap((environment) => environment.promoters ?? [])
  return [...new Set(people.filter((name) => parseTeamName(name) !== null))]
}

/** How many commits of the branch's history had to be read for this walk. */
function depthOf(read: LineRead, walk: Walk): number {
  const order = [...read.commits.keys()]
  const last = walk.path.at(-1)
  return last === undefined ? 10 : order.indexOf(last.parent ?? last.sha) + 1
}
