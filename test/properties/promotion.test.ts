import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import { type DeploymentState, hasSucceeded } from '../../src/model/deployment.ts'
import { type Effect, makes } from '../../src/model/effect.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { found } from '../../src/model/lookup.ts'
import type { Wish } from '../../src/model/wish.ts'
import { foldLine } from '../../src/plan/fold-line.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { analyst, configured, developer, lineOf, merge, pullOf, reviewer, sha, wishOf } from '../line-world.ts'

const people: readonly Account[] = [developer, reviewer, analyst]
const commands = [
  'promote production',
  'promote production',
  'promote production',
  'promote production v0.1.1',
  'promote production v0.1.2',
  'sign-off production',
  'rollback production bad',
  'rollback staging bad',
  'retry production',
  'retry staging',
  'hold production wait',
  'unhold production',
  'unhold staging',
  'accept v0.1.0 seen',
  'accept v0.1.2 seen',
]

/** What may happen between two passes. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('merge' as const),
    writer: fc.constantFrom(0, 0, 1, 2),
    judged: fc.constantFrom(true, true, true, false),
  }),
  fc.record({
    kind: fc.constant('status' as const),
    at: fc.nat(1),
    state: fc.constantFrom<DeploymentState>(
      'in_progress',
      'success',
      'success',
      'success',
      'success',
      'failure',
      'error',
    ),
  }),
  fc.record({
    kind: fc.constant('ask' as const),
    by: fc.constantFrom(2, 2, 1, 0),
    pull: fc.integer({ min: 1, max: 6 }),
    command: fc.constantFrom(...commands),
  }),
  fc.record({ kind: fc.constant('pass' as const), dies: fc.option(fc.nat(6)) }),
  fc.record({ kind: fc.constant('while' as const) }),
)
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

/** The world of one line; everything in it happened, whether or not a pass lived to hear of it. */
type Town = {
  line: LineSnapshot
  id: number
  merges: number
  writers: number[]
  deployed: (Effect & { kind: 'create-deployment' })[]
}

/** Every story begins with a version in production and the next one in staging. */
const beginning: readonly Happening[] = [
  { kind: 'merge', writer: 0, judged: true },
  { kind: 'status', at: 0, state: 'success' },
  { kind: 'ask', by: 2, pull: 1, command: 'promote production' },
  { kind: 'status', at: 0, state: 'success' },
  { kind: 'merge', writer: 0, judged: true },
  { kind: 'status', at: 0, state: 'success' },
  { kind: 'ask', by: 2, pull: 2, command: 'promote production' },
  { kind: 'status', at: 0, state: 'success' },
]

const config = configured({
  environments: [
    { name: 'staging', type: 'staging', deploy: 'auto', promoters: ['analyst', 'reviewer'] },
    { name: 'production', type: 'production', promoters: ['analyst', 'reviewer'] },
  ],
})

const pushes = new Map(people.map(({ id }) => [id, found([])]))

describe('whatever people ask for, and wherever a pass dies', () => {
  it('production gets only what staging took, from nobody who wrote it, and nothing rejected returns', () => {
    let promoted = 0
    let returned = 0
    fc.assert(
      fc.property(fc.array(happening, { minLength: 10, maxLength: 30 }), (story) => {
        const town: Town = { line: lineOf([], { ...config, pushes }), id: 0, merges: 0, writers: [], deployed: [] }
        for (const event of [...beginning, ...story]) {
          happen(town, event)
          if (event.kind !== 'pass') pass(town, null)
        }
        promoted += town.deployed.filter(({ claim }) => claim.environment === 'production').length
        returned += town.deployed.filter(({ claim }) => claim.as === 'rollback').length
        pass(town, null)
        // A second pass over an unchanged world makes nothing.
        const before = town.deployed.length
        expect(pass(town, null)).toBe(0)
        expect(town.deployed).toHaveLength(before)
        const names = town.deployed.map(({ claim }) => `${claim.environment} ${claim.tag} ${claim.attempt}`)
        expect(names).toEqual([...new Set(names)])
      }),
      { numRuns: 60 },
    )
    // The stories are worth telling: things do get there, and come back.
    expect(promoted).toBeGreaterThan(120)
    expect(returned).toBeGreaterThan(5)
  })
})

