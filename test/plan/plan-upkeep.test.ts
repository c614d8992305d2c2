import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import type { AuditEntry } from '../../src/model/audit-entry.ts'
import type { Deployment, DeploymentStatus } from '../../src/model/deployment.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { found, unknown } from '../../src/model/lookup.ts'
import {
  analyst,
  begun,
  configured,
  deployed,
  developer,
  lineOf,
  merge,
  noon,
  released,
  sha,
  versionIn,
  wishOf,
} from '../line-world.ts'
import { fateOf } from './fate.ts'
import { ordersOf } from './orders.ts'
import { settle } from './settle.ts'

const minute = 60_000
const deployer: Account = { id: 70, login: 'deployer', kind: 'bot' }
const two = released(1, 2)
const merges = [merge(1, 'success'), merge(2, 'success')]

function status(
  state: DeploymentStatus['state'],
  ago: number,
  by: DeploymentStatus['by'] = deployer,
): DeploymentStatus {
  return { id: 1_000_000 - ago, state, at: noon - ago * minute, description: '', url: null, by }
}

/** `statuses` newest first. */
function to(
  environment: string,
  number: number,
  statuses: readonly DeploymentStatus[],
  change: Partial<Deployment> = {},
) {
  const id = environment === 'staging' ? number : 10 + number
  const made = deployed(id, versionIn(environment, number), null)
  return { ...made, createdAt: noon - 90 * minute + number, statuses, ...change }
}

function statusesSet(line: LineSnapshot): readonly string[] {
  return settle(line).made.flatMap((effect) => {
    return effect.kind === 'set-status' ? [`${effect.deployment} ${effect.state} ${effect.description}`] : []
  })
}

function observed(line: LineSnapshot): readonly AuditEntry[] {
  return settle(line).said.flatMap((effect) => {
    return effect.kind === 'audit' && effect.entry.action === 'observe' ? [effect.entry] : []
  })
}

function reporters(names: string | readonly string[], change: object = {}) {
  return configured({
    environments: [
      { name: 'staging', type: 'staging', deploy: 'auto', reporters: names, ...change },
      { name: 'production', type: 'production', promoters: ['@acme/analysts'] },
    ],
  })
}

describe('a deployment that says nothing', () => {
  it('E16: becomes an error after the timeout since its last word, and the next version goes on', () => {
    const line = lineOf(merges, { ...two, deployments: [to('staging', 1, [status('in_progress', 59)])] })
    expect(statusesSet(line)).toEqual([])
    expect(settle(line).said).toContainEqual({ kind: 'look', ref: line.ref, at: noon + minute })
    const late = { ...line, now: noon + minute }
    expect(statusesSet(late)).toEqual(['1 error nothing was reported for 60m'])
    expect(ordersOf(late)).toEqual(['v0.1.1 to staging'])
    expect(statusesSet(lineOf(merges, { ...two, deployments: [to('staging', 1, [])] }))).toHaveLength(1)
  })

  it('E16a: its late success counts while nothing newer is there, and is only shown and written down else', () => {
    const late = [status('success', 5), status('error', 20, 'waybill'), status('in_progress', 80)]
    const alone = lineOf(merges.slice(0, 1), {
      tags: two.tags.slice(0, 1),
      released: ['v0.1.0'],
      deployments: [to('staging', 1, late)],
    })
    const asked = wishOf(analyst, '/waybill promote production v0.1.0')
    expect(fateOf({ ...alone, ...asked }).orders).toEqual(['v0.1.0 to production'])
    const newer = to('staging', 2, [status('failure', 3)], { createdAt: noon - 10 * minute })
    const both = lineOf(merges, { ...two, deployments: [newer, to('staging', 1, late)] })
    expect(fateOf({ ...both, ...asked })).toMatchObject({ orders: [], state: 'denied' })
    expect(observed(both)).toMatchObject([{ subject: 'deployment 1', reason: 'a success after it was given up' }])
  })

  it('of others holds an environment only while it is the newest there', () => {
    const theirs = to('staging', 1, [status('in_progress', 30)], { claim: null })
    expect(ordersOf(lineOf(merges, { ...two, deployments: [theirs] }))).toEqual([])
    const after = to('staging', 1, [status('success', 10)], { id: 5, createdAt: noon - 15 * minute })
    expect(ordersOf(lineOf(merges, { ...two, deployments: [after, theirs] }))).toEqual(['v0.1.1 to staging'])
  })
})

