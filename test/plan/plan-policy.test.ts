import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import type { Decided, Decision } from '../../src/model/decision.ts'
import type { Deployment, DeploymentState } from '../../src/model/deployment.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { found, unknown } from '../../src/model/lookup.ts'
import {
  analyst,
  begun,
  build,
  checksOf,
  configured,
  deployed,
  developer,
  lineOf,
  merge,
  noon,
  pullOf,
  released,
  reviewer,
  sha,
  versionIn,
  wishOf,
} from '../line-world.ts'
import { fateOf } from './fate.ts'
import { ordersOf } from './orders.ts'
import { settle } from './settle.ts'

const minute = 60_000
const both: LineSnapshot['members'] = new Map([['@acme/analysts', found([analyst.id, reviewer.id])]])

function stages(production: object, staging: object = {}) {
  return configured({
    environments: [
      { name: 'staging', type: 'staging', deploy: 'auto', ...staging },
      { name: 'production', type: 'production', promoters: ['@acme/analysts'], ...production },
    ],
  })
}

/** `ago`: when its status came (ms before noon). */
function staged(number: number, ago: number, state: DeploymentState = 'success'): Deployment {
  const one = deployed(number, versionIn('staging', number), state)
  return { ...one, statuses: one.statuses.map((status) => ({ ...status, at: noon - ago })) }
}

function asking(line: LineSnapshot, by: Account, body: string, id: number): LineSnapshot {
  const { wishes, comments } = wishOf(by, body, { id, commentId: 900 + id })
  return { ...line, wishes: [...line.wishes.filter(({ state }) => state === 'accepted'), ...wishes], comments }
}

function decided(what: Decided, by: Account | null = analyst): Decision {
  return { key: JSON.stringify(what), wish: null, by, at: noon - minute, what }
}

const one = { ...released(1), deployments: [staged(1, 60 * minute)] }

describe('sign-offs', () => {
  const line = lineOf([merge(1, 'success')], { ...one, ...stages({ 'sign-offs': 2 }), members: both })

  it('E7: the requester and one other deploy, by sign-off or by asking the same', () => {
    const waiting = fateOf(asking(line, analyst, '/waybill promote production', 1))
    expect(waiting).toMatchObject({ orders: [], decided: ['sign-off v0.1.0 production'], state: 'accepted' })
    expect(waiting.cause).toContain('2 promoters must agree')
    const signed = settle(asking(waiting.line, reviewer, '/waybill sign-off production', 2))
    expect(signed.made.find((effect) => effect.kind === 'create-deployment')).toMatchObject({
      approval: { by: { login: 'analyst' } },
    })
    expect(signed.line.wishes.map((wish) => wish.state)).toEqual(['done', 'done'])
    expect(fateOf(asking(waiting.line, reviewer, '/waybill promote production', 2)).orders).toEqual([
      'v0.1.0 to production',
    ])
  })

  it('E7: one person twice is one; an implementer and somebody else are none', () => {
    const waiting = fateOf(asking(line, analyst, '/waybill promote production', 1)).line
    expect(fateOf(asking(waiting, analyst, '/waybill sign-off production', 2)).orders).toEqual([])
    expect(fateOf(asking(waiting, analyst, '/waybill promote production', 2))).toMatchObject({
      orders: [],
      state: 'accepted',
    })
    expect(fateOf(asking(waiting, developer, '/waybill sign-off production', 2))).toMatchObject({
      orders: [],
      decided: [],
      reactions: ['-1'],
    })
  })

  it('E7: nobody signs off what was rejected there, or is there already', () => {
    const reject = {
      kind: 'reject',
      environment: 'production',
      version: 'v0.1.0',
      sha: sha(1),
      reason: 'errors',
    } as const
    const rejected = { ...line, decisions: [begun, decided(reject)] }
    expect(fateOf(asking(rejected, reviewer, '/waybill sign-off production', 1))).toMatchObject({
      decided: [],
      state: 'denied',
    })
    const there = deployed(9, versionIn('production', 1), 'success')
    const live = { ...line, deployments: [there, ...line.deployments] }
    expect(fateOf(asking(live, reviewer, '/waybill sign-off production', 1))).toMatchObject({
      decided: [],
      state: 'done',
    })
  })

  it("E8: a sign-off counts by today's rules: who is no promoter any more does not", () => {
    const signed = {
      ...line,
      decisions: [
        begun,
        decided({ kind: 'sign-off', environment: 'production', version: 'v0.1.0', sha: sha(1), reason: '' }, reviewer),
      ],
    }
    expect(fateOf(asking(signed, analyst, '/waybill promote production', 1)).orders).toEqual(['v0.1.0 to production'])
    const left = { ...signed, members: new Map([['@acme/analysts', found([analyst.id])]]) }
    expect(fateOf(asking(left, analyst, '/waybill promote production', 1))).toMatchObject({
      orders: [],
      state: 'accepted',
    })
    const away = { ...signed, members: new Map([['@acme/analysts', unknown('GitHub answered 502')]]) }
    expect(fateOf(asking(away, analyst, '/waybill promote production', 1)).orders).toEqual([])
  })
})

