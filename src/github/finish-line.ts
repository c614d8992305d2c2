import { parseCommand } from '../model/command.ts'
import type { Config } from '../model/config-schema.ts'
import { type Deployment, isBranchClaim } from '../model/deployment.ts'
import { Failed } from '../model/failure.ts'
import type { LineCommit, PullBeside } from '../model/line.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import type { Mailmap } from '../model/mailmap.ts'
import type { Commit } from '../model/pull.ts'
import { needsWriteAccess } from '../model/wish.ts'
import { broughtBy } from './brought-by.ts'
import { at, callRest } from './call-rest.ts'
import { resolveMailmap } from './find-accounts.ts'
import { isJson } from './json.ts'
import type { LineSource, ReadDeployment } from './line-page.ts'
import type { LineRead } from './line-read.ts'
import { parseStatuses } from './parse-deployment.ts'
import type { WalkCommit } from './parse-line.ts'
import { finishChecks } from './read-checks.ts'
import { readCommits } from './read-pull-pages.ts'

export type Walked = {
  readonly path: readonly WalkCommit[]
  /** All commits of the branch that were read. */
  readonly read: ReadonlyMap<string, WalkCommit>
  /** The commits that a version stands on. */
  readonly versions: ReadonlySet<string>
  readonly mailmap: Mailmap
}

/** The walked commits with all their pages. A released commit's checks decide nothing any more: theirs are not read on. */
export async function finishCommits(
  source: LineSource,
  { path, read, versions, mailmap }: Walked,
): Promise<readonly LineCommit[]> {
  const commits: LineCommit[] = []
  let decided = false
  for (const commit of path) {
    decided ||= versions.has(commit.sha)
    const written = commit.pull === null ? [commit.commit, ...broughtBy(read, commit)] : []
    const direct = await known(source, mailmap, found(written))
    const [own = commit.commit, ...brought] = direct.kind === 'found' ? direct.value : written
    commits.push({
      ...own,
      committedAt: commit.committedAt,
      pull: await finishPull(source, commit, mailmap),
      brought,
      ...(await finishedChecks(source, commit, decided)),
    })
  }
  return commits
}

async function finishPull(source: LineSource, { pull }: WalkCommit, mailmap: Mailmap): Promise<LineCommit['pull']> {
  if (pull === null) return null
  const { octokit, ref } = source
  const read = await readCommits(octokit, { repository: ref.repository, number: pull.number }, pull.commits)
  const commits = await known(source, mailmap, read)
  return { ...pull, commits: commits.kind === 'found' ? commits.value : null }
}

function known(
  { octokit, reader, ref }: LineSource,
  mailmap: Mailmap,
  commits: Lookup<readonly Commit[]>,
): Promise<Lookup<readonly Commit[]>> {
  return resolveMailmap({ octokit, repository: ref.repository, known: reader.known.accounts }, commits, mailmap)
}

async function finishedChecks(
  { octokit, reader, ref }: LineSource,
  { sha, checks }: WalkCommit,
  decided: boolean,
): Promise<Pick<LineCommit, 'checks' | 'posted'>> {
  const cut = checks.moreContexts !== null || checks.moreSuites !== null
  if (cut && decided) {
    return { checks: unknown('more reported than was read, and the commit is released'), posted: null }
  }
  const on = { repository: ref.repository, sha, ownId: reader.app.id }
  return finishChecks(octokit, on, checks)
}

/** All deployments in configured environments, newest first; numbered where their end was not told yet. */
export async function finishDeployments(
  source: LineSource,
  { read, config, path }: { readonly read: LineRead; readonly config: Config; readonly path: readonly WalkCommit[] },
): Promise<readonly Deployment[]> {
  const walked = new Set(path.map((commit) => commit.sha))
  const ids = [...read.deployments.values()].flatMap((part) => part.items.map((one) => one.deployment.id))
  const settled = await source.want.settled(ids)
  const all: Deployment[] = []
  for (const { name } of config.environments) {
    for (const [at, one] of (read.deployments.get(name)?.items ?? []).entries()) {
      const ours = at === 0 || walked.has(one.deployment.sha) || isBranchClaim(one.deployment.claim)
      const open = ours && !settled.has(one.deployment.id) && !speaksForSettled(read, one, settled)
      all.push(open || !one.whole ? await numbered(source, one) : one.deployment)
    }
  }
  return all.toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
}

/** A record of Actions speaks for the deployment that was ordered; when that is settled, so is the record. */
function speaksForSettled(read: LineRead, { deployment }: ReadDeployment, settled: ReadonlySet<number>): boolean {
  const { environment, sha, claim, creator } = deployment
  if (claim !== null || creator?.login !== 'github-actions') return false
  const there = read.deployments.get(environment)?.items ?? []
  return there.some(({ deployment: one }) => one.claim !== null && one.sha === sha && settled.has(one.id))
}

/** Pull requests beside the line, with all pages of what reported on their heads. */
export async function finishPulls(
  { octokit, reader, ref }: LineSource,
  read: LineRead,
): Promise<ReadonlyMap<number, Lookup<PullBeside>>> {
  const pulls = new Map<number, Lookup<PullBeside>>()
  for (const [number, pull] of read.pulls) {
    if (pull.kind !== 'found') {
      pulls.set(number, pull)
      continue
    }
    const { page, ...rest } = pull.value
    const on = { repository: ref.repository, sha: rest.headSha, ownId: reader.app.id }
    const none = unknown('GitHub does not list the head of this pull request')
    const checks = page === null ? none : (await finishChecks(octokit, on, page)).checks
    pulls.set(number, found({ ...rest, checks }))
  }
  return pulls
}

async function numbered({ octokit, reader, ref }: LineSource, { deployment }: ReadDeployment): Promise<Deployment> {
  const { data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    parameters: { ...at(ref.repository), deployment_id: deployment.id, per_page: 100 },
  })
  return { ...deployment, statuses: parseStatuses(data, reader.app.slug), numbered: true }
}

/** Who of the askers may push; asked only where it matters: `write-access` promotes, or the command demands it. */
export async function readWriters(
  { octokit, ref, want }: LineSource,
  { config, read }: { readonly config: Config; readonly read: LineRead },
): Promise<Lookup<readonly number[]>> {
  const writers = [...read.writers]
  const promote = config.environments.some(({ promoters, emergency }) =>
    [promoters, emergency].includes('write-access'),
  )
  const askers = want.askers.filter((one) => promote || want.mustWrite.has(one.id) || asksAsWriter(read, one.id))
  // Only a yes is believed of the query: what GitHub lists to an App there is not written down anywhere.
  const unheard = askers.filter((one) => !read.writers.has(one.id))
  try {
    for (const asker of new Map(unheard.map((one) => [one.id, one])).values()) {
      const { status, data } = await callRest(octokit, {
        route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
        parameters: { ...at(ref.repository), username: asker.login },
        expects: [404],
      })
      const user = isJson(data) ? data['user'] : null
      const same = isJson(user) && user['id'] === asker.id
      if (status === 200 && same && isJson(data) && ['admin', 'write'].includes(String(data['permission']))) {
        writers.push(asker.id)
      }
    }
    return found(writers)
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return unknown(error.failure.cause)
  }
}

/** One of the comments just read is theirs, and asks for something that only people with write access may. */
function asksAsWriter({ comments }: LineRead, id: number): boolean {
  return [...comments.values()].some((comment) => {
    return (
      comment.kind === 'found' && comment.value.authorId === id && needsWriteAccess(parseCommand(comment.value.body))
    )
  })
}
