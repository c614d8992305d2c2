import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import type { Deployment, DeploymentStatus } from '../../src/model/deployment.ts'
import type { LineSnapshot, PullBeside } from '../../src/model/line.ts'
import { absent, found, unknown } from '../../src/model/lookup.ts'
import {
  analyst,
  build,
  checksOf,
  configured,
  deployed,
  developer,
  lineOf,
  merge,
  noon,
  openPull,
  released,
  reviewer,
  sha,
  versionIn,
  wishOf,
} from '../line-world.ts'
import { settle } from './settle.ts'

const hour = 3_600_000
const box = { name: 'rush', type: 'development', kind: 'rush', lease: '2h' }
const rushing = configured({ environments: [box, { name: 'staging', type: 'staging', deploy: 'auto' }] })
const staged = deployed(1, versionIn('staging', 1), 'success')

/** A branch in the rush box: `states` newest first, each with how long ago it was said (ms). */
function tried(
  id: number,
  pull: number,
  ...states: readonly (readonly [DeploymentStatus['state'], number])[]
): Deployment {
  return {
    id,
    environment: 'rush',
    tag: null,
    sha: sha(pull),
    createdAt: noon - 5 * hour,
    creator: null,
    claim: { environment: 'rush', sha: sha(pull), attempt: 1, pull, wish: 77, by: { id: 11, login: 'developer' } },
    statuses: states.map(([state, ago], at) => {
      return { id: id * 100 - at, state, at: noon - ago, description: '', url: 'https://rush.example', by: null }
    }),
    numbered: true,
  }
}

type World = Partial<LineSnapshot> & { readonly there?: readonly Deployment[]; readonly beside?: readonly PullBeside[] }

/** Pull request 7 wants the rush box; v0.1.0 is the line's newest version. */
function asked(body: string, { there = [], beside = [openPull(7)], ...change }: World = {}, by: Account = developer) {
  const pulls = new Map(beside.map((pull) => [pull.number, found(pull)] as const))
  const wish = wishOf(by, body, { pull: 7 })
  return lineOf([merge(1, 'success')], {
    ...rushing,
    ...released(1),
    ...wish,
    deployments: [...there, staged],
    pulls,
    ...change,
  })
}

function fateOf(line: LineSnapshot) {
  const { made, said, line: after } = settle(line)
  const orders = made.flatMap((effect) => {
    if (effect.kind === 'deploy-branch') return [`#${effect.claim.pull} to ${effect.claim.environment}`]
    if (effect.kind === 'set-status') return [`end ${effect.deployment}`]
    return effect.kind === 'create-deployment' ? [`${effect.claim.tag} to ${effect.claim.environment}`] : []
  })
  const answers = said.flatMap((effect) => (effect.kind === 'answer-wish' ? [effect.body.replaceAll(/\n+/g, ' ')] : []))
  const looks = said.flatMap((effect) => (effect.kind === 'look' ? [(effect.at ?? noon) - noon] : []))
  return { orders, answers, looks, state: after.wishes[0]?.state }
}

