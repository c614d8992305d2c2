import type { Account } from '../model/account.ts'
import { adopted } from '../model/adopted.ts'
import { keysOf } from '../model/change-issues.ts'
import type { Decision } from '../model/decision.ts'
import type { Deployment } from '../model/deployment.ts'
import { deploymentsIn } from '../model/deployments-in.ts'
import { Failed } from '../model/failure.ts'
import { type Change, changesOf, historyOf } from '../model/history.ts'
import type { LineFacts, LineSnapshot, Tag } from '../model/line.ts'
import { type Lookup, unknown } from '../model/lookup.ts'
import type { PressSeen } from '../model/press.ts'
import type { LineRef } from '../model/ref.ts'
import { needsWriteAccess, type Wish } from '../model/wish.ts'
import { type Asking, askAboutAskers } from './ask-about-askers.ts'
import { askAboutFresh, nothingFresh } from './ask-about-fresh.ts'
import type { Eyes } from './eyes.ts'
import { readIssues } from './read-issues.ts'
import { settled } from './settled.ts'
import type { LineWant } from './world/code.ts'

/** On a line an issue's summary is only shown: what a gate read so long ago will do (ms). */
const forShow = 600_000

/**
 * A line with the wishes about it, or null when the repository or the branch is gone. `promoter`: somebody else whose
 * word for a version is about to be judged.
 */
export async function lookAtLine(
  eyes: Eyes,
  ref: LineRef,
  promoter: Account | null = null,
): Promise<LineSnapshot | null> {
  const { memory } = eyes
  const heard = await memory.openWishes(ref.repository)
  const presses = await readPresses(eyes, heard)
  const asking = [...heard.map((wish) => asWished(wish)), ...(promoter === null ? [] : [asPromoting(promoter)])]
  const unread = heard.filter((wish) => wish.command === null && wish.press === null)
  const decisions = await memory.decisions(ref.repository)
  const facts = settled(
    await eyes.code.readLine(ref, {
      settled: (deployments) => memory.settledAmong(ref.repository, deployments),
      comments: unread.map((wish) => ({ commentId: wish.commentId, nodeId: wish.commentNodeId })),
      pulls: pullsAskedOn(heard),
      askers: askersOf(asking, decisions),
      mustWrite: new Set(heard.filter((wish) => needsWriteAccess(wish.command)).map((wish) => wish.by.id)),
    }),
  )
  if (facts === null) return null
  const { config } = facts
  const remembered = await remember(eyes, facts, { heard, decisions })
  const unasked = { issues: new Map(), pushes: new Map(), comparisons: new Map() }
  if (config.kind !== 'valid') return { ...facts, ...remembered, presses, ...unasked, ...nothingFresh }
  const fresh = unreleased(facts)
  const keys = fresh.flatMap((change) => keysOf(config.config, change))
  const issues = await readIssues(eyes, { keys, verify: config.config.issues.verify, within: forShow })
  const history = historyOf({ ...facts, ...remembered }, config.config.release?.tag ?? 'v{version}')
  const known = { ...facts, ...remembered, presses, deployments: adopted(facts.deployments, history) }
  const asked = await askAboutAskers(eyes, known, { config: config.config, wishes: asking, decisions })
  return { ...known, ...(await askAboutFresh(eyes, facts, { fresh, config: config.config })), issues, ...asked }
}

type Heard = { readonly heard: readonly Wish[]; readonly decisions: readonly Decision[] }

/** What only our memory knows of a line. */
async function remember(eyes: Eyes, facts: LineFacts, { heard, decisions }: Heard) {
  const { memory } = eyes
  const { ref } = facts
  return {
    now: eyes.now(),
    configBefore: await memory.configBefore(ref),
    wishes: heard.map((wish) => located(wish, facts)),
    decisions,
    madeTags: await tagsMadeOn(eyes, facts),
    told: await memory.toldOf(ref.repository, saidOn(facts, decisions)),
    jira: await memory.standingReports(ref.repository),
    actsRefused: eyes.issues.verifies ? await memory.refusedActs(ref.repository) : [],
    unfinished: await memory.unfinishedBuilds(ref.repository, ref.branch),
    voids: await memory.voidVersions(ref.repository),
    standing: await memory.standing(ref),
    refused: new Map(),
    sealedBefore: await wasSealed(eyes, facts, decisions),
  }
}

function unreleased({ released, tags, commits }: LineFacts): readonly Change[] {
  const names = new Set(released)
  const tagged = new Set(tags.filter((tag) => names.has(tag.name)).map((tag) => tag.sha))
  return changesOf(commits).filter((change) => !change.commits.some((commit) => tagged.has(commit.sha)))
}

