import type { Deployment } from '../model/deployment.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import type { Mailmap } from '../model/mailmap.ts'
import type { LineRef } from '../model/ref.ts'
import type { LineWant } from '../reconcile/world/code.ts'
import { childOrNull, connection, integer, type Json, list, text, time, truth } from './json.ts'
import { type LineParts, lineQuery } from './line-query.ts'
import { type LineSizes, wholePages } from './line-sizes.ts'
import type { Octokit } from './octokit.ts'
import { parseDeployment } from './parse-deployment.ts'
import { type DatedTag, parseComments, parseLineCommit, parseTag, type WalkCommit } from './parse-line.ts'
import { parseMailmapOn } from './parse-mailmap.ts'
import { type PullRead, parsePullBeside } from './parse-pull-beside.ts'
import { parseWriters } from './parse-writers.ts'
import { finishTeams, isTeamPath, type Members, teamVariables } from './read-teams.ts'
import { missing, parseOrganisation, parseRepository, type Reader } from './reader.ts'
import { type MayMiss, type QueryAnswer, runQuery } from './run-query.ts'

/** What to read of a line in one query. A cursor of null is the first page; undefined leaves the part out. */
export type LineAsk = {
  readonly head: boolean
  readonly history?: { readonly depth: number; readonly after: string | null; readonly from: string | null }
  readonly tags?: { readonly after: string | null }
  readonly releases?: { readonly after: string | null }
  readonly deployments: readonly { readonly environment: string; readonly after: string | null }[]
  /** Of the pages of releases and deployments. */
  readonly sizes: LineSizes
  readonly teams: readonly string[]
  readonly pulls: readonly number[]
  readonly comments: LineWant['comments']
  /** Whose permission on the repository is read with it. */
  readonly writers: readonly { readonly login: string }[]
}

export type Part<T> = { readonly items: readonly T[]; readonly next: string | null }

export type LinePage = {
  readonly head: LineHead | null
  readonly commits: Part<WalkCommit>
  readonly tags: Part<DatedTag>
  readonly releases: Part<Release>
  /** In the order they were asked for. */
  readonly deployments: readonly Part<ReadDeployment>[]
  readonly members: Members
  readonly pulls: ReadonlyMap<number, Lookup<PullRead>>
  readonly comments: ReturnType<typeof parseComments>
  /** The ids of those who GitHub says may push; of whom it says nothing here, nothing is known. */
  readonly writers: ReadonlySet<number>
}

export type LineHead = {
  readonly repositoryUrl: string
  readonly defaultBranch: string
  readonly mailmap: Mailmap
  /** The branch's commit and the organisation's part: what a configuration is read from. */
  readonly target: Json
  readonly organisation: Json | null
  readonly sha: string
  readonly openPulls: readonly number[]
}

export type Release = { readonly tag: string; readonly published: boolean /** ms, UTC */; readonly at: number }
export type ReadDeployment = { readonly deployment: Deployment; readonly whole: boolean }

export type LineSource = {
  readonly reader: Reader
  readonly octokit: Octokit
  readonly ref: LineRef
  readonly want: LineWant
}

/** One query. Absent: the repository or the branch is not there. */
export async function readLinePage(
  { reader, octokit, ref, want }: LineSource,
  ask: LineAsk,
): Promise<Lookup<LinePage>> {
  const mayMiss: MayMiss = (path, type) =>
    missing('ref', ...ask.pulls.map((_, at) => `pull${at}`))(path, type) ||
    /^repository\.writer\d+(\.|$)/.test(path) ||
    isTeamPath(path) ||
    /^comments\.\d+$/.test(path)
  const query = {
    name: 'WaybillLine',
    text: lineQuery(partsOf(ask)),
    variables: {
      ...variablesOf(ref, ask),
      ...((ask.history !== undefined || ask.pulls.length > 0) && { app: reader.app.id }),
    },
    mayMiss,
  }
  const answer = await runQuery(octokit, query)
  const repository = parseRepository(answer, ref.repository)
  if (repository.kind !== 'found') return repository
  const json = repository.value
  const commit = ask.head ? headCommit(json) : ask.history === undefined ? null : childOrNull(json, 'object')
  if (commit === null && (ask.head || ask.history !== undefined)) return absent
  const members = await finishTeams(octokit, { teams: ask.teams, people: want.askers, answer })
  return found({ ...parsePage({ json, commit, answer }, ask, { reader, ref }), members })
}

