import type { Effect } from '../model/effect.ts'
import { effectKey } from '../model/effect.ts'
import { Failed } from '../model/failure.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { Ref } from '../model/ref.ts'
import type { CodeEffect, Pass, World, Written } from './world.ts'

/** How long GitHub's lists may lag behind a write whose answer was lost (ms). */
const lag = 5000

/**
 * Does one effect: look, claim, write, confirm. What was done before is not done again; what was begun and never
 * confirmed is looked for first. Answers what a write at GitHub left behind, null for everything else.
 */
export async function apply(
  world: World,
  run: { readonly ref: Ref; readonly pass: Pass },
  effect: Effect,
): Promise<Written | null> {
  const { memory, queue } = world
  const { repository } = run.ref
  switch (effect.kind) {
    case 'post-check':
    case 'create-tag':
    case 'publish-release':
    case 'create-deployment':
    case 'say-on-pull':
    case 'answer-wish':
    case 'react':
      return applyCode(world, run, effect)
    case 'settle-wish':
      await memory.settleWish(effect.wish, { state: effect.state, ...(effect.command && { command: effect.command }) })
      return null
    case 'audit':
      await memory.audit(repository, effect.entry)
      return null
    case 'report':
      await memory.saveReport(repository, effect.report)
      return null
    case 'settle-deployment':
      await memory.settleDeployment(repository, effect.deployment)
      return null
    case 'remember-verified':
      await memory.rememberVerified(repository, effect.pull, { key: effect.key, at: effect.at })
      return null
    case 'look':
      await (effect.at === null ? queue.hint(effect.ref) : queue.remind(effect.ref, effect.at))
      return null
  }
}

async function applyCode(
  world: World,
  run: { readonly ref: Ref; readonly pass: Pass },
  effect: CodeEffect,
): Promise<Written> {
  const { code, memory, now, crashpoint } = world
  const { repository } = run.ref
  const key = effectKey(effect)
  const { claim, known } = await memory.claim(repository, key, saidBy(effect))
  crashpoint(`${effect.kind}.after-claim`)
  if (claim.kind === 'done') return claim.written
  if (claim.kind === 'unfinished') {
    const there = await code.look(repository, effect, known)
    crashpoint(`${effect.kind}.after-look`)
    if (there.kind === 'found') return confirm(world, run, { key, written: there.value })
    const until = claim.since + lag
    if (now() < until) throw new Failed({ kind: 'busy', until, cause: `${effect.kind} may be on its way` })
  }
  if (!(await memory.holds(run.pass))) {
    throw new Failed({ kind: 'busy', until: now() + 1000, cause: 'another pass took this subject over' })
  }
  try {
    const written = await code.write(repository, effect, known)
    crashpoint(`${effect.kind}.after-write`)
    return await confirm(world, run, { key, written })
  } catch (error) {
    // Refused for certain: nothing is there, and nothing needs looking for.
    if (error instanceof Failed && error.failure.kind === 'refused') await memory.release(repository, key)
    throw error
  }
}

type Done = { readonly key: string; readonly written: Written }

async function confirm(world: World, run: { readonly ref: Ref }, { key, written }: Done): Promise<Written> {
  await world.memory.confirm(run.ref.repository, key, written)
  world.crashpoint('after-confirm')
  return written
}

/** What a claim is taken for: the same words again are no new write. */
function saidBy(effect: CodeEffect): string {
  switch (effect.kind) {
    case 'post-check':
    case 'say-on-pull':
      return effect.fingerprint
    case 'answer-wish':
      return fingerprint(effect.body)
    case 'create-tag':
    case 'publish-release':
      return effect.sha
    case 'create-deployment':
      return effect.sha
    case 'react':
      return effect.reaction
  }
}
