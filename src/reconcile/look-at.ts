import type { Account } from '../model/account.ts'
import { adopted } from '../model/adopted.ts'
import type { BranchSnapshot } from '../model/branch.ts'
import { keysOf } from '../model/change-issues.ts'
import { changeKeys } from '../model/change-keys.ts'
import type { Config } from '../model/config-schema.ts'
import type { Decision } from '../model/decision.ts'
import { Failed } from '../model/failure.ts'
import { changesOf, historyOf } from '../model/history.ts'
import type { Issue } from '../model/issue.ts'
import type { LineFacts, LineSnapshot, Tag } from '../model/line.ts'
import { found, type Lookup } from '../model/lookup.ts'
import type { QueueSnapshot } from '../model/merge-queue.ts'
import type { PressSeen } from '../model/press.ts'
import type { PullFacts, PullSnapshot } from '../model/pull.ts'
import type { BranchRef, LineRef, PullRef, QueueRef } from '../model/ref.ts'
import { pullReportKey } from '../model/report.ts'
import { needsWriteAccess, type Wish } from '../model/wish.ts'
import { judgingConfig } from '../rules/judging-config.ts'
import { asksWhatIsRequired } from '../rules/pull-checks-pass.ts'
import { answerQuestions } from './answer-questions.ts'
import { type Asking, askAboutAskers } from './ask-about-askers.ts'
import { askAboutFresh, nothingFresh } from './ask-about-fresh.ts'
import { askAboutIssues } from './ask-about-issues.ts'
import { askAboutNames } from './ask-about-names.ts'
import { askAboutOverriders } from './ask-about-overriders.ts'
import type { LineWant } from './world/code.ts'
import type { World } from './world/world.ts'

/** On a line an issue's summary is only shown: what a gate read so long ago will do (ms). */
const forShow = 600_000

/** An issue that holds nothing up is not asked about again for so long (ms). */
const justRead = 10_000

/** What a look needs; `explain` gives the same without a queue. */
export type Eyes = Pick<World, 'code' | 'issues' | 'memory' | 'now'>

/** A pushed branch with its issues, or null when GitHub knows no such repository. */
export async function lookAtBranch(eyes: Eyes, ref: BranchRef): Promise<BranchSnapshot | null> {
  const facts = settled(await eyes.code.readBranch(ref))
  if (facts === null) return null
  const names = [ref.branch, ...(facts.head?.siblings ?? []).map((sibling) => sibling.name)]
  const { config } = facts
  const now = eyes.now()
  // Of a branch that is not judged nobody wants to know.
  if (config.kind !== 'valid' || facts.head === null || facts.head.openPulls.length > 0 || facts.head.onLine) {
    return { ...facts, now, issues: new Map(), movedToDone: new Set(), jiraAwaySince: null }
  }
  const keys = names.flatMap((branch) => changeKeys(config.config, { branch, title: '' }))
  const { verify, statuses } = config.config.issues
  // Pushes come in quick succession, and a branch holds nothing up: its pull request asks anew.
  const issues = await readIssues(eyes, { keys, verify, within: justRead, statuses })
  return { ...facts, now, issues, ...(await askAboutIssues(eyes, issues)) }
}

/** A pull request with its issues and the other open ones on the same head, or null when it is gone. */
export async function lookAtPull(eyes: Eyes, ref: PullRef): Promise<PullSnapshot | null> {
  const facts = settled(await eyes.code.readPull(ref))
  if (facts === null) return null
  const others: PullSnapshot[] = []
  for (const number of facts.sameHead) {
    const other = settled(await eyes.code.readPull({ ...ref, number }))
    // Judged for the same commit only: a head that moved between two reads has its own pass coming.
    if (other !== null && other.pull.headSha === facts.pull.headSha)
      others.push(await complete(eyes, other, { others: [], also: null }))
  }
  return complete(eyes, facts, { others, also: null })
}

