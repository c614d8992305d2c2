import type { ConfigRead } from '../model/config-read.ts'
import type { Effect } from '../model/effect.ts'
import { Failed } from '../model/failure.ts'
import type { LineSnapshot, Refusal } from '../model/line.ts'
import { makes } from '../model/makes.ts'
import type { BranchRef, CommitRef, LineRef, PullRef, QueueRef, Ref, RunRef } from '../model/ref.ts'
import type { Kept, Seen } from '../model/seen.ts'
import type { BranchVerdict, PullVerdict } from '../model/verdict.ts'
import { foldLine, refuseOnLine } from '../plan/fold-line.ts'
import { planBranch } from '../plan/plan-branch.ts'
import { planLine } from '../plan/plan-line.ts'
import { planPull } from '../plan/plan-pull.ts'
import { planQueue } from '../plan/plan-queue.ts'
import { planRun } from '../plan/plan-run.ts'
import { voidVersion } from '../plan/void-version.ts'
import { judgeBranch } from '../rules/judge-branch.ts'
import { judgePull } from '../rules/judge-pull.ts'
import { lineRests } from '../rules/line-rests.ts'
import { restsElsewhere } from '../rules/rests-elsewhere.ts'
import { apply, type Run } from './apply.ts'
import { expectedOfPull, expectedOnLine } from './expected.ts'
import { lookAhead } from './look-ahead.ts'
import { lookAtBranch, lookAtPull, lookAtQueue } from './look-at.ts'
import { lookAtLine } from './look-at-line.ts'
import { lookAtRun } from './look-at-run.ts'
import { printSnapshot } from './print-snapshot.ts'
import type { Written } from './world/code.ts'
import type { World } from './world/world.ts'
import type { Pass } from './world/writes.ts'

/** What is kept of a line on which nothing is under way: from then on a glance tells whether anything came. */
const atRest: Kept = { state: 'rests', mergeable: 'unknown', elsewhere: false }

/** More rounds than this in one pass means that something made is not seen as made. */
const mostRounds = 200

/** One pass over one subject: read, judge, plan, apply. Doing it twice is doing it once. Rejects with `Failed`. */
export async function passOver(world: World, ref: Ref): Promise<void> {
  const pass = await world.memory.beginPass(ref)
  switch (ref.kind) {
    case 'branch':
      return passBranch(world, ref, pass)
    case 'pull':
      return passPull(world, ref, pass)
    case 'line':
      return passLine(world, ref, pass)
    case 'commit':
      return passCommit(world, ref)
    case 'queue':
      return passQueue(world, ref, pass)
    case 'run':
      return passRun(world, ref, pass)
  }
}

async function passBranch(world: World, ref: BranchRef, pass: Pass): Promise<void> {
  const snapshot = await lookAtBranch(world, ref)
  if (snapshot === null) return
  await keepSnapshot(world, ref, snapshot)
  const plan = planBranch(snapshot)
  // A line hears of its commits by itself; as a branch's they would be kept from it.
  const isLine = plan.some((effect) => effect.kind === 'look' && effect.ref.kind === 'line')
  if (snapshot.head !== null && !isLine) await world.memory.rememberHead(ref, snapshot.head.sha)
  await applyAll(world, { ref, pass, policy: policyOf(snapshot) }, plan)
  await keepSeen(world, pass, { seen: snapshot.seen, verdict: judgeBranch(snapshot) })
}

async function passPull(world: World, ref: PullRef, pass: Pass): Promise<void> {
  const seen = await lookAtPull(world, ref)
  if (seen === null) return
  await keepSnapshot(world, ref, seen)
  await world.memory.rememberHead(ref, seen.pull.headSha)
  const snapshot = await lookAhead(world, seen)
  await world.queue.expect(ref, pass, expectedOfPull(snapshot))
  await applyAll(world, { ref, pass, policy: policyOf(snapshot) }, planPull(snapshot))
  await keepSeen(world, pass, { seen: snapshot.seen, verdict: judgePull(snapshot) })
}

/** What was seen, without when: an equal one is not written again. */
async function keepSnapshot({ memory }: World, ref: Ref, snapshot: object): Promise<void> {
  await memory.saveSnapshot(ref, printSnapshot({ ...snapshot, now: undefined }))
}

/** From here on a sweep leaves the subject alone until something comes to it. */
async function keepSeen(
  { memory }: World,
  pass: Pass,
  { seen, verdict }: { readonly seen: Seen | null; readonly verdict: PullVerdict | BranchVerdict },
): Promise<void> {
  if (seen !== null) await memory.keepSeen(pass, { ...seen, elsewhere: restsElsewhere(verdict) })
}

