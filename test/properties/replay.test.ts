import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/model/effect.ts'
import { effectKey } from '../../src/model/effect-key.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { absent } from '../../src/model/lookup.ts'
import { makes } from '../../src/model/makes.ts'
import { foldLine } from '../../src/plan/fold-line.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { apply } from '../../src/reconcile/apply.ts'
import type { CodeEffect, Written } from '../../src/reconcile/world/code.ts'
import type { World } from '../../src/reconcile/world/world.ts'
import { only } from '../only.ts'
import { beginning, emptyTown, type Happening, happen, happening, openWishes } from './line-town.ts'

type Claimed = { fingerprint: string; written: Written | null }

/** GitHub and the database, as far as effects reach them: what was written, by key, and how often anything was. */
type Ground = {
  line: LineSnapshot
  readonly claims: Map<string, Claimed>
  readonly kept: Map<string, string>
  writes: number
}

function copyOf({ line, claims, kept, writes }: Ground): Ground {
  return {
    line,
    claims: new Map([...claims].map(([key, one]) => [key, { ...one }])),
    kept: new Map(kept),
    writes,
  }
}

/** The same thing has the same id wherever it is made. */
const ids = new Map<string, number>()
function idOf(key: string): number {
  const id = ids.get(key) ?? 100_000 + ids.size
  ids.set(key, id)
  return id
}

function worldOver(ground: Ground): World {
  /** Kept once by key, or replaced where its text is another. */
  const keep = async (key: string, text: string, once = false) => {
    if (ground.kept.get(key) === text || (once && ground.kept.has(key))) return
    ground.kept.set(key, text)
    ground.writes += 1
  }
  const memory = only<World['memory']>({
    claim: async (_repository: unknown, key: string, fingerprint: string) => {
      const claimed = ground.claims.get(key)
      const known = claimed?.written?.id ?? null
      if (claimed?.fingerprint === fingerprint && claimed.written !== null) {
        return { claim: { kind: 'done', written: claimed.written, since: Number.POSITIVE_INFINITY }, known }
      }
      ground.claims.set(key, { fingerprint, written: claimed?.written ?? null })
      return { claim: { kind: 'fresh' }, known }
    },
    confirm: async (_repository: unknown, key: string, done: Claimed) => void ground.claims.set(key, { ...done }),
    holds: async () => true,
    release: async () => {},
    renew: async () => {},
    auditHead: async () => ({ number: 0, hash: '' }),
    settleWish: (wish: number, { state }: { readonly state?: string }) => keep(`wish ${wish}`, state ?? ''),
    decide: (_repository: unknown, { key, what }: { readonly key: string; readonly what: unknown }) =>
      keep(`decision ${key}`, JSON.stringify(what), true),
    audit: (_repository: unknown, { key, action }: { readonly key: string; readonly action: string }) =>
      keep(`audit ${key}`, action, true),
    saveReport: (_repository: unknown, report: { readonly key: string }) =>
      keep(`report ${report.key}`, JSON.stringify(report)),
    saveAct: (_repository: unknown, act: { readonly key: string }) => keep(`act ${act.key}`, JSON.stringify(act)),
    settleDeployment: (_repository: unknown, id: number) => keep(`settled ${id}`, ''),
    saveStanding: (_line: unknown, standing: unknown) => keep('standing', JSON.stringify(standing)),
    keepConfig: (_line: unknown, config: unknown) => keep('config', JSON.stringify(config)),
  })
  const code = only<World['code']>({
    look: async () => absent,
    write: async (_repository: unknown, effect: CodeEffect) => {
      ground.writes += 1
      return { id: idOf(effectKey(effect)), sha: null }
    },
  })
  const queue = only<World['queue']>({ hint: async () => {}, remind: async () => {}, hintAll: async () => {} })
  const rest = { issues: only<World['issues']>({ forget: () => {} }), now: () => 0, lag: 0, crashpoint: () => {} }
  return { ...rest, memory, code, queue, log: { info: () => {}, warn: () => {}, error: () => {} } }
}

/** Applies a pass's effects, at most `most` of them, and answers those it applied. */
async function pass(ground: Ground, most = Number.POSITIVE_INFINITY): Promise<readonly Effect[]> {
  const applied: Effect[] = []
  for (let round = 0; round < 200; round++) {
    const plan = planLine({ ...ground.line, wishes: openWishes(ground.line) })
    for (const effect of plan) {
      if (applied.length >= most) return applied
      const written = await applyTo(ground, effect)
      ground.line = foldLine(ground.line, effect, written)
      applied.push(effect)
    }
    if (!plan.some(makes)) return applied
  }
  throw new Error('the line never came to rest')
}

function applyTo(ground: Ground, effect: Effect): Promise<Written | null> {
  const { ref } = ground.line
  return apply(worldOver(ground), { ref, pass: { ref: '', token: '' }, policy: 'c0ffee' }, effect)
}

/** Everything that stands at the end, whatever the order it came in. */
function standing({ line, claims, kept }: Ground) {
  const { tags, released, deployments, decisions, wishes } = line
  return {
    tags: tags.map(({ name, sha }) => `${name} ${sha}`).toSorted(),
    released: released.toSorted(),
    deployments: deployments.map((one) => JSON.stringify([one.id, one.environment, one.sha, one.claim])).toSorted(),
    decisions: decisions.map(({ key }) => key).toSorted(),
    wishes: wishes.map(({ id, state }) => `${id} ${state}`),
    said: [...claims].map(([key, { fingerprint }]) => `${key} ${fingerprint}`).toSorted(),
    kept: [...kept].map(([key, text]) => `${key} ${text}`).toSorted(),
  }
}

describe('a pass that dies after any of its effects', () => {
  it('leaves what the next one makes whole, as if nothing had happened; and its effects once more write nothing', async () => {
    let died = 0
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 10 }), async (story) => {
        const ground = await lived([...beginning, ...story])
        const whole = copyOf(ground)
        const effects = await pass(whole)
        for (let most = 1; most < effects.length; most++) {
          died += 1
          const broken = copyOf(ground)
          const prefix = await pass(broken, most)
          await pass(broken)
          expect(standing(broken)).toEqual(standing(whole))
          const before = { ...standing(broken), writes: broken.writes }
          for (const effect of prefix) await applyTo(broken, effect)
          expect({ ...standing(broken), writes: broken.writes }).toEqual(before)
        }
      }),
      { numRuns: 20 },
    )
    // The stories are worth telling: their last pass had something to lose.
    expect(died).toBeGreaterThan(40)
  })
})

/** Everything that happened, with a pass after each; the last two come together and are not looked at yet. */
async function lived(events: readonly Happening[]): Promise<Ground> {
  const town = emptyTown()
  const ground: Ground = { line: town.line, claims: new Map(), kept: new Map(), writes: 0 }
  for (const [at, event] of events.entries()) {
    town.line = ground.line
    happen(town, event)
    ground.line = town.line
    if (at < events.length - 2) await pass(ground)
  }
  return ground
}