describe('what a newer version replaced', () => {
  it('is made inactive where nobody else did; what others deployed is left alone', () => {
    const production = [
      to('production', 2, [status('success', 5)]),
      to('production', 1, [status('success', 50)]),
      to('production', 1, [status('success', 60)], { id: 8, claim: null }),
      to('production', 1, [status('inactive', 70), status('success', 80)], { id: 9 }),
    ]
    const staging = [
      to('staging', 2, [status('success', 70)]),
      to('staging', 1, [status('inactive', 70), status('success', 80)]),
    ]
    expect(statusesSet(lineOf(merges, { ...two, deployments: [...production, ...staging] }))).toEqual([
      '11 inactive replaced by v0.1.1',
    ])
  })
})

describe('who may report', () => {
  const forged = to('staging', 1, [status('success', 5, developer), status('in_progress', 10)])
  const asked = wishOf(analyst, '/waybill promote production v0.1.0')
  const one = { tags: two.tags.slice(0, 1), released: ['v0.1.0'], deployments: [forged] }

  it.each([
    ['everybody who may write', 'write-access', ['v0.1.0 to production']],
    ['an App by its name', ['deployer'], []],
    ['a user by name', ['Developer', 'deployer'], ['v0.1.0 to production']],
    ['nobody', 'nobody', []],
  ])('X44: %s', (_name, names, orders) => {
    const line = lineOf(merges.slice(0, 1), { ...one, ...reporters(names), ...asked })
    expect(fateOf(line).orders).toEqual(orders)
  })

  it('X44: a team; a success that does not count is written down, one that could not be checked waits', () => {
    const world = { ...one, ...reporters(['@acme/release', 'deployer']), ...asked }
    const reporting = (ids: readonly number[]) => new Map([['@acme/release', found(ids)]])
    expect(fateOf(lineOf(merges.slice(0, 1), { ...world, reporting: reporting([developer.id]) })).orders).toHaveLength(
      1,
    )
    const outside = lineOf(merges.slice(0, 1), { ...world, reporting: reporting([]) })
    expect(fateOf(outside)).toMatchObject({ orders: [], state: 'accepted' })
    expect(observed(outside)).toMatchObject([
      { actor: { login: 'developer' }, reason: 'reported by somebody who may not' },
    ])
    const away = lineOf(merges.slice(0, 1), { ...world, reporting: new Map([['@acme/release', unknown('502')]]) })
    expect(fateOf(away).orders).toEqual([])
    expect(observed(away)).toEqual([])
  })

  it('X44, E14: a success for another commit proves nothing, and is not tried again by itself', () => {
    const other = { ...to('staging', 1, [status('error', 5, 'waybill')]), sha: sha(77) }
    const line = lineOf(merges.slice(0, 1), { ...one, deployments: [other] })
    expect(ordersOf(line)).toEqual([])
    const lied = { ...other, statuses: [status('success', 4), ...other.statuses] }
    expect(fateOf({ ...line, deployments: [lied], ...asked })).toMatchObject({ orders: [], state: 'denied' })
  })
})

