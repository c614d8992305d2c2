import type { Account } from '../model/account.ts'
import { type ConfigRead, gatedBranches } from '../model/config-read.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import { isLogin } from '../model/named-logins.ts'
import type { PullFacts, PullRequest, Review } from '../model/pull.ts'
import type { PullRef, Repository } from '../model/ref.ts'
import { reviewsIn } from '../model/timeline.ts'
import type { ConfigPlace } from './configurations.ts'
import { readDefaultConfiguration } from './default-configuration.ts'
import { resolveMailmap } from './find-accounts.ts'
import { child, childOrNull, isJson, type Json, list, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import { parseChecks } from './parse-checks.ts'
import { seenInRead } from './parse-glance.ts'
import { parseMailmapFile } from './parse-mailmap.ts'
import { distinct, parseCommits, parseMergeable, parsePull } from './parse-pull.ts'
import { parseTeamName } from './parse-teams.ts'
import { parseTimeline } from './parse-timeline.ts'
import { headQuery, mergeableQuery, pullQuery } from './pull-query.ts'
import { readNoApprovers } from './read-approvers.ts'
import { finishChecks } from './read-checks.ts'
import { readProposal } from './read-proposal.ts'
import { readCommits, readTimeline } from './read-pull-pages.ts'
import { readSameHead } from './read-same-head.ts'
import { readTeams } from './read-teams.ts'
import { missing, parseOrganisation, parseRepository, type Reader } from './reader.ts'
import { type QueryAnswer, runQuery } from './run-query.ts'

/** GitHub may not know a pull request yet that it has told us of (ms). */
const lag = 1500

/**
 * One query for a pull request. Further calls only for pages that were cut, the teams that may approve (when somebody
 * reviewed), names nobody asked about before, and `mergeable`, which GitHub may need a moment for. `absent`: there is no such pull request.
 */
export async function readPull(reader: Reader, ref: PullRef, also: readonly string[]): Promise<Lookup<PullFacts>> {
  const { owner, name, installationId } = ref.repository
  const octokit = await reader.octokitFor(installationId)
  const variables = { owner, name, number: ref.number }
  const query = { name: 'WaybillPull', text: pullQuery, variables, mayMiss: missable }
  let answer = await runQuery(octokit, query)
  if (childOrNull(answer.data, 'repository')?.['pullRequest'] === null) {
    await reader.pause(lag)
    answer = await runQuery(octokit, query)
  }
  const repository = parseRepository(answer, ref.repository)
  if (repository.kind !== 'found') return repository
  const json = childOrNull(repository.value, 'pullRequest')
  if (json === null) return absent
  const pull = await settleMergeable(octokit, { reader, ref }, parsePull(json))
  const { place, ...configs } = await readConfigs(octokit, { reader, ref, pull }, answer)
  const reviews = await readReviews(octokit, { ref, base: pull.base }, json)
  const source = { octokit, repository: ref.repository, known: reader.known.accounts }
  const commits = await readCommits(octokit, ref, parseCommits(json))
  const { checks, posted, commit: head } = await readHead(octokit, { reader, ref, pull }, json)
  const sameHead = await readSameHead(octokit, { repository: ref.repository, pull, commit: head, json })
  const proposal = await readProposal(reader, { place, head, number: ref.number, headSha: pull.headSha })
  return found({
    ref,
    repositoryUrl: text(repository.value, 'url'),
    ...configs,
    pull,
    seen: seenInRead(json, { answer: answer.data, pull, checks }),
    proposal,
    commits: await resolveMailmap(source, commits, parseMailmapFile(childOrNull(json, 'baseRef'))),
    reviews,
    checks,
    posted,
    members: await readMembers(octokit, {
      ...{ reader, place, config: configs.config, reviews, also },
      touchesConfig: proposal !== null,
    }),
    noApprovers: await readNoApprovers(
      octokit,
      { config: configs.config, ownersAsked: proposal !== null },
      reader.known.approvers,
    ),
    sameHead: sameHead.filter((other) => configs.gated?.includes(other.base) ?? true).map((other) => other.number),
  })
}

/** GitHub may hide the branch of somebody's private fork. */
function missable(path: string, type: string): boolean {
  return missing('pullRequest')(path, type) || path === 'repository.pullRequest.headRef'
}

async function readReviews(
  octokit: Octokit,
  { ref, base }: { readonly ref: PullRef; readonly base: string },
  json: Json,
): Promise<Lookup<readonly Review[]>> {
  const timeline = await readTimeline(octokit, ref, parseTimeline(json))
  return timeline.kind === 'found' ? found(reviewsIn(timeline.value, base)) : timeline
}

type Configs = Pick<PullFacts, 'config' | 'gated' | 'defaultBranch'> & { readonly place: ConfigPlace }

async function readConfigs(octokit: Octokit, { reader, ref, pull }: Here, answer: QueryAnswer): Promise<Configs> {
  const { repository } = ref
  const json = child(answer.data, 'repository')
  const { config: ofDefault, defaultBranch } = await readDefaultConfiguration(reader, { octokit, repository }, answer)
  const gated = ofDefault.kind === 'valid' ? gatedBranches(ofDefault.config, defaultBranch) : null
  const isDefault = pull.base === defaultBranch
  const base = isDefault ? childOrNull(json, 'defaultBranchRef') : childOrNull(child(json, 'pullRequest'), 'baseRef')
  const target = base === null ? null : childOrNull(base, 'target')
  const organisation = parseOrganisation(answer)
  const place = { octokit, repository, branch: pull.base, defaultBranch, target, organisation }
  const config = isDefault ? ofDefault : await reader.configurations.inForce(place)
  return { config, gated, defaultBranch, place }
}

type Here = { readonly reader: Reader; readonly ref: PullRef; readonly pull: PullRequest }

/** What stands on the head. GitHub lists at most 250 commits of a pull request, so the last one listed may be another. */
async function readHead(octokit: Octokit, { reader, ref, pull }: Here, json: Json): Promise<Head> {
  const on = { repository: ref.repository, sha: pull.headSha, ownId: reader.app.id }
  const last = list(child(json, 'head'), 'nodes')[0]
  const listed = isJson(last) ? child(last, 'commit') : null
  const commit = listed?.['oid'] === pull.headSha ? listed : await readHeadAlone(octokit, on)
  const reported = await finishChecks(octokit, on, parseChecks(commit, on.ownId))
  return { ...reported, commit }
}

async function readHeadAlone(
  octokit: Octokit,
  { repository, sha }: { readonly repository: Repository; readonly sha: string },
) {
  const variables = { owner: repository.owner, name: repository.name, oid: sha }
  const { data } = await runQuery(octokit, { name: 'WaybillHead', text: headQuery, variables })
  return child(child(data, 'repository'), 'object')
}

type Head = Pick<PullFacts, 'checks' | 'posted'> & { readonly commit: Json }

async function settleMergeable(
  octokit: Octokit,
  { reader, ref }: { readonly reader: Reader; readonly ref: PullRef },
  pull: PullRequest,
): Promise<PullRequest> {
  if (pull.state !== 'open') return pull
  let { mergeable } = pull
  for (const seconds of [1, 2, 4]) {
    if (mergeable !== 'unknown') break
    await reader.pause(seconds * 1000)
    const { owner, name } = ref.repository
    const variables = { owner, name, number: ref.number }
    const { data } = await runQuery(octokit, { name: 'WaybillMergeable', text: mergeableQuery, variables })
    const now = child(child(data, 'repository'), 'pullRequest')
    if (now['headRefOid'] !== pull.headSha) break
    mergeable = parseMergeable(text(now, 'mergeable'))
  }
  return { ...pull, mergeable }
}

type Naming = {
  readonly reader: Reader
  readonly place: ConfigPlace
  readonly config: ConfigRead
  readonly reviews: Lookup<readonly Review[]>
  readonly touchesConfig: boolean
  /** Users and teams that another configuration names. */
  readonly also: readonly string[]
}

async function readMembers(
  octokit: Octokit,
  { reader, place, config, reviews, touchesConfig, also }: Naming,
): Promise<PullFacts['members']> {
  const { repository, branch } = place
  const teams = [...approvingTeams(config, touchesConfig), ...also.filter((name) => parseTeamName(name) !== null)]
  const bound =
    config.kind === 'valid' ? await reader.accounts.bound({ octokit, repository, branch, config: config.config }) : []
  const others = also.filter(isLogin).map((name) => name.toLowerCase())
  const inForce = new Map(bound)
  const now = await reader.accounts.now(
    octokit,
    others.filter((login) => !inForce.has(login)),
  )
  const members = await readTeams(octokit, [...new Set(teams)], reviewersOf(reviews))
  return new Map([...now, ...inForce, ...members])
}

/** Who may approve; where the configuration is touched, its owners too. */
function approvingTeams(config: ConfigRead, touchesConfig: boolean): readonly string[] {
  if (config.kind !== 'valid') return []
  const { merge, 'policy-owners': owners } = config.config
  const approvers = typeof merge.approvers === 'string' ? [] : merge.approvers
  const named = [...approvers, ...(touchesConfig ? owners : [])]
  return [...new Set(named)].filter((name) => parseTeamName(name) !== null)
}

function reviewersOf(reviews: Lookup<readonly Review[]>): readonly Account[] {
  return reviews.kind === 'found' ? distinct(reviews.value.flatMap((review) => review.author ?? [])) : []
}