function headCommit(json: Json): Json | null {
  const branch = childOrNull(json, 'ref')
  const target = branch === null ? null : childOrNull(branch, 'target')
  return target?.['__typename'] === 'Commit' ? target : null
}

type Answered = { readonly json: Json; readonly commit: Json | null; readonly answer: QueryAnswer }

function parsePage(
  { json, commit, answer }: Answered,
  ask: LineAsk,
  { reader, ref }: Pick<LineSource, 'reader' | 'ref'>,
): Omit<LinePage, 'members'> {
  const history = ask.history === undefined || commit === null ? null : commit
  return {
    head: ask.head && commit !== null ? parseHead({ json, commit, answer }) : null,
    commits: part(history, 'history', (node) => [parseLineCommit(node, ref.branch, reader.app.id)]),
    tags: part(ask.tags && json, 'refs', (node) => parseTag(node) ?? []),
    releases: part(ask.releases && json, 'releases', (node) => [parseRelease(node)]),
    deployments: ask.deployments.map((_, at) =>
      part(json, `deployments${at}`, (node) => [parseDeployment(node, reader.app.slug)]),
    ),
    pulls: new Map(ask.pulls.map((number, at) => [number, parsePullBeside(json, `pull${at}`, reader.app.id)])),
    writers: parseWriters(json, ask.writers.length),
    comments: parseComments(ask.comments.length > 0 ? list(answer.data, 'comments') : [], ask.comments, answer.missed),
  }
}

function part<T>(json: Json | null | undefined, key: string, parse: (node: Json) => T | readonly T[]): Part<T> {
  if (json === null || json === undefined || childOrNull(json, key) === null) return { items: [], next: null }
  const { nodes, next } = connection(json, key)
  return { items: nodes.flatMap(parse), next }
}

function parseHead({ json, commit, answer }: Answered & { readonly commit: Json }): LineHead {
  const defaultRef = childOrNull(json, 'defaultBranchRef')
  return {
    repositoryUrl: text(json, 'url'),
    defaultBranch: defaultRef === null ? '' : text(defaultRef, 'name'),
    mailmap: parseMailmapOn(commit),
    target: commit,
    organisation: parseOrganisation(answer),
    sha: text(commit, 'oid'),
    openPulls: connection(json, 'open').nodes.map((node) => integer(node, 'number')),
  }
}

function parseRelease(json: Json): Release {
  return { tag: text(json, 'tagName'), published: !truth(json, 'isDraft'), at: time(json, 'createdAt') }
}

function partsOf(ask: LineAsk): LineParts {
  return {
    head: ask.head,
    history: ask.history !== undefined,
    tags: ask.tags !== undefined,
    releases: ask.releases !== undefined,
    comments: ask.comments.length > 0,
    environments: ask.deployments.length,
    pulls: ask.pulls.length,
    teams: ask.teams.length,
    writers: ask.writers.length,
  }
}

function variablesOf(ref: LineRef, ask: LineAsk): Readonly<Record<string, unknown>> {
  const { owner, name } = ref.repository
  const { history, tags, releases } = ask
  return {
    owner,
    name,
    ...(ask.head && { ref: `refs/heads/${ref.branch}`, branch: ref.branch }),
    ...(history && { depth: history.depth, history: history.after }),
    ...(history && !ask.head && { oid: history.from }),
    ...(tags && { tags: tags.after }),
    ...(releases && { releases: releases.after, manyReleases: ask.sizes.releases }),
    ...(ask.deployments.length > 0 && { manyDeployments: ask.sizes.deployments }),
    ...(ask.comments.length > 0 && { comments: ask.comments.map((comment) => comment.nodeId) }),
    ...Object.fromEntries(
      // A variable that is left out is null.
      ask.deployments.flatMap(({ environment, after }, at) => [
        [`environment${at}`, environment],
        ...(after === null ? [] : [[`deployments${at}`, after]]),
      ]),
    ),
    ...Object.fromEntries(ask.pulls.map((number, at) => [`pull${at}`, number])),
    ...Object.fromEntries(ask.writers.map(({ login }, at) => [`writer${at}`, login])),
    ...teamVariables(ask.teams),
  }
}

export const nothingMore: LineAsk = {
  head: false,
  sizes: wholePages,
  deployments: [],
  teams: [],
  pulls: [],
  comments: [],
  writers: [],
}