describe('what the gate did not judge', () => {
  const bypassed = merge(1, 'success', { pull: pullOf(1, { gate: 'failure' }) })
  const pushed = merge(2, 'success', { pull: null })
  const world = { ...released(1, 2), ...stages({}), deployments: [staged(2, minute), staged(1, 2 * minute)] }

  it('E29: is released and staged, and goes no further until somebody else accepts it', () => {
    expect(ordersOf(lineOf([bypassed], { ...released(1), ...stages({}) }))).toEqual(['v0.1.0 to staging'])
    for (const gate of ['neutral', null] as const) {
      const line = lineOf([merge(1, 'success', { pull: pullOf(1, { gate }) })], { ...one, ...stages({}) })
      expect(fateOf(asking(line, analyst, '/waybill promote production', 1))).toMatchObject({
        orders: [],
        state: 'denied',
      })
    }
    const line = lineOf([bypassed, merge(2, 'success')], world)
    const refused = fateOf(asking(line, analyst, '/waybill promote production v0.1.1', 1))
    expect(refused).toMatchObject({ orders: [], state: 'denied' })
    expect(refused.cause).toContain('`v0.1.0` carries what reached this branch without a passing gate: #1')
    const own = fateOf(asking(line, developer, '/waybill accept v0.1.0 it is fine', 2))
    expect(own).toMatchObject({ decided: [], reactions: ['-1'], state: 'denied' })
    const unread = { ...line, pushes: new Map([[analyst.id, unknown('GitHub answered 502')]]) }
    expect(fateOf(asking(unread, analyst, '/waybill accept v0.1.0 looked at it', 2))).toMatchObject({
      decided: [],
      state: 'accepted',
    })
    const accepted = fateOf(asking(line, analyst, '/waybill accept v0.1.0 looked at it', 2))
    expect(accepted).toMatchObject({
      decided: ['accept v0.1.0 staging', 'accept v0.1.0 production'],
      reactions: ['rocket'],
      state: 'done',
    })
    expect(fateOf(asking(accepted.line, analyst, '/waybill promote production v0.1.1', 3)).orders).toEqual([
      'v0.1.1 to production',
    ])
  })

  it('E29: a direct push is named; policy does not let it through either', () => {
    const auto = stages({ deploy: 'auto' })
    const line = lineOf([merge(1, 'success'), pushed], {
      ...world,
      ...auto,
      deployments: [
        deployed(9, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'success'),
        ...world.deployments,
      ],
    })
    expect(ordersOf(line)).toEqual([])
    const accepted = fateOf(asking(line, analyst, '/waybill accept v0.1.1 looked', 2))
    expect(accepted.orders).toEqual(['v0.1.1 to production'])
  })

  it('E26: what reaches further back than the line was read goes on after accept; who wrote what was read does not promote it', () => {
    const old = {
      ...world,
      walk: 'limit',
      tags: world.tags,
      deployments: [staged(2, minute)],
      members: new Map([['@acme/analysts', found([analyst.id, developer.id])]]),
    } as const
    const line = lineOf([merge(1, 'success'), merge(2, 'success')], old)
    const refused = fateOf(asking(line, analyst, '/waybill promote production v0.1.1', 1))
    expect(refused).toMatchObject({ orders: [], state: 'denied' })
    expect(refused.cause).toContain('`/waybill accept v0.1.1 REASON`')
    const accepted = fateOf(asking(line, analyst, '/waybill accept v0.1.1 looked at it', 2)).line
    expect(fateOf(asking(accepted, developer, '/waybill promote production v0.1.1', 3)).orders).toEqual([])
    expect(fateOf(asking(accepted, analyst, '/waybill promote production v0.1.1', 3)).orders).toEqual([
      'v0.1.1 to production',
    ])
  })

  it('E30: an unknown author is promotable after accept, which names them', () => {
    const commits = [
      {
        sha: 'head1',
        headline: 'x',
        author: { kind: 'stranger', name: 'Who', email: 'who@example.com' },
        committer: null,
        coAuthors: [],
        parents: [],
      },
    ] as const
    const line = lineOf([merge(1, 'success', { pull: pullOf(1, { commits }) })], { ...one, ...stages({}) })
    const refused = fateOf(asking(line, analyst, '/waybill promote production', 1))
    expect(refused).toMatchObject({ orders: [], state: 'denied' })
    expect(refused.cause).toContain('who@example.com')
    const accepted = fateOf(asking(line, analyst, '/waybill accept v0.1.0 it was Who from the agency', 2))
    expect(fateOf(asking(accepted.line, analyst, '/waybill promote production', 3)).orders).toEqual([
      'v0.1.0 to production',
    ])
  })
})

