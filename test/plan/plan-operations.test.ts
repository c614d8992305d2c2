import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import type { Deployment, DeploymentState } from '../../src/model/deployment.ts'
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
  repository,
  reviewer,
  sha,
  shopConfig,
  versionIn,
  wishOf,
} from '../line-world.ts'
import { fateOf } from './fate.ts'
import { settle } from './settle.ts'

const outsider: Account = { id: 99, login: 'outsider', kind: 'user' }
const numbers = [1, 2, 3, 4]
const four = released(...numbers)
const merges = numbers.map((number) => merge(number, 'success'))

function to(environment: string, number: number, state: DeploymentState | null, change: Partial<Deployment> = {}) {
  const id = environment === 'staging' ? number : 10 + number
  return { ...deployed(id, versionIn(environment, number), state), ...change }
}

/** Staging has all four; production as given, newest first. */
function lineWith(production: readonly Deployment[], change: Partial<LineSnapshot> = {}): LineSnapshot {
  const staging = numbers.toReversed().map((number) => to('staging', number, 'success'))
  return lineOf(merges, { ...four, deployments: [...production, ...staging], ...change })
}

const live = [to('production', 2, 'success'), to('production', 1, 'success')]
let next = 10
/** The same line after somebody asked for something more. */
function asking(line: LineSnapshot, by: Account, body: string): LineSnapshot {
  next += 1
  const { wishes, comments } = wishOf(by, body, { id: next, commentId: 900 + next })
  return { ...line, wishes: [...line.wishes.filter(({ state }) => state !== 'done'), ...wishes], comments }
}