/** So many of the newest releases are looked at. */
const mostSealed = 10

/** Asked once: from the first pass on the database knows the line. */
async function wasSealed({ code }: Eyes, facts: LineFacts, decisions: readonly Decision[]): Promise<boolean> {
  if (facts.config.kind !== 'valid' || decisions.some(({ what }) => what.kind === 'begin')) return false
  return code.readSealed(facts.ref.repository, facts.released.slice(0, mostSealed))
}

/** GitHub's own word on each press that was only heard of yet; one that can't be read stops nothing else on the line. */
async function readPresses({ code }: Eyes, wishes: readonly Wish[]): Promise<LineSnapshot['presses']> {
  const presses: [number, Lookup<PressSeen>][] = []
  for (const { id, press, command, heardAt } of wishes) {
    if (press !== null && command === null) presses.push([id, await code.readPress(press, heardAt).catch(unread)])
  }
  return new Map(presses)
}

function unread(error: unknown): Lookup<never> {
  if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
  return unknown(error.failure.cause)
}

/** Every button that makes a wish promotes. */
function asWished(wish: Wish): Asking {
  return wish.press !== null && wish.command === null ? asPromoting(wish.by) : wish
}

/** A press is about the pull request whose merge it stands on. */
function located(wish: Wish, { commits }: LineFacts): Wish {
  if (wish.press === null) return wish
  const { sha } = wish.press
  return { ...wish, pull: commits.find((commit) => commit.sha === sha)?.pull?.number ?? 0 }
}

/** What somebody who promotes without a comment is asked about; nothing is done about it. */
function asPromoting(by: Account): Asking {
  return { by, commentId: 0, command: { kind: 'promote', environment: '', version: null, emergency: null } }
}

/** Whatever is asked may be about an unmerged pull request; once it was read, only commands about its head are. */
function pullsAskedOn(wishes: readonly Wish[]): readonly number[] {
  return wishes
    .filter(({ command, press }) => press === null && (command === null || command.kind === 'deploy'))
    .map((wish) => wish.pull)
}

function tagsMadeOn({ memory }: Eyes, { ref, commits, tags }: LineFacts): Promise<readonly Tag[]> {
  const shas = commits.map((commit) => commit.sha)
  const walked = new Set(shas)
  return memory.tagsMadeOn(ref.repository, { shas, standing: tags.filter(({ sha }) => walked.has(sha)) })
}

/** The effect keys under which this line may have said something that it would say again. */
function saidOn(
  { commits, pulls, tags, deployments, config }: LineFacts,
  decisions: readonly Decision[],
): readonly string[] {
  const merged = commits.flatMap(({ pull }) => (pull === null ? [] : [pull.number]))
  const numbers = [...new Set([...merged, ...pulls.keys()])]
  const shas = new Set(commits.map((commit) => commit.sha))
  const versions = tags.filter((tag) => shas.has(tag.sha)).map((tag) => tag.name)
  const environments = config.kind === 'valid' ? config.config.environments : []
  // Only of the newest version people are told that it may go on, and only where a person decides.
  const manual = environments.filter((one) => one.deploy !== 'auto').map((one) => one.name)
  const failed = environments.filter((one) => deploymentsIn(deployments, one.name).some(hasFailed))
  const rejected = decisions.flatMap(({ what }) => (what.kind === 'reject' && shas.has(what.sha) ? [what] : []))
  return [
    ...numbers.map((number) => `comment:${number}`),
    ...manual.flatMap((name) => versions.map((tag) => `turn:ready:${name}:${tag}`)),
    ...rejected.flatMap(({ environment, version }) => {
      return numbers.map((number) => `turn:rolled-back:${environment}:${version}:${number}`)
    }),
    ...failed.flatMap(({ name }) => {
      return deploymentsIn(deployments, name).map((one) => `turn:failed:${name}:${one.id}`)
    }),
  ]
}

/** At some time: which of its statuses count is not asked here. */
function hasFailed({ statuses }: Deployment): boolean {
  return statuses.some(({ state }) => state === 'failure' || state === 'error')
}

/** Whose memberships matter: of those who ask, and then of those who signed off too. */
function askersOf(wishes: readonly Asking[], decisions: readonly Decision[]): LineWant['askers'] {
  if (wishes.length === 0) return []
  const signers = decisions.flatMap(({ what, by }) => (what.kind === 'sign-off' && by !== null ? [by] : []))
  const people = [...wishes.map((wish) => wish.by), ...signers].map(({ id, login }) => ({ id, login }))
  return [...new Map(people.map((person) => [person.id, person])).values()]
}