const frozen = { freeze: [{ from: '2026-01-01', to: '2026-01-02', timezone: 'UTC', reason: 'holidays' }] }

describe('freeze and emergency', () => {
  it("E11: an active freeze ends a person's wish with the next opening; policy waits for it", () => {
    const line = lineOf([merge(1, 'success')], { ...one, ...stages(frozen) })
    const refused = fateOf(asking(line, analyst, '/waybill promote production', 1))
    expect(refused).toMatchObject({ orders: [], state: 'denied' })
    expect(refused.cause).toContain('It opens at 2026-01-03 00:00 UTC')
    const auto = { ...line, ...stages({ ...frozen, deploy: 'auto' }) }
    const { made, said } = settle(auto)
    expect(made).toEqual([])
    expect(said).toContainEqual({ kind: 'look', ref: auto.ref, at: Date.UTC(2026, 0, 3) })
    expect(ordersOf({ ...auto, now: Date.UTC(2026, 0, 3) })).toEqual(['v0.1.0 to production'])
  })

  it('E31: an emergency person passes freeze and soak, on the record; never the order, nor their own work', () => {
    const emergency = { ...frozen, soak: '1d', emergency: ['analyst', 'developer'] }
    const line = lineOf([merge(1, 'success')], { ...one, ...stages(emergency) })
    const body = '/waybill promote production --emergency the site is down'
    const { made, said } = settle(asking(line, analyst, body, 1))
    expect(made).toMatchObject([
      { kind: 'create-deployment', description: 'v0.1.0: promoted by analyst in an emergency: the site is down' },
    ])
    expect(said.at(-1)).toBeDefined()
    expect(fateOf(asking(line, developer, body, 1))).toMatchObject({ orders: [], state: 'denied' })
    expect(fateOf(asking(line, reviewer, body, 1))).toMatchObject({ orders: [], state: 'denied' })
    const unstaged = { ...line, deployments: [], released: ['v0.1.0'] }
    expect(
      fateOf(asking({ ...unstaged, deployments: [staged(1, minute, 'failure')] }, analyst, body, 1)),
    ).toMatchObject({ orders: [], state: 'denied' })
  })
})

