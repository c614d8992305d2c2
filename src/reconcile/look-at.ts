import type { BranchSnapshot } from '../model/branch.ts'
import { changeKeys } from '../model/change-keys.ts'
import type { Config } from '../model/config-schema.ts'
import { found } from '../model/lookup.ts'
import type { QueueSnapshot } from '../model/merge-queue.ts'
import type { PullFacts, PullSnapshot } from '../model/pull.ts'
import type { BranchRef, PullRef, QueueRef } from '../model/ref.ts'
import { pullReportKey } from '../model/report.ts'
import { judgingConfig } from '../rules/judging-config.ts'
import { asksWhatIsRequired } from '../rules/pull-checks-pass.ts'
import { answerQuestions } from './answer-questions.ts'
import { askAboutIssues } from './ask-about-issues.ts'
import { askAboutNames } from './ask-about-names.ts'
import { askAboutOverriders } from './ask-about-overriders.ts'
import type { Eyes } from './eyes.ts'
import { readIssues } from './read-issues.ts'
import { requiredChecks } from './required-checks.ts'
import { settled } from './settled.ts'

/**
 * An issue that holds nothing up is not asked about again for so long (ms): the sweep asks every five minutes, so that what a change costs
 * at Jira does not hang on how long it takes.
 */
const watched = 360_000

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
  // A branch holds nothing up: its pull request asks anew.
  const issues = await readIssues(eyes, { keys, verify, within: watched, statuses })
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
  const { kind } = facts.config
  const isAsked = kind !== 'unknown' && facts.entries.some((entry) => entry.group !== null)
  for (const { pull } of isAsked && kind !== 'absent' ? facts.entries : []) {
    const member = await lookAtPull(eyes, { kind: 'pull', repository, number: pull })
    if (member !== null) members.set(pull, member)
  }
  const required = isAsked ? requiredChecks(await eyes.code.readBranchRules(repository, branch)) : found([])
  return { ...facts, now: eyes.now(), members, required }
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
  const verified = await eyes.memory.verified(ref.repository, pull.number)
  // At first Jira is asked now; an issue that was found good is watched by the sweep.
  const within = keys.every((key) => verified.has(key)) ? watched : 0
  const statuses = configs.flatMap((one) => one.issues.statuses)
  const issues = await readIssues(eyes, { keys, verify, within, statuses })
  const snapshot: PullSnapshot = {
    ...facts,
    now: eyes.now(),
    pushes: null,
    comparisons: new Map(),
    issues,
    ...(await askAboutIssues(eyes, issues)),
    reverts: null,
    configuredSince: null,
    verified,
    types: (await eyes.memory.issueTypes(ref.repository, [pull.number])).get(pull.number) ?? new Map(),
    standing: await eyes.memory.standing({ repository: ref.repository, branch: pull.base }),
    headSeenAt: await eyes.memory.headSeen(ref, pull.headSha),
    jira: eyes.issues.panels ? await eyes.memory.reported(ref.repository, [told]) : [],
    actsRefused: eyes.issues.verifies ? await eyes.memory.refusedActs(ref.repository) : [],
    unfinished: await eyes.memory.unfinishedBuilds(ref.repository, pull.branch),
    panelUntold: !eyes.issues.panels && config?.jira.panels.development === 'on' && config.mode === 'enforce',
    wishes: wishes.filter((wish) => wish.pull === pull.number && wish.state === 'accepted'),
    queues: await queuesAt(eyes, ref, pull.headSha),
    required: found([]),
    wantsResolution: false,
    override: await eyes.memory.overrideOf(ref.repository, { pull: pull.number, sha: pull.headSha, base: pull.base }),
    overriders: new Map(),
    outlook: null,
    others,
  }
  const named = await askAboutNames(eyes, snapshot)
  return askWhatIsRequired(eyes, await askAboutOverriders(eyes, await answerQuestions(eyes, named)))
}

/** What GitHub requires, where the answer hangs on it. */
async function askWhatIsRequired({ code }: Eyes, snapshot: PullSnapshot): Promise<PullSnapshot> {
  const { config, ref, pull } = snapshot
  if (config.kind !== 'absent' && !asksWhatIsRequired(snapshot)) return snapshot
  const rules = await code.readBranchRules(ref.repository, pull.base)
  const wantsResolution = rules.kind === 'found' && rules.value.conversations
  return { ...snapshot, required: requiredChecks(rules), wantsResolution }
}

async function queuesAt({ memory }: Eyes, { repository }: PullRef, sha: string): Promise<readonly QueueRef[]> {
  return (await memory.refsAt(repository, sha)).filter((ref) => ref.kind === 'queue')
}
