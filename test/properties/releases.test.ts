import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckState, PostedCheck } from '../../src/model/check.ts'
import type { Effect } from '../../src/model/effect.ts'
import { historyOf } from '../../src/model/history.ts'
import type { LineSnapshot, Tag } from '../../src/model/line.ts'
import type { LineStanding } from '../../src/model/line-standing.ts'
import { compareVersions } from '../../src/model/version.ts'
import { foldLine } from '../../src/plan/fold-line.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { configured, lineOf, merge, noon, pullOf, sha } from '../line-world.ts'

const kinds = ['plain', 'minor', 'none', 'push'] as const
type Merge = { readonly kind: (typeof kinds)[number]; state: CheckState | null }

/** GitHub and our memory, as far as releases need them; what is in them happened, whatever became of the pass. */
type Hub = {
  readonly merges: Merge[]
  tags: Tag[]
  released: string[]
  readonly voids: Set<string>
  readonly posted: Map<string, PostedCheck[]>
  standing: LineStanding | null
  id: number
}

const happening = fc.oneof(
  fc.record({ kind: fc.constant('merge' as const), of: fc.constantFrom(...kinds) }),
  fc.record({
    kind: fc.constant('check' as const),
    at: fc.nat(9),
    state: fc.constantFrom<CheckState>('success', 'failure', 'in_progress', 'cancelled', 'timed_out'),
  }),
  fc.record({ kind: fc.constant('foreign' as const), minor: fc.nat(3), patch: fc.nat(4) }),
  fc.record({ kind: fc.constant('burn' as const), minor: fc.nat(3), patch: fc.nat(4) }),
  fc.record({ kind: fc.constant('pass' as const), writes: fc.nat(8) }),
)
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

describe('the releases of a line, whatever happens to it and wherever a pass dies', () => {
  it('follow the order of merges without gaps but declared ones, carry each change once, and come to rest', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (story) => {
        const hub: Hub = {
          merges: [],
          tags: [],
          released: [],
          voids: new Set(),
          posted: new Map(),
          standing: null,
          id: 600,
        }
        for (const event of story) live(hub, event)
        for (const one of hub.merges) if (one.state !== 'failure' && one.state !== 'timed_out') one.state = 'success'
        hub.merges.push({ kind: 'plain', state: 'success' })
        pass(hub, Number.POSITIVE_INFINITY)
        expectOrder(hub)
        expectCarried(hub)
        expect(pass(hub, Number.POSITIVE_INFINITY)).toBe(0)
      }),
      { numRuns: 250 },
    )
  })
})

function live(hub: Hub, event: Happening): void {
  switch (event.kind) {
    case 'merge':
      if (hub.merges.length < 10) hub.merges.push({ kind: event.of, state: null })
      return
    case 'check': {
      const one = hub.merges[event.at]
      if (one !== undefined) one.state = event.state
      return
    }
    case 'foreign': {
      const name = `v0.${event.minor}.${event.patch}`
      if (!hub.tags.some((tag) => tag.name === name)) hub.tags = [{ name, sha: 'aside' }, ...hub.tags]
      return
    }
    case 'burn': {
      const name = `v0.${event.minor}.${event.patch}`
      if (!hub.tags.some((tag) => tag.name === name)) hub.voids.add(name)
      return
    }
    case 'pass':
      pass(hub, event.writes)
  }
}

/** One pass that dies after so many writes; answers how many there were. */
function pass(hub: Hub, most: number): number {
  let line = see(hub)
  let writes = 0
  for (let round = 0; round < 60; round++) {
    const plan = planLine(line)
    for (const effect of plan) {
      const written = happen(hub, effect)
      if (written) writes += 1
      line = foldLine(line, effect, { id: hub.id, sha: null })
      if (writes >= most) return writes
    }
    if (!plan.some((effect) => effect.kind === 'create-tag' || effect.kind === 'publish-release')) return writes
  }
  throw new Error('the line never came to rest')
}

/** Whether it wrote anything at GitHub or kept anything new. */
function happen(hub: Hub, effect: Effect): boolean {
  hub.id += 1
  switch (effect.kind) {
    case 'create-tag':
      expect(hub.tags.map((tag) => tag.name)).not.toContain(effect.tag)
      hub.tags = [{ name: effect.tag, sha: effect.sha }, ...hub.tags]
      return true
    case 'publish-release':
      expect(hub.released).not.toContain(effect.tag)
      hub.released = [effect.tag, ...hub.released]
      return true
    case 'post-check': {
      const completed = effect.answer.status !== 'in_progress'
      const conclusion = effect.answer.status === 'in_progress' ? null : effect.answer.status
      const runId = effect.onto.kind === 'update' ? effect.onto.runId : hub.id
      const run = { name: effect.name, runId, completed, conclusion, startedAt: noon, fingerprint: effect.fingerprint }
      const before = (hub.posted.get(effect.sha) ?? []).filter((one) => one.runId !== runId)
      hub.posted.set(effect.sha, [run, ...before])
      return true
    }
    case 'keep-standing':
      hub.standing = effect.standing
      return true
    default:
      return false
  }
}

function see(hub: Hub): LineSnapshot {
  const merges = hub.merges.map(({ kind, state }, at) => {
    const number = at + 1
    const labels = kind === 'none' || kind === 'minor' ? [`semver:${kind}`] : []
    const pull = kind === 'push' ? null : pullOf(number, { labels })
    return merge(number, state, { pull, posted: hub.posted.get(sha(number)) ?? [] })
  })
  return lineOf(merges, {
    ...configured({ environments: [] }),
    tags: hub.tags,
    released: hub.released,
    voids: new Set(hub.voids),
    standing: hub.standing,
  })
}

/** Versions and merges rise together; a name that was passed over stands elsewhere, or was burned. */
function expectOrder(hub: Hub): void {
  const own = hub.tags.filter((tag) => tag.sha !== 'aside').toReversed()
  const at = own.map((tag) => Number(tag.sha))
  expect(at).toEqual([...new Set(at)].toSorted((a, b) => a - b))
  const versions = own.map((tag) => tag.name.slice(1))
  expect(versions).toEqual([...versions].toSorted(compareVersions))
  expect(hub.released.toReversed()).toEqual(own.map((tag) => tag.name))
  const taken = new Set([...hub.tags.filter((tag) => tag.sha === 'aside').map((tag) => tag.name), ...hub.voids])
  for (const [index, version] of versions.entries()) {
    const [, minor = 0, patch = 0] = version.split('.').map(Number)
    const [, minorBefore = 0, patchBefore = 0] = (versions[index - 1] ?? '0.1.-1').split('.').map(Number)
    const first = minor === minorBefore ? patchBefore + 1 : 0
    for (let skipped = first; skipped < patch; skipped++) expect(taken).toContain(`v0.${minor}.${skipped}`)
    expect(minor - minorBefore).toBeLessThanOrEqual(1)
  }
}

/** The newest merge is green, so everything is in a version, once; what asked for none, or came by a push, has none of its own. */
function expectCarried(hub: Hub): void {
  const { versions, unreleased } = historyOf(see(hub), 'v{version}')
  expect(unreleased).toEqual([])
  const carried = versions.flatMap((version) => version.changes.map((change) => Number(change.sha)))
  expect(carried).toEqual(hub.merges.map((_, at) => at + 1))
  for (const version of versions) {
    const own = hub.merges[Number(version.sha) - 1]
    expect(['plain', 'minor']).toContain(own?.kind)
    expect(hub.posted.get(version.sha)?.[0]?.conclusion).toBe('success')
  }
}