describe('soak', () => {
  const soak = stages({ soak: '30m' })

  it('E9: waits at 29:59 and says until when; deploys at 30:00', () => {
    const line = lineOf([merge(1, 'success')], {
      ...released(1),
      ...soak,
      deployments: [staged(1, 30 * minute - 1000)],
    })
    const waiting = fateOf(asking(line, analyst, '/waybill promote production', 1))
    expect(waiting).toMatchObject({ orders: [], state: 'accepted' })
    expect(waiting.cause).toContain('until 2026-01-02 00:00 UTC')
    expect(settle(waiting.line).said).toContainEqual({ kind: 'look', ref: line.ref, at: noon + 1000 })
    expect(fateOf({ ...waiting.line, now: noon + 1000 })).toMatchObject({
      orders: ['v0.1.0 to production'],
      state: 'done',
    })
  })

  it('E10: a stay that was broken starts again; one that was completed counts for good', () => {
    const again = { ...staged(1, 10 * minute), id: 30 }
    const broken = [again, staged(2, 20 * minute), staged(1, 40 * minute)]
    const line = lineOf([merge(1, 'success'), merge(2, 'success')], { ...released(1, 2), ...soak, deployments: broken })
    expect(fateOf(asking(line, analyst, '/waybill promote production v0.1.0', 1))).toMatchObject({
      orders: [],
      state: 'accepted',
    })
    const completed = { ...line, deployments: [staged(2, 20 * minute), staged(1, 50 * minute)] }
    expect(fateOf(asking(completed, analyst, '/waybill promote production v0.1.0', 1)).orders).toEqual([
      'v0.1.0 to production',
    ])
  })

  it('E4: an older version that never soaked is refused when staging has gone on', () => {
    const line = lineOf([merge(1, 'success'), merge(2, 'success')], {
      ...released(1, 2),
      ...soak,
      deployments: [staged(2, 20 * minute), staged(1, 40 * minute)],
    })
    const fate = fateOf(asking(line, analyst, '/waybill promote production v0.1.0', 1))
    expect(fate).toMatchObject({ orders: [], state: 'denied' })
    expect(fate.cause).toContain('before another version took its place')
  })

  it('E32: with queue every a soaking version is not replaced until it soaked or failed', () => {
    const line = lineOf([merge(1, 'success'), merge(2, 'success')], {
      ...released(1, 2),
      ...soak,
      deployments: [staged(1, 20 * minute)],
    })
    expect(ordersOf(line)).toEqual([])
    expect(ordersOf({ ...line, now: noon + 10 * minute })).toEqual(['v0.1.1 to staging'])
    expect(ordersOf({ ...line, deployments: [staged(1, 20 * minute, 'failure')] })).toEqual(['v0.1.1 to staging'])
  })

  it('E13, E32: with queue newest waiting versions are passed over for the newest', () => {
    const newest = stages({ soak: '30m' }, { queue: 'newest' })
    const line = lineOf(
      [1, 2, 3].map((number) => merge(number, 'success')),
      { ...released(1, 2, 3), ...newest, deployments: [staged(1, 5 * minute)] },
    )
    expect(ordersOf(line)).toEqual(['v0.1.2 to staging'])
  })
})

describe('checks of an environment', () => {
  it('E33: waits while they are not reported, goes on when green, is refused when red', () => {
    const world = { ...one, ...stages({ checks: ['e2e-staging'] }) }
    const asked = (line: LineSnapshot) => fateOf(asking(line, analyst, '/waybill promote production', 1))
    expect(asked(lineOf([merge(1, 'success')], world))).toMatchObject({ orders: [], state: 'accepted' })
    const reported = (state: 'success' | 'failure') => {
      return merge(1, 'success', { checks: checksOf(build('success'), { ...build(state, 'e2e-staging'), id: 2 }) })
    }
    expect(asked(lineOf([reported('success')], world)).orders).toEqual(['v0.1.0 to production'])
    expect(asked(lineOf([reported('failure')], world))).toMatchObject({ orders: [], state: 'denied' })
  })
})
