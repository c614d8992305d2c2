import type { Effect } from '../model/effect.ts'
import type { BranchRef, CommitRef, LineRef, PullRef, Ref } from '../model/ref.ts'
import { foldLine } from '../plan/fold-line.ts'
import { planBranch } from '../plan/plan-branch.ts'
import { planLine } from '../plan/plan-line.ts'
import { planPull } from '../plan/plan-pull.ts'
import { apply } from './apply.ts'
import { lookAtBranch, lookAtLine, lookAtPull } from './look-at.ts'
import { printSnapshot } from './print-snapshot.ts'
import type { Pass, World } from './world.ts'

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
  }
}

async function passBranch(world: World, ref: BranchRef, pass: Pass): Promise<void> {
  const snapshot = await lookAtBranch(world, ref)
  if (snapshot === null) return
  await world.memory.saveSnapshot(ref, printSnapshot(snapshot))
  if (snapshot.head !== null) await world.memory.rememberHead(ref, snapshot.head.sha)
  await applyAll(world, { ref, pass }, planBranch(snapshot))
}

async function passPull(world: World, ref: PullRef, pass: Pass): Promise<void> {
  const snapshot = await lookAtPull(world, ref)
  if (snapshot === null) return
  await world.memory.saveSnapshot(ref, printSnapshot(snapshot))
  await world.memory.rememberHead(ref, snapshot.pull.headSha)
  await applyAll(world, { ref, pass }, planPull(snapshot))
}

/** Makes, folds what was made into the snapshot, and plans again, until there is only something left to say. */
async function passLine(world: World, ref: LineRef, pass: Pass): Promise<void> {
  let snapshot = await lookAtLine(world, ref)
  if (snapshot === null) return
  await world.memory.saveSnapshot(ref, printSnapshot(snapshot))
  for (let round = 0; round < mostRounds; round++) {
    const plan = planLine(snapshot)
    let made = false
    for (const effect of plan) {
      const written = await apply(world, { ref, pass }, effect)
      snapshot = foldLine(snapshot, effect, written)
      made ||= makes(effect)
    }
    await outbox(world, ref, plan)
    if (!made) return
  }
  world.log.error({ ref: ref.branch, repository: ref.repository.id }, 'a line never came to rest')
}

async function passCommit(world: World, ref: CommitRef): Promise<void> {
  for (const subject of await world.code.readCommit(ref)) await world.queue.hint(subject)
}

async function applyAll(
  world: World,
  run: { readonly ref: Ref; readonly pass: Pass },
  plan: readonly Effect[],
): Promise<void> {
  for (const effect of plan) await apply(world, run, effect)
  await outbox(world, run.ref, plan)
}

async function outbox(world: World, ref: Ref, plan: readonly Effect[]): Promise<void> {
  if (plan.some((effect) => effect.kind === 'report')) await world.queue.hintOutbox(ref.repository)
}

function makes(effect: Effect): boolean {
  return effect.kind === 'create-tag' || effect.kind === 'publish-release' || effect.kind === 'create-deployment'
}