describe('deployments of others', () => {
  it('E22: count as live, are written down with what they break, and prove the next step only with the right commit', () => {
    const theirs = to('production', 1, [status('success', 5)], { claim: null, tag: null, creator: developer })
    const line = lineOf(merges, {
      ...two,
      decisions: [{ ...begun, at: noon - 100 * minute }],
      deployments: [theirs, to('staging', 2, [status('success', 70)]), to('staging', 1, [status('failure', 80)])],
    })
    expect(observed(line)).toMatchObject([
      {
        key: `foreign:${theirs.id}`,
        actor: { login: 'developer' },
        environment: 'production',
        evidence: ['breaks implementer, not-staged'],
      },
    ])
    expect(observed({ ...line, decisions: [{ ...begun, at: noon }] })).toEqual([])
    const live = { ...line, ...wishOf(analyst, '/waybill promote production v0.1.0') }
    expect(fateOf(live).answers[0]).toContain('is live in `production` already')
    const staged = to('staging', 1, [status('success', 5)], {
      claim: null,
      tag: null,
      id: 40,
      createdAt: noon - minute,
    })
    const proven = lineOf(merges, {
      ...two,
      deployments: [staged],
      ...wishOf(analyst, '/waybill promote production v0.1.0'),
    })
    expect(fateOf(proven).orders).toContain('v0.1.0 to production')
    expect(fateOf({ ...proven, deployments: [{ ...staged, sha: sha(77) }] }).orders).not.toContain(
      'v0.1.0 to production',
    )
  })
})

describe('an empty database', () => {
  it('E34: beside deployments of Waybill every environment is held until unhold; beside none it just begins', () => {
    const line = lineOf(merges, { ...two, decisions: [], deployments: [to('staging', 1, [status('success', 5)])] })
    const { made, line: after } = settle(line)
    expect(made.map((effect) => (effect.kind === 'decide' ? effect.decision.what : effect.kind))).toMatchObject([
      { kind: 'hold', environment: 'staging', why: 'memory-lost' },
      { kind: 'hold', environment: 'production', why: 'memory-lost' },
      { kind: 'begin' },
    ])
    const refused = fateOf({ ...after, ...wishOf(analyst, '/waybill promote production v0.1.0') })
    expect(refused).toMatchObject({ orders: [], state: 'accepted' })
    expect(refused.cause).toContain("Waybill's database was empty")
    expect(fateOf({ ...after, ...wishOf(analyst, '/waybill unhold staging') }).orders).toEqual(['v0.1.1 to staging'])
    expect(ordersOf(lineOf(merges, { ...two, decisions: [] }))).toEqual(['v0.1.0 to staging'])
  })

  it('E34: beside releases of Waybill that were never deployed, too', () => {
    const line = lineOf(merges, { ...two, decisions: [], sealedBefore: true })
    const { made, line: after } = settle(line)
    expect(made.map((effect) => (effect.kind === 'decide' ? effect.decision.what : effect.kind))).toMatchObject([
      { kind: 'hold', environment: 'staging', why: 'memory-lost' },
      { kind: 'hold', environment: 'production', why: 'memory-lost' },
      { kind: 'begin' },
    ])
    expect(ordersOf(after)).toEqual([])
    expect(fateOf({ ...after, ...wishOf(analyst, '/waybill unhold staging') }).orders).toEqual(['v0.1.0 to staging'])
  })
})

describe('a released tag that somebody moved or deleted', () => {
  it('X45: freezes promotion, is written down, makes no second version, and goes on when it is put back', () => {
    const made = { ...two, madeTags: two.tags, deployments: [to('staging', 1, [status('success', 5)])] }
    for (const tags of [[two.tags[1]], [{ name: 'v0.1.0', sha: sha(2) }, two.tags[1]]]) {
      const there = tags.flatMap((tag) => tag ?? [])
      const line = lineOf(merges, { ...made, tags: there })
      expect(ordersOf(line)).toEqual([])
      expect(settle(line).made).toEqual([])
      const waits = fateOf({ ...line, ...wishOf(analyst, '/waybill promote production v0.1.0') })
      expect(waits).toMatchObject({ orders: [], state: 'accepted' })
      expect(waits.cause).toContain('git push --force origin')
      expect(observed(line)).toMatchObject([{ version: 'v0.1.0', sha: sha(1) }])
      expect(fateOf({ ...waits.line, tags: two.tags }).orders).toContain('v0.1.0 to production')
    }
  })
})