describe('a rush box', () => {
  it('E24: takes an unmerged green head of somebody with write access, on the record', () => {
    const line = asked('/waybill deploy rush')
    expect(fateOf(line)).toMatchObject({
      orders: ['#7 to rush'],
      answers: [expect.stringContaining('The head of #7 goes to `rush`')],
      state: 'done',
    })
    const [order] = settle(line).made
    expect(order).toMatchObject({ claim: { sha: sha(7), pull: 7, attempt: 1, wish: 1, by: { login: 'developer' } } })
    const plan = settle({ ...line, deployments: [] })
    expect(plan.made.map((effect) => effect.kind)).toContain('deploy-branch')
  })

  it.each<[string, PullBeside, string]>([
    ['merged', openPull(7, { state: 'merged' }), '#7 is merged'],
    ['closed', openPull(7, { state: 'closed' }), '#7 is closed'],
    ["a fork's", openPull(7, { isFork: true }), '#7 comes from a fork'],
    ['red', openPull(7, { checks: checksOf(build('failure')) }), 'the head of #7, is not green'],
  ])('E24: refuses what is %s', (_name, pull, words) => {
    const fate = fateOf(asked('/waybill deploy rush', { beside: [pull] }))
    expect(fate).toMatchObject({ orders: [], state: 'denied' })
    expect(fate.answers[0]).toContain(words)
  })

  it('E24: refuses people without write access, and every environment that is none', () => {
    const stranger: Account = { id: 99, login: 'outsider', kind: 'user' }
    expect(fateOf(asked('/waybill deploy rush', {}, stranger))).toMatchObject({ orders: [], state: 'denied' })
    const fate = fateOf(asked('/waybill deploy staging'))
    expect(fate).toMatchObject({ orders: [], state: 'denied' })
    expect(fate.answers[0]).toContain('`staging` is no rush box')
  })

  it.each<[string, Partial<LineSnapshot> & { beside?: readonly PullBeside[] }]>([
    ['checks that run', { beside: [openPull(7, { checks: checksOf(build('in_progress')) })] }],
    ['checks that nobody reported yet', { beside: [openPull(7, { checks: checksOf() })] }],
    ['checks that could not be read', { beside: [openPull(7, { checks: unknown('GitHub answered 502') })] }],
    ['a pull request that could not be read', { pulls: new Map([[7, unknown('GitHub answered 502')]]) }],
    ['permissions that could not be read', { writers: unknown('GitHub answered 502') }],
  ])('E24: waits for %s, and deploys nothing', (_name, change) => {
    expect(fateOf(asked('/waybill deploy rush', change))).toMatchObject({ orders: [], state: 'accepted' })
  })

  it('E24: shows the lease of another pull request, waits, and looks again when it ends', () => {
    const there = [tried(5, 3, ['success', hour], ['in_progress', hour + 60_000])]
    const fate = fateOf(asked('/waybill deploy rush', { there, beside: [openPull(7), openPull(3)] }))
    expect(fate).toMatchInlineSnapshot(`
      {
        "answers": [
          "Noted: a try-out on \`rush\`. It waits. #3 has \`rush\`, as developer asked. Its lease lasts until 2026-01-02 01:00 UTC. **Who can resolve it:** Somebody with write access **Next:** Comment \`/waybill free rush\` to end it now. This request goes on by itself when it is free.",
        ],
        "looks": [
          3600000,
          3600000,
        ],
        "orders": [],
        "state": "accepted",
      }
    `)
  })

  it.each<[string, readonly Deployment[], readonly PullBeside[]]>([
    ['expired', [tried(5, 3, ['success', 2 * hour])], [openPull(7), openPull(3)]],
    ['of a closed pull request', [tried(5, 3, ['success', hour])], [openPull(7), openPull(3, { state: 'closed' })]],
    ['of a merged pull request', [tried(5, 3, ['success', hour])], [openPull(7), openPull(3, { state: 'merged' })]],
    ['given back', [tried(5, 3, ['inactive', 60_000], ['success', hour])], [openPull(7), openPull(3)]],
    ['never begun, since it failed', [tried(5, 3, ['failure', hour])], [openPull(7), openPull(3)]],
  ])('E24: takes over a lease that is %s', (_name, there, beside) => {
    expect(fateOf(asked('/waybill deploy rush', { there, beside }))).toMatchObject({
      orders: ['#7 to rush'],
      state: 'done',
    })
  })

  it('E24: keeps a lease whose pull request could not be read', () => {
    const pulls = new Map([[7, found(openPull(7))] as const, [3, unknown('GitHub answered 502')] as const])
    const there = [tried(5, 3, ['success', hour])]
    expect(fateOf(asked('/waybill deploy rush', { there, pulls }))).toMatchObject({ orders: [], state: 'accepted' })
    const gone = new Map([[7, found(openPull(7))] as const, [3, absent] as const])
    expect(fateOf(asked('/waybill deploy rush', { there, pulls: gone }))).toMatchObject({ orders: ['#7 to rush'] })
  })

  it('E24: lets its holder deploy a newer head, whose failure ends nothing, and says when there is nothing to do', () => {
    const there = [tried(5, 7, ['success', hour])]
    const newer = openPull(7, { headSha: sha(8) })
    expect(fateOf(asked('/waybill deploy rush', { there, beside: [newer] }))).toMatchObject({ orders: ['#7 to rush'] })
    const failed = { ...tried(6, 7, ['failure', 1000]), sha: sha(8) }
    const other = asked('/waybill deploy rush', { there: [failed, tried(5, 7, ['success', hour])] }, reviewer)
    expect(fateOf(other)).toMatchObject({ orders: [], state: 'done' })
    expect(fateOf(asked('/waybill deploy rush', { there })).answers[0]).toContain('there already, until')
  })

  it('a request that waits is replaced by a newer one on its pull request, of somebody who may ask', () => {
    const there = [tried(5, 3, ['success', hour])]
    const beside = [openPull(7), openPull(3)]
    const command = { kind: 'deploy', environment: 'rush' } as const
    const stateAfter = (by: Account) => {
      const newer = wishOf(by, '', { id: 2, commentId: 901, pull: 7, state: 'accepted', command }).wishes
      const line = asked('/waybill deploy rush', { there, beside })
      return fateOf({ ...line, wishes: [...line.wishes, ...newer] }).state
    }
    expect(stateAfter(reviewer)).toBe('denied')
    expect(stateAfter({ id: 99, login: 'outsider', kind: 'user' })).toBe('accepted')
  })

  it('goes one at a time: two that ask at once get it in their order', () => {
    const line = asked('/waybill deploy rush', { beside: [openPull(7), openPull(3)] })
    const second = wishOf(reviewer, '/waybill deploy rush', { id: 2, commentId: 901, pull: 3 })
    const both = {
      ...line,
      wishes: [...line.wishes, ...second.wishes],
      comments: new Map([...line.comments, ...second.comments]),
    }
    const { made, line: after } = settle(both)
    expect(made.flatMap((one) => (one.kind === 'deploy-branch' ? [one.claim.pull] : []))).toEqual([7])
    expect(after.wishes.map((wish) => wish.state)).toEqual(['done', 'accepted'])
  })
})