describe('rollback', () => {
  it('E18: brings the last good version back, two versions on, past a rejected and a failed one', () => {
    const first = fateOf(
      asking(
        lineWith([to('production', 3, 'success'), to('production', 2, 'success'), to('production', 1, 'success')]),
        analyst,
        '/waybill rollback production errors',
      ),
    )
    expect(first).toMatchObject({
      orders: ['v0.1.1 to production'],
      decided: ['reject v0.1.2 production', 'hold production'],
      reactions: ['rocket'],
      state: 'done',
      answers: [
        '`v0.1.1` returns to `production`, as analyst asked. `v0.1.2` is rejected there and in every later environment. `production` is held until a newer version is promoted by hand.',
      ],
    })
    const failed = [
      to('production', 4, 'success'),
      to('production', 3, 'failure'),
      to('production', 2, 'success'),
      to('production', 1, 'success'),
    ]
    const decisions = [
      begun,
      {
        key: 'x',
        wish: null,
        by: null,
        at: noon,
        what: { kind: 'reject', environment: 'production', version: 'v0.1.1', sha: sha(2), reason: 'bad' },
      },
    ] as const
    const past = fateOf(asking(lineWith(failed, { decisions }), reviewer, '/waybill rollback production errors'))
    expect(past.orders).toEqual(['v0.1.0 to production'])
  })

  it('takes away what failed half way, and the version that is asked for if it was good there', () => {
    const half = [to('production', 3, 'failure'), ...live]
    expect(fateOf(asking(lineWith(half), analyst, '/waybill rollback production broke')).orders).toEqual([
      'v0.1.1 to production',
    ])
    const three = [to('production', 3, 'success'), ...live]
    expect(fateOf(asking(lineWith(three), analyst, '/waybill rollback production v0.1.0 broke')).orders).toEqual([
      'v0.1.0 to production',
    ])
    for (const [version, cause] of [
      ['0.1.2', '`0.1.2` is what would be taken away from `production`'],
      ['0.1.3', '`0.1.3` was never live in `production` before'],
      ['v0.1', '`v0.1` was never live in `production` before'],
    ]) {
      const named = fateOf(asking(lineWith(three), analyst, `/waybill rollback production ${version} broke`))
      expect(named).toMatchObject({ orders: [], decided: [], state: 'denied' })
      expect(named.cause).toContain(cause)
    }
  })

  it('E19: is refused where nothing was before', () => {
    for (const production of [[], [to('production', 1, 'success')]]) {
      const fate = fateOf(asking(lineWith(production), analyst, '/waybill rollback production errors'))
      expect(fate).toMatchObject({ orders: [], decided: [], reactions: ['-1'], state: 'denied' })
      expect(fate.answers[0]).toContain('No earlier version was live and good')
    }
  })

  it('E20: the rejected version never returns, and the environment waits for a newer one by hand', () => {
    const auto = configured({
      environments: [
        { name: 'staging', type: 'staging', deploy: 'auto' },
        { name: 'production', type: 'production', deploy: 'auto', promoters: ['@acme/analysts'] },
      ],
    })
    const after = fateOf(
      asking(lineWith([to('production', 3, 'success'), ...live], auto), analyst, '/waybill rollback production errors'),
    )
    expect(after.orders).toEqual(['v0.1.1 to production'])
    const done = { ...after.line, deployments: after.line.deployments.map((one) => finished(one)) }
    // v0.1.3 stands ready in staging: policy does not take it.
    expect(deployedBy(done)).toEqual([])
    const again = fateOf(asking(done, analyst, '/waybill promote production v0.1.2'))
    expect(again).toMatchObject({ orders: [], state: 'denied' })
    expect(again.answers[0]).toContain('was rejected in `production` by analyst: errors')
    const newer = fateOf(asking(done, analyst, '/waybill promote production v0.1.3'))
    expect(newer).toMatchObject({ orders: ['v0.1.3 to production'], decided: ['unhold production'], state: 'done' })
  })

  it('E21: passes a freeze and a hold; the reason is asked for and kept', () => {
    const frozen = configured({
      environments: [
        { name: 'staging', type: 'staging', deploy: 'auto' },
        {
          name: 'production',
          type: 'production',
          promoters: ['@acme/analysts'],
          freeze: [{ from: '2026-01-01', to: '2026-01-03', timezone: 'UTC', reason: 'holidays' }],
        },
      ],
    })
    const hold = { kind: 'hold', environment: 'production', why: 'asked', reason: 'x' } as const
    const decisions = [begun, { key: 'h', wish: null, by: null, at: noon, what: hold }]
    const line = asking(
      lineWith(live, { ...frozen, decisions }),
      developer,
      '/waybill rollback production site is down',
    )
    const { made } = settle(line)
    expect(made.some((effect) => effect.kind === 'create-deployment')).toBe(true)
    expect(fateOf(line).state).toBe('done')
    expect(fateOf(asking(lineWith(live, frozen), developer, '/waybill rollback production')).answers[0]).toContain(
      'That is not all `rollback` needs',
    )
  })

  it('X45: goes back to no tag that was moved, takes nothing away for it, and says where the tag belongs', () => {
    const moved = {
      madeTags: four.tags,
      tags: four.tags.map((tag) => (tag.name === 'v0.1.0' ? { ...tag, sha: 'evil' } : tag)),
    }
    const fate = fateOf(asking(lineWith(live, moved), analyst, '/waybill rollback production errors'))
    expect(fate).toMatchObject({ orders: [], decided: [], state: 'denied' })
    expect(fate.cause).toContain(`git push --force origin ${sha(1)}:refs/tags/v0.1.0`)
    const three = [to('production', 3, 'success'), ...live]
    const past = fateOf(asking(lineWith(three, moved), analyst, '/waybill rollback production errors'))
    expect(past.orders).toEqual(['v0.1.1 to production'])
  })

  it('X32: by nobody without write access; it waits for what runs; two at once make one', () => {
    expect(fateOf(asking(lineWith(live), outsider, '/waybill rollback production x'))).toMatchObject({
      orders: [],
      state: 'denied',
    })
    const running = [to('production', 3, 'in_progress'), ...live]
    const waiting = fateOf(asking(lineWith(running), analyst, '/waybill rollback production x'))
    expect(waiting).toMatchObject({ orders: [], state: 'accepted' })
    expect(waiting.cause).toContain('What `v0.1.2` leaves there, live or failed, is then taken away and rejected.')
    const twice = asking(
      asking(lineWith(live), analyst, '/waybill rollback production x'),
      reviewer,
      '/waybill rollback production y',
    )
    const comments = new Map(
      twice.wishes.map((wish) => [
        wish.commentId,
        found({
          commentId: wish.commentId,
          body: '/waybill rollback production x',
          authorId: wish.by.id,
          edited: false,
        }),
      ]),
    )
    expect(fateOf({ ...twice, comments }).orders).toEqual(['v0.1.0 to production'])
  })
})