/** Groups and their members are remembered by their heads: what comes to one of those concerns the queue. */
async function passQueue(world: World, ref: QueueRef, pass: Pass): Promise<void> {
  const snapshot = await lookAtQueue(world, ref)
  if (snapshot === null) return
  await keepSnapshot(world, ref, snapshot)
  for (const { pull, group } of snapshot.entries) {
    const heads = [group?.sha, snapshot.members.get(pull)?.pull.headSha]
    for (const sha of heads) if (sha !== undefined) await world.memory.rememberHead(ref, sha)
  }
  await applyAll(world, { ref, pass, policy: policyOf(snapshot) }, planQueue(snapshot))
}

/**
 * Makes, folds what was made into the snapshot, and plans again, until there is only something left to say. What GitHub
 * refuses is left out of the rest of the pass and thrown at its end: it does not keep people from their answers.
 */
async function passLine(world: World, ref: LineRef, pass: Pass): Promise<void> {
  let snapshot = await lookAtLine(world, ref)
  if (snapshot === null) return
  await keepSnapshot(world, ref, snapshot)
  await world.queue.expect(ref, pass, expectedOnLine(snapshot))
  const refusals: Failed[] = []
  for (let round = 0; round < mostRounds; round++) {
    const plan = planLine(snapshot)
    for (const effect of plan) {
      const outcome = await tryApply(world, { ref, pass, policy: policyOf(snapshot) }, effect)
      if (outcome.kind === 'refused') refusals.push(outcome.failed)
      snapshot = await foldOutcome(
        world,
        { ref, pass, policy: policyOf(snapshot) },
        { line: snapshot, effect, outcome },
      )
    }
    await outbox(world, ref, plan)
    if (plan.some(makes)) continue
    const waits = plan.some(({ kind }) => kind === 'look')
    if (!waits && lineRests(snapshot)) await world.memory.keepSeen(pass, atRest)
    break
  }
  const [first] = refusals
  if (first !== undefined) throw first
}

function policyOf({ config }: { readonly config: ConfigRead }): string | null {
  return config.kind === 'valid' ? config.sha : null
}

async function tryApply(world: World, run: Run, effect: Effect): Promise<Outcome> {
  try {
    return { kind: 'done', written: await apply(world, run, effect) }
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    const { failure } = error
    if (failure.kind === 'burned') return { kind: 'burned', tag: failure.tag, cause: failure.cause }
    if (failure.kind === 'refused') return { kind: 'refused', failed: error, refusal: failure }
    throw error
  }
}

type Outcome =
  | { readonly kind: 'done'; readonly written: Written | null }
  | { readonly kind: 'refused'; readonly failed: Failed; readonly refusal: Refusal }
  | { readonly kind: 'burned'; readonly tag: string; readonly cause: string }

async function foldOutcome(
  world: World,
  run: Run,
  { line, effect, outcome }: { readonly line: LineSnapshot; readonly effect: Effect; readonly outcome: Outcome },
): Promise<LineSnapshot> {
  switch (outcome.kind) {
    case 'done':
      return foldLine(line, effect, outcome.written)
    case 'refused':
      return refuseOnLine(line, effect, outcome.refusal)
    case 'burned': {
      const effects = voidVersion(line, outcome.tag, outcome.cause)
      for (const one of effects) await apply(world, run, one)
      return effects.reduce((now, one) => foldLine(now, one, null), line)
    }
  }
}

async function passRun(world: World, ref: RunRef, pass: Pass): Promise<void> {
  const snapshot = await lookAtRun(world, ref)
  if (snapshot === null) return
  const policy = 'unread' in snapshot.line ? null : policyOf(snapshot.line)
  await applyAll(world, { ref, pass, policy }, planRun(snapshot))
}

async function passCommit(world: World, ref: CommitRef): Promise<void> {
  for (const subject of await world.code.readCommit(ref)) await world.queue.hint(subject)
}

async function applyAll(world: World, run: Run, plan: readonly Effect[]): Promise<void> {
  for (const effect of plan) await apply(world, run, effect)
  await outbox(world, run.ref, plan)
}

async function outbox(world: World, ref: Ref, plan: readonly Effect[]): Promise<void> {
  if (plan.some((effect) => effect.kind === 'report' || effect.kind === 'act-on-issue'))
    await world.queue.hintOutbox(ref.repository)
}
