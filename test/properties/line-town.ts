import fc from 'fast-check'
import type { Account } from '../../src/model/account.ts'
import type { DeploymentState } from '../../src/model/deployment.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { found } from '../../src/model/lookup.ts'
import type { Wish } from '../../src/model/wish.ts'
import { analyst, configured, developer, lineOf, merge, pullOf, reviewer, sha, wishOf } from '../line-world.ts'

/** What happens on a line, for properties: merges, statuses, commands, time, and passes. */
export const people: readonly Account[] = [developer, reviewer, analyst]
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
export const happening = fc.oneof(
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
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

/** Everything in it happened, whether or not a pass lived to hear of it. */
export type LineTown = {
  line: LineSnapshot
  id: number
  merges: number
  writers: number[]
}

/** Every story begins with a version in production and the next one in staging. */
export const beginning: readonly Happening[] = [
  { kind: 'merge', writer: 0, judged: true },
  { kind: 'status', at: 0, state: 'success' },
  { kind: 'ask', by: 2, pull: 1, command: 'promote production' },
  { kind: 'status', at: 0, state: 'success' },
  { kind: 'merge', writer: 0, judged: true },
  { kind: 'status', at: 0, state: 'success' },
  { kind: 'ask', by: 2, pull: 2, command: 'promote production' },
  { kind: 'status', at: 0, state: 'success' },
]

const townConfig = configured({
  environments: [
    { name: 'staging', type: 'staging', deploy: 'auto', promoters: ['analyst', 'reviewer'] },
    { name: 'production', type: 'production', promoters: ['analyst', 'reviewer'] },
  ],
})

export const pushes = new Map(people.map(({ id }) => [id, found([])]))

/** A line on which nothing happened yet. */
export function emptyTown(): LineTown {
  return { line: lineOf([], { ...townConfig, pushes }), id: 0, merges: 0, writers: [] }
}

/** Everything but a pass: that is the test's own. */
export function happen(town: LineTown, event: Happening): void {
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
      return
  }
}

/** A wish with its end is read no more. */
export function openWishes({ wishes }: LineSnapshot): readonly Wish[] {
  return wishes.filter(({ state }) => state === 'asked' || state === 'accepted')
}
