import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckState } from '../../src/model/check.ts'
import type { Deployment, DeploymentState } from '../../src/model/deployment.ts'
import type { Effect } from '../../src/model/effect.ts'
import type { LineSnapshot, Tag } from '../../src/model/line.ts'
import { compareVersions } from '../../src/model/version.ts'
import { foldLine } from '../../src/plan/fold-line.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { lineOf, merge, noon, sha } from '../line-world.ts'

/** GitHub, as far as a line writes to it. Everything in it happened, whether or not Waybill lived to hear of it. */
type Hub = { checks: (CheckState | null)[]; tags: Tag[]; released: string[]; deployments: Deployment[]; id: number }

/** What may happen between two passes, and where a pass dies: before or after its nth write. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('merge' as const) }),
  fc.record({
    kind: fc.constant('check' as const),
    at: fc.nat(9),
    state: fc.constantFrom<CheckState>('success', 'failure', 'in_progress', 'cancelled'),
  }),
  fc.record({
    kind: fc.constant('status' as const),
    state: fc.constantFrom<DeploymentState>('in_progress', 'success', 'failure'),
  }),
  fc.record({
    kind: fc.constant('pass' as const),
    dies: fc.option(fc.record({ write: fc.nat(5), after: fc.boolean() })),
  }),
)

describe('whatever happens, and wherever a pass dies', () => {
  it('every merge is released once, in merge order, and nothing is made twice', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (story) => {
        const hub: Hub = { checks: [], tags: [], released: [], deployments: [], id: 0 }
        for (const event of story) live(hub, event)
        hub.checks = hub.checks.map((state) => (state === 'failure' ? state : 'success'))
        hub.checks.push('success')
        for (let round = 0; round < 60; round++) {
          pass(hub, null)
          live(hub, { kind: 'status', state: 'success' })
        }
        expectReleasedOnce(hub)
        expect(pass(hub, null)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})

function live(hub: Hub, event: typeof happening extends fc.Arbitrary<infer T> ? T : never): void {
  switch (event.kind) {
    case 'merge':
      if (hub.checks.length < 10) hub.checks.push(null)
      return
    case 'check':
      // A released merge is decided: later checks change nothing about its version.
      if (event.at < hub.checks.length) hub.checks[event.at] = event.state
      return
    case 'status': {
      const at = hub.deployments.findIndex(
        (one) => one.statuses[0] === undefined || one.statuses[0].state === 'in_progress',
      )
      const running = hub.deployments[at]
      if (running === undefined) return
      hub.id += 1
      const status = { id: hub.id, state: event.state, at: noon, description: '', url: null, by: null }
      hub.deployments[at] = { ...running, statuses: [status, ...running.statuses] }
      return
    }
    case 'pass':
      pass(hub, event.dies)
  }
}

/** One pass that may die; answers how many things it made. */
function pass(hub: Hub, dies: { readonly write: number; readonly after: boolean } | null): number {
  let line = see(hub)
  let writes = 0
  for (let round = 0; round < 100; round++) {
    const plan = planLine(line)
    let made = false
    for (const effect of plan) {
      if (!makes(effect)) continue
      if (dies !== null && writes === dies.write && !dies.after) return writes
      const id = happen(hub, effect)
      if (dies !== null && writes === dies.write) return writes
      writes += 1
      made = true
      line = foldLine(line, effect, { id, sha: null })
    }
    if (!made) return writes
  }
  throw new Error('the line never came to rest')
}

function see(hub: Hub): LineSnapshot {
  const merges = hub.checks.map((state, at) => merge(at + 1, state))
  return lineOf(merges, { tags: hub.tags, released: hub.released, deployments: hub.deployments })
}

function makes(effect: Effect): boolean {
  return effect.kind === 'create-tag' || effect.kind === 'publish-release' || effect.kind === 'create-deployment'
}

function happen(hub: Hub, effect: Effect): number {
  hub.id += 1
  if (effect.kind === 'create-tag') hub.tags = [{ name: effect.tag, sha: effect.sha }, ...hub.tags]
  if (effect.kind === 'publish-release') hub.released = [effect.tag, ...hub.released]
  if (effect.kind === 'create-deployment') {
    const { claim } = effect
    const made = {
      id: hub.id,
      environment: claim.environment,
      tag: claim.tag,
      sha: effect.sha,
      createdAt: noon,
      creator: null,
      claim,
      statuses: [],
      numbered: true,
    }
    hub.deployments = [made, ...hub.deployments]
  }
  return hub.id
}

function expectReleasedOnce(hub: Hub): void {
  const tags = hub.tags.toReversed()
  const at = tags.map((tag) => Number(tag.sha))
  expect(at).toEqual([...new Set(at)].toSorted((a, b) => a - b))
  const versions = tags.map((tag) => tag.name.slice(1))
  expect(versions).toEqual([...versions].toSorted(compareVersions))
  // The newest merge is green, so it has a version, and what came before it is carried by that or an earlier one.
  expect(tags.at(-1)?.sha).toBe(sha(hub.checks.length))
  expect(hub.released.toSorted()).toEqual(tags.map((tag) => tag.name).toSorted())
  const deployed = hub.deployments.map((one) => `${one.environment} ${one.tag} ${one.claim?.attempt}`)
  expect(deployed).toEqual([...new Set(deployed)])
  expect(hub.deployments.map((one) => one.tag).toReversed()).toEqual(tags.map((tag) => tag.name))
}