describe('retry', () => {
  it('E17: deploys the same version once more, linked to the first, on the word of whoever promoted it', () => {
    const claim = {
      environment: 'production',
      tag: 'v0.1.2',
      attempt: 1,
      wish: 5,
      by: analyst,
      as: 'promotion',
      retries: null,
    } as const
    const failed = [to('production', 3, 'failure', { claim }), ...live]
    const { made } = settle(asking(lineWith(failed), developer, '/waybill retry production'))
    expect(made.find(({ kind }) => kind === 'create-deployment')).toMatchObject({
      claim: { tag: 'v0.1.2', attempt: 2, retries: failed[0]?.id, by: { login: 'analyst' } },
      approval: { by: { login: 'analyst' } },
    })
  })

  it('E16: nothing is tried again by itself; a retry repeats only what failed', () => {
    const failed = [to('production', 3, 'error'), ...live]
    expect(deployedBy(lineWith(failed))).toEqual([])
    for (const production of [live, []]) {
      expect(fateOf(asking(lineWith(production), analyst, '/waybill retry production'))).toMatchObject({
        orders: [],
        state: 'denied',
      })
    }
    expect(fateOf(asking(lineWith(failed), outsider, '/waybill retry production')).state).toBe('denied')
  })

  it('what others deployed, or policy before it was left to people, has nobody to answer for it: it is promoted, not tried again', () => {
    for (const change of [{ claim: null, creator: developer }, {}]) {
      const failed = [to('production', 3, 'failure', change), ...live]
      const fate = fateOf(asking(lineWith(failed), developer, '/waybill retry production'))
      expect(fate).toMatchObject({ orders: [], state: 'denied' })
      expect(fate.cause).toContain('`/waybill promote production v0.1.2`')
      expect(fateOf(asking(lineWith(failed), analyst, '/waybill promote production v0.1.2')).orders).toEqual([
        'v0.1.2 to production',
      ])
    }
    const staging = [to('staging', 4, 'failure'), to('staging', 3, 'success')]
    const line = lineOf(merges, { ...four, deployments: staging })
    expect(fateOf(asking(line, developer, '/waybill retry staging')).orders).toEqual(['v0.1.3 to staging'])
  })

  it('a rollback that failed is tried again as one', () => {
    const claim = {
      environment: 'production',
      tag: 'v0.1.0',
      attempt: 2,
      wish: 5,
      by: analyst,
      as: 'rollback',
      retries: null,
    } as const
    const failed = [to('production', 1, 'failure', { id: 30, claim }), ...live]
    const { made } = settle(asking(lineWith(failed), developer, '/waybill retry production'))
    expect(made.find(({ kind }) => kind === 'create-deployment')).toMatchObject({
      claim: { tag: 'v0.1.0', as: 'rollback', retries: 30 },
    })
  })
})

