import type { ConfigRead } from '../model/config-read.ts'
import type { Config } from '../model/config-schema.ts'
import { Failed } from '../model/failure.ts'
import type { LineFacts } from '../model/line.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import type { LineRef } from '../model/ref.ts'
import type { LineWant } from '../reconcile/world/code.ts'
import { fileIdentity } from './configuration-file.ts'
import { isOrganisation } from './configurations.ts'
import { finishCommits, finishDeployments, finishPulls, readWriters } from './finish-line.ts'
import { firstAsk, nothingRemembered, type Remembered } from './first-ask.ts'
import { type LineAsk, type LineHead, type LinePage, type LineSource, nothingMore, readLinePage } from './line-page.ts'
import { addPage, emptyLine, type LineRead } from './line-read.ts'
import { sizesOf } from './line-sizes.ts'
import { nextAsk, rushingPulls, versionCommits, walkOf } from './next-ask.ts'
import { parseTeamName } from './parse-teams.ts'
import { type Below, readBelow } from './read-below.ts'
import { readReporting } from './read-reporting.ts'
import type { Reader } from './reader.ts'
import type { Walk } from './walk-line.ts'

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
  const before = remembered.get(ref.repository.id) ?? nothingRemembered
  const first = await readLinePage(source, firstAsk(before, want)).catch((error: unknown) => {
    // GitHub gives up on queries it finds too heavy, and says no more than 502: ask for less the next time.
    remembered.set(ref.repository.id, { ...before, depth: Math.max(5, Math.floor(before.depth / 2)) })
    throw error
  })
  if (first.kind !== 'found' || first.value.head === null) return absent
  const head = await withConfiguration(source, first.value.head)
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
  const on = { head: head.sha, config: config.config }
  let ask = askFor(missingNames)
  for (let pages = 1; ; pages++) {
    if (ask !== null) read = addPage(read, ask, await pageOf(source, ask))
    const walk = walkOf(read, on)
    ask = nextAsk(read, walk, on)
    if (ask === null) {
      const below = stillBelow(before, read)
      const pulls = rushingPulls(read, config.config)
      const depth = Math.min(50, depthOf(read, walk) + 5)
      const sizes = sizesOf(read, walk, config.config)
      remembered.set(ref.repository.id, { ...names, pulls, depth, sizes, head: head.sha, below })
      return found(await finish(source, { head, config: config.config, read, walk, below }))
    }
    if (pages === mostPages) throw new Failed({ kind: 'bug', call: 'WaybillLine', cause: 'the line does not end' })
  }
}

type Configured = LineHead & { readonly config: ConfigRead }

async function withConfiguration({ reader, octokit, ref }: LineSource, head: LineHead): Promise<Configured> {
  const { defaultBranch, target, organisation } = head
  const place = { octokit, repository: ref.repository, branch: ref.branch, defaultBranch, target, organisation }
  return { ...head, config: await reader.configurations.inForce(place) }
}

/** A head that is no longer in the history was forced away, and what was below it may be too. */
function stillBelow(before: Remembered, read: LineRead): Below {
  return before.head !== null && read.commits.has(before.head) ? before.below : new Map()
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

type Found = {
  readonly head: Configured
  readonly config: Config
  readonly read: LineRead
  readonly walk: Walk
  readonly below: Below
}

async function finish(source: LineSource, { head, config, read, walk, below: known }: Found): Promise<LineFacts> {
  if (walk.end === 'more')
    throw new Failed({ kind: 'bug', call: 'WaybillLine', cause: "the line's history breaks off" })
  const walked = new Set(walk.path.map((commit) => commit.sha))
  const { octokit, ref } = source
  const on = { octokit, repository: ref.repository, branch: ref.branch, config }
  const accounts = await source.reader.accounts.bound(on)
  const deployments = await finishDeployments(source, { read, config, path: walk.path })
  return {
    ...factsOf(source.ref, head, read),
    commits: await finishCommits(source, {
      path: walk.path,
      read: read.commits,
      versions: versionCommits(read, config),
      mailmap: head.mailmap,
    }),
    walk: walk.end,
    below: await readBelow(source, { head: head.sha, tags: read.tags.items, walked, config, known }),
    deployments,
    reporting: new Map([...accounts, ...(await readReporting(source, { config, deployments }))]),
    pulls: await finishPulls(source, read),
    members: new Map([...accounts, ...membersOf(read, promotingTeams(config))]),
    writers: await readWriters(source, { config, read }),
  }
}

function membersOf(read: LineRead, teams: readonly string[]): LineFacts['members'] {
  return new Map(teams.map((team) => [team, read.members.get(team) ?? found([])]))
}

function factsOf(ref: LineRef, head: Configured, read: LineRead) {
  return {
    ref,
    repositoryUrl: head.repositoryUrl,
    defaultBranch: head.defaultBranch,
    config: head.config,
    headSha: head.sha,
    openPulls: head.openPulls,
    defaultsFile: isOrganisation(ref.repository) ? fileIdentity(head.target) : null,
    tags: read.tags.items.map(({ name, sha }) => ({ name, sha })),
    released: read.releases.items.filter((release) => release.published).map((release) => release.tag),
    comments: read.comments,
  }
}

/** Without a usable file nothing is planned for the line but answers. */
function withoutConfiguration(ref: LineRef, head: Configured, read: LineRead): LineFacts {
  const none = {
    commits: [],
    below: new Set<string>(),
    deployments: [],
    reporting: new Map(),
    pulls: new Map(),
    members: new Map(),
  }
  const nothing = { ...none, writers: found([]) }
  return { ...factsOf(ref, head, read), ...nothing, walk: head.config.kind === 'absent' ? 'adoption' : 'limit' }
}

function promotingTeams(config: Config): readonly string[] {
  const people = config.environments.flatMap(({ promoters, emergency }) => [promoters ?? [], emergency].flat())
  return [...new Set(people.filter((name) => parseTeamName(name) !== null))]
}

/** How many commits of the branch's history had to be read for this walk. */
function depthOf(read: LineRead, walk: Walk): number {
  const order = [...read.commits.keys()]
  const last = walk.path.at(-1)
  return last === undefined ? 10 : order.indexOf(last.parent ?? last.sha) + 1
}