describe('afterwards', () => {
  it('E24: `free` ends the lease, by anybody with write access, and the newest version goes back', () => {
    const there = [tried(5, 3, ['success', hour])]
    const line = asked('/waybill free rush', { there, beside: [openPull(7), openPull(3)] }, reviewer)
    expect(fateOf(line)).toMatchObject({
      orders: ['end 5', 'v0.1.0 to rush'],
      answers: [expect.stringContaining('`rush` is given back')],
      state: 'done',
    })
    expect(fateOf(asked('/waybill free rush', { there }, { ...analyst, id: 99 }))).toMatchObject({
      orders: [],
      state: 'denied',
    })
  })

  it('E24: `free` of nothing is refused, and waits while the branch is still on its way', () => {
    expect(fateOf(asked('/waybill free rush'))).toMatchObject({ orders: [], state: 'denied' })
    const there = [tried(5, 3, ['in_progress', 1000])]
    expect(fateOf(asked('/waybill free rush', { there }))).toMatchObject({ orders: [], state: 'accepted' })
  })

  it('E24: who waits gets it before the line does', () => {
    const there = [tried(5, 3, ['success', hour])]
    const line = asked('/waybill free rush', { there, beside: [openPull(7), openPull(3)] }, reviewer)
    const command = { kind: 'deploy', environment: 'rush' } as const
    const waiting = wishOf(developer, '', { id: 2, commentId: 901, pull: 7, state: 'accepted', command })
    expect(fateOf({ ...line, wishes: [...line.wishes, ...waiting.wishes] }).orders).toEqual(['end 5', '#7 to rush'])
  })

  it('E24: an expired lease, and nothing else, brings the newest version back, once', () => {
    const quiet = { wishes: [], comments: new Map() }
    const over = asked('', { ...quiet, there: [tried(5, 7, ['success', 3 * hour])] })
    const { made, line } = settle(over)
    expect(made).toMatchObject([{ claim: { tag: 'v0.1.0', environment: 'rush' } }])
    expect(settle(line).made).toEqual([])
    expect(fateOf(asked('', { ...quiet, there: [tried(5, 7, ['success', hour])] }))).toMatchObject({
      orders: [],
      looks: [hour],
    })
    expect(fateOf(asked('', quiet)).orders).toEqual([])
  })

  it('shows the place to look at, and how long, and when it is over', () => {
    const quiet = { wishes: [], comments: new Map() }
    const bodyOf = (line: LineSnapshot) => {
      return settle(line).said.flatMap((one) => (one.kind === 'say-on-pull' && one.pull === 7 ? [one.body] : []))[0]
    }
    expect(bodyOf(asked('', { ...quiet, there: [tried(5, 7, ['success', hour])] }))).toMatchInlineSnapshot(`
      "Tried out before it is merged; no version yet.

      | rush box | commit | state | |
      | --- | --- | --- | --- |
      | rush | \`0000000\` | ✅ there until 2026-01-02 01:00 UTC | asked by developer · [look at it](https://rush.example) |

      Done earlier? \`/waybill free rush\` gives it back."
    `)
    expect(bodyOf(asked('', { ...quiet, there: [tried(5, 7, ['success', 3 * hour])] }))).toMatchInlineSnapshot(`
      "Tried out before it is merged; no version yet.

      | rush box | commit | state | |
      | --- | --- | --- | --- |
      | rush | \`0000000\` | over: the box is for others | asked by developer · [details](https://rush.example) |"
    `)
  })

  it("tells Jira of the try-out under the branch's issue, and of the version that comes back under its own", () => {
    const quiet = { wishes: [], comments: new Map() }
    const { said } = settle(asked('', { ...quiet, there: [tried(5, 7, ['success', 3 * hour])] }))
    const reports = said.flatMap((one) => {
      return one.kind === 'report' && one.report.body.kind === 'deployment' ? [one.report] : []
    })
    const told = reports.map(({ issueKeys, body }) => {
      return body.kind === 'deployment' ? [body.deployment.environment, body.deployment.version, ...issueKeys] : []
    })
    expect(told).toContainEqual(['rush', `SHOP-7-try@${sha(7).slice(0, 7)}`, 'SHOP-7'])
    expect(told).toContainEqual(['rush', 'v0.1.0', 'SHOP-1'])
  })
})
