import { describe, expect, test } from 'vitest'
import type { Deployment } from '../../src/model/deployment.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { analyst, configured, deployed, lineOf, merge, noon, sha } from '../line-world.ts'
import { settle } from './settle.ts'

const jira = {
  transitions: { merged: 'To Do', staging: 'In Test', production: 'Done', 'rolled-back': 'In Progress' },
  'fix-version': true,
}
const versions = [1, 2]
const live = (id: number, number: number, environment: string, change: Partial<Deployment> = {}): Deployment => {
  return { ...deployed(id, { environment, tag: `v0.1.${number - 1}`, number }, 'success'), ...change }
}
const settledEarlier = { numbered: false }

/** Two versions, both in staging; what more there is comes first, as GitHub lists it. */
function line(deployments: readonly Deployment[], change: Partial<LineSnapshot> = {}): LineSnapshot {
  const staged = [live(22, 2, 'staging', settledEarlier), live(21, 1, 'staging', settledEarlier)]
  return lineOf(
    versions.map((number) => merge(number, 'success')),
    {
      ...configured({ jira }),
      tags: versions.map((number) => ({ name: `v0.1.${number - 1}`, sha: sha(number) })),
      released: versions.map((number) => `v0.1.${number - 1}`),
      deployments: [...deployments, ...staged],
      ...change,
    },
  )
}

const acts = (snapshot: LineSnapshot) =>
  settle(snapshot).said.flatMap((effect) => (effect.kind === 'act-on-issue' ? [effect] : []))
/** The living comment on the issue of a change. */
const living = (snapshot: LineSnapshot, number: number) =>
  JSON.stringify(acts(snapshot).find(({ key }) => key === `comment:100:${number}:SHOP-${number}`))

const rollback = (tag: string) => {
  const as = 'rollback' as const
  return { claim: { environment: 'production', tag, attempt: 2, wish: 9, by: analyst, as, retries: null } }
}
const rejected = (number: number): Partial<LineSnapshot> => {
  const by = { id: analyst.id, login: analyst.login }
  const of = { environment: 'production', version: `v0.1.${number - 1}`, sha: sha(number), reason: 'no sales' }
  return { decisions: [{ key: 'reject', wish: 9, by, at: noon, what: { kind: 'reject', ...of } }] }
}
const keys = (snapshot: LineSnapshot, kind: string) =>
  acts(snapshot)
    .map(({ key }) => key)
    .filter((key) => key.startsWith(kind))

describe('what issues get of a line', () => {
  test('a change in production moves its issue, releases its version and is news to all it brings', () => {
    const snapshot = line([live(31, 2, 'production')])
    expect(keys(snapshot, 'move')).toEqual([
      'move:100:SHOP-2:merged:2',
      'move:100:SHOP-1:production:31',
      'move:100:SHOP-2:production:31',
    ])
    expect(keys(snapshot, 'release-version')).toEqual([
      'release-version:100:v0.1.0:SHOP',
      'release-version:100:v0.1.1:SHOP',
    ])
    expect(keys(snapshot, 'news')).toEqual(['news:100:31:1:SHOP-1', 'news:100:31:2:SHOP-2'])
    expect(keys(snapshot, 'add-version')).toEqual(['add-version:100:v0.1.1:SHOP-2'])
  })

  test('nothing is said of what has been told before, or of last week', () => {
    expect(keys(line([live(31, 2, 'production', settledEarlier)]), 'news')).toEqual([])
    expect(keys(line([live(31, 2, 'production')], { now: noon + 8 * 86_400_000 }), 'news')).toEqual([])
  })

  test('while a deployment is under way the living comment keeps still', () => {
    const under = { ...deployed(31, { environment: 'production', tag: 'v0.1.1', number: 2 }, 'in_progress') }
    expect(keys(line([under]), 'comment')).toEqual([])
    const both = line([live(31, 2, 'production')])
    expect(keys(both, 'comment')).toEqual(['comment:100:1:SHOP-1', 'comment:100:2:SHOP-2'])
    expect(living(both, 1)).toContain('has it with v0.1.1.')
    expect(living(both, 1)).toContain('"text":"production","color":"green"')
  })

  test('what came and went with a newer version is said so in its own living comment', () => {
    const snapshot = line(
      [live(34, 0, 'production', rollback('v0.0.9')), live(32, 2, 'production', settledEarlier)],
      rejected(2),
    )
    expect(keys(snapshot, 'comment')).toEqual(['comment:100:1:SHOP-1', 'comment:100:2:SHOP-2'])
    expect(living(snapshot, 1)).toContain('had it. Taken back by analyst: no sales.')
    expect(living(snapshot, 1)).not.toContain('has it with')
  })

  test('a rollback: the withdrawn deployment is rolled back, its issue moves and is told, the restored one is no news', () => {
    const withdrawn = live(32, 2, 'production', settledEarlier)
    const snapshot = line(
      [live(33, 1, 'production', rollback('v0.1.0')), withdrawn, live(31, 1, 'production', settledEarlier)],
      rejected(2),
    )
    expect(keys(snapshot, 'move').at(-1)).toBe('move:100:SHOP-2:rolled-back:33')
    expect(keys(snapshot, 'news')).toEqual(['news:100:33:2:SHOP-2'])
    const told = settle(snapshot).said.flatMap((effect) => {
      if (effect.kind !== 'report' || effect.report.body.kind !== 'deployment') return []
      const { number, state, description } = effect.report.body.deployment
      return [{ number, state, description, sequence: effect.report.sequence }]
    })
    expect(told).toMatchObject([
      { number: 33, state: 'successful' },
      {
        number: 32,
        state: 'rolled_back',
        // Greater than that of the restored one's success: it was made inactive afterwards.
        sequence: 5005,
        description: expect.stringContaining('Taken back by analyst: no sales.'),
      },
    ])
    const comment = acts(snapshot).find(({ key }) => key === 'comment:100:2:SHOP-2')
    expect(JSON.stringify(comment)).toContain('had it. Taken back by analyst: no sales.')
  })

  test('comment: false says nothing, and without its switch nothing moves', () => {
    const quiet = line([live(31, 2, 'production')], configured({ jira: { comment: false } }))
    expect(
      acts(quiet)
        .map(({ action }) => action.kind)
        .filter((kind) => kind !== 'link'),
    ).toEqual([])
  })
})
