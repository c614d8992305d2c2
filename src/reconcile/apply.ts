import { sealOf } from '../model/audit.ts'
import type { Effect } from '../model/effect.ts'
import { effectKey } from '../model/effect-key.ts'
import { Failed } from '../model/failure.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { Ref } from '../model/ref.ts'
import { keepConfig } from './keep-config.ts'
import type { CodeEffect, Written } from './world/code.ts'
import type { World } from './world/world.ts'
import type { Pass } from './world/writes.ts'

/**
 * Does one effect: look, claim, write, confirm. What was done before is not done again; what was begun and never
 * confirmed is looked for first. Answers what a write at GitHub left behind, null for everything else.
 */
export async function apply(world: World, run: Run, effect: Effect): Promise<Written | null> {
  const written = await carryOut(world, run, effect)
  world.crashpoint(`${effect.kind}.done`)
  return written
}

async function carryOut(world: World, run: Run, effect: Effect): Promise<Written | null> {
  const { queue } = world
  switch (effect.kind) {
    case 'post-check':
    case 'create-tag':
    case 'publish-release':
    case 'create-deployment':
    case 'deploy-branch':
    case 'set-status':
    case 'answer-run':
    case 'say-on-pull':
    case 'answer-wish':
    case 'call-people':
    case 'react':
      return applyCode(world, run, effect)
    case 'settle-wish':
    case 'decide':
    case 'audit':
    case 'report':
    case 'act-on-issue':
    case 'settle-deployment':
    case 'remember-verified':
    case 'void-version':
    case 'keep-standing':
      await remember(world, run, effect)
      return null
    case 'keep-config':
      await keepConfig(world, effect)
      return null
    case 'look':
      await (effect.at === null ? queue.hint(effect.ref) : queue.remind(effect.ref, effect.at))
      return null
  }
}

/** What only our memory has to know. */
type MemoryEffect = Exclude<Effect, CodeEffect | { readonly kind: 'look' | 'keep-config' }>

async function remember({ memory, issues }: World, { ref, policy }: Run, effect: MemoryEffect): Promise<void> {
  const { repository } = ref
  switch (effect.kind) {
    case 'settle-wish':
      if (effect.command?.kind === 'recheck') issues.forget()
      return memory.settleWish(effect.wish, {
        state: effect.state,
        ...(effect.command && { command: effect.command }),
      })
    case 'decide':
      return memory.decide(repository, effect.decision)
    case 'audit':
      return memory.audit(repository, { ...effect.entry, policy })
    case 'report':
      return memory.saveReport(repository, effect.report)
    case 'act-on-issue':
      return memory.saveAct(repository, effect)
    case 'settle-deployment':
      return memory.settleDeployment(repository, effect.deployment)
    case 'remember-verified':
      return memory.rememberVerified(repository, effect.pull, effect)
    case 'void-version':
      return memory.saveVoidVersion(repository, effect.tag)
    case 'keep-standing':
      return memory.saveStanding(effect.ref, effect.standing)
  }
}

async function applyCode(world: World, run: Run, effect: CodeEffect): Promise<Written> {
  const { code, memory, crashpoint } = world
  const { repository } = run.ref
  const key = effectKey(effect)
  const fingerprint = saidBy(effect)
  const { claim, known } = await memory.claim(repository, key, fingerprint)
  crashpoint(`${effect.kind}.after-claim`)
  if (claim.kind === 'done' && !isDoubtful(world, effect, claim.since)) return claim.written
  if (claim.kind !== 'fresh') {
    const there = await code.look(repository, effect, known)
    crashpoint(`${effect.kind}.after-look`)
    if (there.kind === 'found') return confirm(world, run, { key, written: there.value, fingerprint })
    wait(world, effect, claim.since)
    await memory.renew(repository, key, fingerprint)
  }
  if (!(await memory.holds(run.pass))) {
    throw new Failed({ kind: 'busy', until: world.now() + 1000, cause: 'another pass took this subject over' })
  }
  try {
    const written = await code.write(repository, await sealed(world, effect), known)
    crashpoint(`${effect.kind}.after-write`)
    return await confirm(world, run, { key, written, fingerprint })
  } catch (error) {
    // Refused for certain: nothing is there, and nothing needs looking for.
    if (error instanceof Failed && isFinal(error.failure)) await memory.release(repository, key)
    throw error
  }
}

/** What outlives the database says how far the audit log had come, so that rows taken away later are missed. */
async function sealed({ memory }: World, effect: CodeEffect): Promise<CodeEffect> {
  switch (effect.kind) {
    case 'create-tag':
      return { ...effect, message: `${effect.message}\nWaybill-Audit: ${sealOf(await memory.auditHead())}\n` }
    case 'create-deployment':
    case 'deploy-branch':
      return { ...effect, seal: sealOf(await memory.auditHead()) }
    case 'post-check':
    case 'publish-release':
    case 'set-status':
    case 'answer-run':
    case 'say-on-pull':
    case 'answer-wish':
    case 'call-people':
    case 'react':
      return effect
  }
}

/** A deployment that was made and is no longer listed was deleted by somebody: nobody would ever carry it out. */
function isDoubtful({ now, lag }: World, effect: CodeEffect, since: number): boolean {
  return (effect.kind === 'create-deployment' || effect.kind === 'deploy-branch') && now() - since > lag
}

function isFinal({ kind }: Failed['failure']): boolean {
  return kind === 'refused' || kind === 'burned'
}

/** What has an identity at GitHub (a name, a ref, an id) can be tried again at once; anything else would be made twice. */
function wait({ now, lag }: World, effect: CodeEffect, since: number): void {
  const named = effect.kind === 'create-tag' || effect.kind === 'publish-release' || effect.kind === 'react'
  const until = since + lag
  if (!named && now() < until) throw new Failed({ kind: 'busy', until, cause: `${effect.kind} may be on its way` })
}

export type Run = {
  readonly ref: Ref
  readonly pass: Pass
  /** The configuration that is in force for this pass; null where there is none. */
  readonly policy: string | null
}
type Done = { readonly key: string; readonly written: Written; readonly fingerprint: string }

async function confirm(world: World, run: Run, { key, written, fingerprint }: Done): Promise<Written> {
  await world.memory.confirm(run.ref.repository, key, { written, fingerprint })
  return written
}

/** What a claim is taken for: the same words again are no new write. */
function saidBy(effect: CodeEffect): string {
  switch (effect.kind) {
    case 'post-check':
    case 'say-on-pull':
      return effect.fingerprint
    case 'call-people':
    case 'answer-wish':
      return fingerprint(effect.body)
    case 'create-tag':
    case 'publish-release':
      return effect.sha
    case 'create-deployment':
      return effect.sha
    case 'deploy-branch':
      return effect.claim.sha
    case 'set-status':
      return effect.description
    case 'answer-run':
      return fingerprint(effect.comment)
    case 'react':
      return effect.reaction
  }
}