function happen(town: Town, event: Happening): void {
  switch (event.kind) {
    case 'merge': {
      if (town.merges >= 6) return
      town.merges += 1
      town.writers.push(event.writer)
      const author = people[event.writer] ?? developer
      const commits = [
        {
          sha: `head${town.merges}`,
          headline: 'x',
          author: { kind: 'account', account: author },
          committer: null,
          coAuthors: [],
          parents: [],
        },
      ] as const
      const pull = pullOf(town.merges, { author, commits, gate: event.judged ? 'success' : 'failure' })
      town.line = {
        ...town.line,
        commits: [merge(town.merges, 'success', { pull }), ...town.line.commits],
        headSha: sha(town.merges),
      }
      return
    }
    case 'status': {
      const deployment = town.line.deployments[event.at]
      if (deployment === undefined) return
      town.id += 1
      const status = { id: town.id, state: event.state, at: town.line.now, description: '', url: null, by: null }
      const statuses = [status, ...deployment.statuses]
      town.line = {
        ...town.line,
        deployments: town.line.deployments.map((one) => (one === deployment ? { ...one, statuses } : one)),
      }
      return
    }
    case 'ask': {
      town.id += 1
      const by = people[event.by] ?? developer
      const change: Partial<Wish> = {
        id: town.id,
        commentId: town.id,
        pull: event.pull,
        writtenAt: town.line.now,
        heardAt: town.line.now,
      }
      const { wishes, comments } = wishOf(by, `/waybill ${event.command}`, change)
      town.line = {
        ...town.line,
        wishes: [...town.line.wishes, ...wishes],
        comments: new Map([...town.line.comments, ...comments]),
      }
      return
    }
    case 'while':
      town.line = { ...town.line, now: town.line.now + 600_000 }
      return
    case 'pass':
      pass(town, event.dies)
  }
}

/** One pass that may die before its nth effect; answers how many deployments it made. */
function pass(town: Town, dies: number | null): number {
  let made = 0
  let effects = 0
  for (let round = 0; round < 200; round++) {
    const plan = planLine({ ...town.line, wishes: open(town.line) })
    for (const effect of plan) {
      if (dies !== null && effects === dies) return made
      effects += 1
      town.id += 1
      if (effect.kind === 'create-deployment') {
        expectAllowed(town, effect)
        town.deployed.push(effect)
        made += 1
      }
      town.line = foldLine(town.line, effect, { id: town.id, sha: null })
    }
    if (!plan.some(makes)) return made
  }
  throw new Error('the line never came to rest')
}

function open({ wishes }: LineSnapshot): readonly Wish[] {
  return wishes.filter(({ state }) => state === 'asked' || state === 'accepted')
}

/** The rules of the road, told once more and in another way than the code tells them. */
function expectAllowed({ line, writers }: Town, effect: Effect & { kind: 'create-deployment' }): void {
  const { claim, sha: commit } = effect
  const there = line.deployments.filter((one) => one.environment === claim.environment)
  const unfinished = there.filter(
    ({ statuses }) => !['success', 'failure', 'error', 'inactive'].includes(statuses[0]?.state ?? ''),
  )
  expect(unfinished).toEqual([])
  const order = ['staging', 'production']
  const rejected = line.decisions.some(({ what }) => {
    return (
      what.kind === 'reject' &&
      what.sha === commit &&
      order.indexOf(what.environment) <= order.indexOf(claim.environment)
    )
  })
  expect(rejected).toBe(false)
  if (claim.as === 'rollback') expect(there.some((one) => one.sha === commit && hasSucceeded(one))).toBe(true)
  if (claim.as === 'rollback') return
  if (claim.environment !== 'production') return
  expect(line.deployments.some((one) => one.environment === 'staging' && one.sha === commit && hasSucceeded(one))).toBe(
    true,
  )
  // Whoever promoted it wrote none of what it brings: all after what is live.
  const live = there.find(hasSucceeded)
  const from = live === undefined ? 0 : Number(live.sha)
  const brought = writers.slice(from, Number(commit)).map((at) => people[at]?.id)
  expect(brought).not.toContain(claim.by?.id)
  expect(claim.by).not.toBeNull()
}