/** A line's merge queue with its pull requests, or null when the line is gone. */
export async function lookAtQueue(eyes: Eyes, ref: QueueRef): Promise<QueueSnapshot | null> {
  const facts = settled(await eyes.code.readQueue(ref))
  if (facts === null) return null
  const { repository, branch } = ref
  const members = new Map<number, PullSnapshot>()
  const isAsked = facts.config.kind === 'valid' && facts.entries.some((entry) => entry.group !== null)
  for (const { pull } of isAsked ? facts.entries : []) {
    const member = await lookAtPull(eyes, { kind: 'pull', repository, number: pull })
    if (member !== null) members.set(pull, member)
  }
  const required = isAsked ? await eyes.code.readRequiredChecks(repository, branch) : found([])
  return { ...facts, now: eyes.now(), members, required }
}

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
  const rest = {
    now: eyes.now(),
    presses,
    configBefore: await memory.configBefore(ref),
    wishes: heard.map((wish) => located(wish, facts)),
    decisions,
    madeTags: await tagsMadeOn(eyes, facts),
    told: await memory.toldOf(ref.repository, saidOn(facts, decisions)),
    jira: await memory.standingReports(ref.repository),
    unfinished: await memory.unfinishedBuilds(ref.repository, ref.branch),
    voids: await memory.voidVersions(ref.repository),
    standing: await memory.standing(ref),
    refused: new Map(),
    sealedBefore: await wasSealed(eyes, facts, decisions),
  }
  const unasked = { issues: new Map(), pushes: new Map(), comparisons: new Map() }
  if (config.kind !== 'valid') return { ...facts, ...rest, ...unasked, ...nothingFresh }
  const released = new Set(facts.released)
  const tagged = new Set(facts.tags.filter((tag) => released.has(tag.name)).map((tag) => tag.sha))
  const fresh = changesOf(facts.commits).filter((change) => !change.commits.some((commit) => tagged.has(commit.sha)))
  const keys = fresh.flatMap((change) => keysOf(config.config, change))
  const issues = await readIssues(eyes, { keys, verify: config.config.issues.verify, within: forShow })
  const history = historyOf({ ...facts, voids: rest.voids }, config.config.release?.tag ?? 'v{version}')
  const known = { ...facts, ...rest, deployments: adopted(facts.deployments, history) }
  const asked = await askAboutAskers(eyes, known, { config: config.config, wishes: asking, decisions })
  return { ...known, ...(await askAboutFresh(eyes, facts, { fresh, config: config.config })), issues, ...asked }
}

/** So many of the newest releases are looked at. */
const mostSealed = 10

/** Asked once: from the first pass on the database knows the line. */
async function wasSealed({ code }: Eyes, facts: LineFacts, decisions: readonly Decision[]): Promise<boolean> {
  if (facts.config.kind !== 'valid' || decisions.some(({ what }) => what.kind === 'begin')) return false
  return code.readSealed(facts.ref.repository, facts.released.slice(0, mostSealed))
}