describe('hold and unhold', () => {
  it('E12: stops people and policy until unhold, and then goes on by itself', () => {
    const held = fateOf(asking(lineWith([]), reviewer, '/waybill hold production stock-taking'))
    expect(held).toMatchObject({ decided: ['hold production'], reactions: ['rocket'], state: 'done' })
    const waiting = fateOf(asking(held.line, analyst, '/waybill promote production v0.1.3'))
    expect(waiting).toMatchObject({ orders: [], state: 'accepted' })
    expect(waiting.cause).toContain('is held by reviewer: stock-taking')
    const free = settle(asking(waiting.line, analyst, '/waybill unhold production'))
    expect(free.made.flatMap((effect) => (effect.kind === 'create-deployment' ? [effect.claim.tag] : []))).toEqual([
      'v0.1.3',
    ])
  })

  it('what waits is replaced by a newer request, not by one of somebody who may not be allowed to ask', () => {
    const held = fateOf(asking(lineWith([]), reviewer, '/waybill hold production stock-taking')).line
    const first = fateOf(asking(held, analyst, '/waybill promote production v0.1.2')).line
    const both = asking(first, outsider, '/waybill promote production v0.1.3')
    const away = { ...both, members: new Map([['@acme/analysts', unknown('GitHub answered 502')]]) }
    const again = { ...fateOf(away).line, members: both.members }
    const statesOf = ({ wishes }: LineSnapshot) => wishes.map(({ by, state }) => `${by.login} ${state}`)
    expect(statesOf(again)).toEqual(['analyst accepted', 'outsider accepted'])
    expect(statesOf(fateOf({ ...again, members: away.members }).line)).toEqual([
      'analyst accepted',
      'outsider accepted',
    ])
    expect(statesOf(fateOf(again).line)).toEqual(['analyst accepted', 'outsider denied'])
    const newer = fateOf(asking(first, analyst, '/waybill promote production v0.1.3')).line
    expect(statesOf(fateOf(newer).line)).toEqual(['analyst denied', 'analyst accepted'])
  })

  it('E12: counts for what was asked after it in the same breath, and for policy; not for what was asked before', () => {
    const together = (...asked: readonly (readonly [number, Account, string])[]) => {
      const made = asked.map(([id, by, body]) => wishOf(by, body, { id, commentId: 900 + id }))
      const comments = new Map(made.flatMap((one) => [...one.comments]))
      return { wishes: made.flatMap((one) => one.wishes), comments }
    }
    const hold = '/waybill hold production stock-taking'
    const promote = '/waybill promote production v0.1.3'
    const after = fateOf(lineWith([], together([71, reviewer, hold], [72, analyst, promote])))
    expect(after).toMatchObject({ orders: [], decided: ['hold production'], state: 'accepted' })
    const before = fateOf(lineWith([], together([71, analyst, promote], [72, reviewer, hold])))
    expect(before).toMatchObject({ orders: ['v0.1.3 to production'], decided: ['hold production'] })
    const behind = numbers.slice(0, 3).toReversed()
    const deployments = behind.map((number) => to('staging', number, 'success'))
    const policy = lineOf(merges, { ...four, deployments })
    expect(fateOf(policy).orders).toEqual(['v0.1.3 to staging'])
    expect(fateOf(asking(policy, reviewer, '/waybill hold staging stock-taking')).orders).toEqual([])
  })

  it('unhold is for promoters who wrote none of what waits; a hold that is not there is said so', () => {
    const staged = lineWith([])
    const oneWaits = { ...staged, deployments: staged.deployments.slice(1) }
    const held = fateOf(asking(oneWaits, developer, '/waybill hold staging x')).line
    expect(fateOf(asking(held, developer, '/waybill unhold staging'))).toMatchObject({ decided: [], state: 'denied' })
    expect(fateOf(asking(held, outsider, '/waybill unhold staging'))).toMatchObject({ decided: [], state: 'denied' })
    expect(fateOf(asking(held, reviewer, '/waybill unhold staging')).decided).toEqual(['unhold staging'])
    const unread = { ...held, pushes: new Map([[reviewer.id, unknown('GitHub answered 502')]]) }
    expect(fateOf(asking(unread, reviewer, '/waybill unhold staging'))).toMatchObject({
      decided: [],
      state: 'accepted',
    })
    expect(fateOf(asking(lineWith([]), analyst, '/waybill unhold production')).answers[0]).toContain('is not held')
    const { environments } = shopConfig()
    const box = configured({ environments: [...environments, { name: 'box', type: 'testing', kind: 'rush' }] })
    expect(fateOf(asking(lineWith([], box), analyst, '/waybill hold box x')).cause).toContain('`box` is a rush box')
    expect(repository.id).toBe(100)
  })
})

function deployedBy(line: LineSnapshot): readonly string[] {
  return settle(line).made.flatMap((effect) => (effect.kind === 'create-deployment' ? [effect.claim.tag] : []))
}

function finished(deployment: Deployment): Deployment {
  if (deployment.statuses.length > 0) return deployment
  return { ...deployment, statuses: [{ id: 999, state: 'success', at: noon, description: '', url: null, by: null }] }
}