/** GitHub's own word on each press that was only heard of yet. */
async function readPresses({ code }: Eyes, wishes: readonly Wish[]): Promise<LineSnapshot['presses']> {
  const presses: [number, Lookup<PressSeen>][] = []
  for (const { id, press, command, heardAt } of wishes) {
    if (press !== null && command === null) presses.push([id, await code.readPress(press, heardAt)])
  }
  return new Map(presses)
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

function tagsMadeOn({ memory }: Eyes, { ref, commits }: LineFacts): Promise<readonly Tag[]> {
  const shas = commits.map((commit) => commit.sha)
  return memory.tagsMadeOn(ref.repository, shas)
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
  const environments = config.kind === 'valid' ? config.config.environments.map((one) => one.name) : []
  const rejected = decisions.flatMap(({ what }) => (what.kind === 'reject' && shas.has(what.sha) ? [what] : []))
  return [
    ...numbers.map((number) => `comment:${number}`),
    ...environments.flatMap((name) => versions.map((tag) => `turn:ready:${name}:${tag}`)),
    ...rejected.flatMap(({ environment, version }) => {
      return numbers.map((number) => `turn:rolled-back:${environment}:${version}:${number}`)
    }),
    ...deployments.map((one) => `turn:failed:${one.environment}:${one.id}`),
  ]
}

/** Whose memberships matter: of those who ask, and then of those who signed off too. */
function askersOf(wishes: readonly Asking[], decisions: readonly Decision[]): LineWant['askers'] {
  if (wishes.length === 0) return []
  const signers = decisions.flatMap(({ what, by }) => (what.kind === 'sign-off' && by !== null ? [by] : []))
  const people = [...wishes.map((wish) => wish.by), ...signers].map(({ id, login }) => ({ id, login }))
  return [...new Map(people.map((person) => [person.id, person])).values()]
}

type Beside = {
  readonly others: readonly PullSnapshot[]
  /** Another configuration it is to be judged by. */
  readonly also: Config | null
}

/** The facts of a pull request with what Jira and memory know of it. */
export async function complete(eyes: Eyes, facts: PullFacts, { others, also }: Beside): Promise<PullSnapshot> {
  const { ref, pull } = facts
  const config = judgingConfig(facts)
  const configs = [config, also].filter((one) => one !== null)
  const keys = configs.flatMap((one) => changeKeys(one, pull))
  const verify = configs.some((one) => one.issues.verify) && pull.state === 'open'
  const told = pullReportKey(ref.repository.id, pull.number)
  const wishes = await eyes.memory.openWishes(ref.repository)
  // A head that is new asks now; one that has its answer is mostly looked at for other news.
  const known = facts.posted.some(({ name }) => name === 'waybill/gate')
  const statuses = configs.flatMap((one) => one.issues.statuses)
  const issues = await readIssues(eyes, { keys, verify, within: known ? justRead : 0, statuses })
  const snapshot: PullSnapshot = {
    ...facts,
    now: eyes.now(),
    pushes: null,
    comparisons: new Map(),
    issues,
    ...(await askAboutIssues(eyes, issues)),
    reverts: null,
    configuredSince: null,
    verified: await eyes.memory.verified(ref.repository, pull.number),
    types: (await eyes.memory.issueTypes(ref.repository, [pull.number])).get(pull.number) ?? new Map(),
    standing: await eyes.memory.standing({ repository: ref.repository, branch: pull.base }),
    headSeenAt: await eyes.memory.headSeen(ref, pull.headSha),
    jira: eyes.issues.panels ? await eyes.memory.reported(ref.repository, [told]) : [],
    unfinished: await eyes.memory.unfinishedBuilds(ref.repository, pull.branch),
    panelUntold: !eyes.issues.panels && config?.jira.panels.development === 'on' && config.mode === 'enforce',
    wishes: wishes.filter((wish) => wish.pull === pull.number && wish.state === 'accepted'),
    queues: await queuesAt(eyes, ref, pull.headSha),
    required: found([]),
    override: await eyes.memory.overrideOf(ref.repository, { pull: pull.number, sha: pull.headSha }),
    overriders: new Map(),
    outlook: null,
    others,
  }
  const named = await askAboutNames(eyes, snapshot)
  const answered = await askAboutOverriders(eyes, await answerQuestions(eyes, named))
  if (facts.config.kind !== 'absent' && !asksWhatIsRequired(answered)) return answered
  return { ...answered, required: await eyes.code.readRequiredChecks(ref.repository, pull.base) }
}

async function queuesAt({ memory }: Eyes, { repository }: PullRef, sha: string): Promise<readonly QueueRef[]> {
  return (await memory.refsAt(repository, sha)).filter((ref) => ref.kind === 'queue')
}

type Wanted = {
  readonly keys: readonly string[]
  readonly verify: boolean
  /** How old an answer may be (ms). */
  readonly within: number
  /** If given, an older answer will do only where it holds nothing up: open, and in one of these if there are any. */
  readonly statuses?: readonly string[]
}

/** Every key is looked up once; without Jira, or with `verify: false`, none is. */
async function readIssues(
  { issues }: Pick<World, 'issues'>,
  want: Wanted,
): Promise<ReadonlyMap<string, Lookup<Issue>>> {
  if (!issues.verifies || !want.verify) return new Map()
  const keys = [...new Set(want.keys)]
  const answers = await Promise.all(keys.map((key) => ask(issues, key, want)))
  return new Map(
    keys.flatMap((key, at) => {
      const answer = answers[at]
      return answer === undefined ? [] : [[key, answer] as const]
    }),
  )
}

async function ask(issues: World['issues'], key: string, { within, statuses }: Wanted): Promise<Lookup<Issue>> {
  const answer = await issues.readIssue(key, within)
  if (within === 0 || statuses === undefined || answer.kind !== 'found') return answer
  const { done, status, key: own } = answer.value
  const allowed = statuses.length === 0 || statuses.some((one) => one.toLowerCase() === status.toLowerCase())
  return done || own !== key || !allowed ? issues.readIssue(key) : answer
}

/** Gone is gone; what could not be read is a failure, which the pass answers for. */
function settled<T>(lookup: Lookup<T>): T | null {
  switch (lookup.kind) {
    case 'found':
      return lookup.value
    case 'absent':
      return null
    case 'unknown':
      throw new Failed({ kind: 'bug', call: 'read', cause: lookup.cause })
  }
}
