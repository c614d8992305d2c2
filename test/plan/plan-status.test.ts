import { describe, expect, it } from 'vitest'
import { historyOf } from '../../src/model/history.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { found, unknown } from '../../src/model/lookup.ts'
import { changesBetween, viewsOf } from '../../src/model/views.ts'
import { statusText } from '../../src/words/status-text.ts'
import {
  analyst,
  configured,
  deployed,
  lineOf,
  merge,
  noon,
  openPull,
  released,
  sha,
  shopConfig,
  versionIn,
  wishOf,
} from '../line-world.ts'
import { settle } from './settle.ts'

const merges = [merge(1, 'success'), merge(2, 'success'), merge(3, 'success'), merge(4, 'in_progress')]
const deployments = [
  { ...deployed(4, versionIn('staging', 3), 'success') },
  deployed(3, versionIn('staging', 2), 'success'),
  deployed(2, versionIn('production', 1), 'success'),
  deployed(1, versionIn('staging', 1), 'success'),
]

function line(change: Partial<LineSnapshot> = {}): LineSnapshot {
  return lineOf(merges, { ...released(1, 2, 3), deployments, ...change })
}

function viewed(change: Partial<LineSnapshot> = {}) {
  const snapshot = line(change)
  return { line: snapshot, config: shopConfig(), history: historyOf(snapshot, 'v{version}') }
}

function answerOn(pull: number, change: Partial<LineSnapshot> = {}): string {
  const asked = wishOf(analyst, '/waybill status', { pull })
  const { said } = settle(line({ ...asked, ...change }))
  return said.flatMap((effect) => (effect.kind === 'answer-wish' ? [effect.body] : []))[0] ?? ''
}

const open = openPull(7, {
  gate: { conclusion: null, title: 'Waits: 1 approval missing <b>', next: 'Approve it in GitHub.' },
})

describe('the two views', () => {
  it('show what is live, what was, and what the next environment lacks', () => {
    expect(statusText(viewsOf(viewed(), 10))).toMatchInlineSnapshot(`
      "environment  live                               newest  who has it  place
      staging      v0.1.2 since 2026-01-01 23:59 UTC
      production   v0.1.0 since 2026-01-01 23:59 UTC

      version  staging   production  issues
      v0.1.2   live      -           SHOP-3
      v0.1.1   was live  -           SHOP-2
      v0.1.0   was live  live        SHOP-1

      production lacks 2 changes that staging has:
        v0.1.1  #2 SHOP-2 change 2  SHOP-2
        v0.1.2  #3 SHOP-3 change 3  SHOP-3"
    `)
  })

  it('count nothing they did not read, and nothing that is nowhere', () => {
    expect(
      changesBetween(
        viewed({ walk: 'limit', deployments: [deployments[0] ?? deployed(4, versionIn('staging', 3), null)] }),
        {
          from: 'staging',
          to: 'production',
        },
      ),
    ).toBeNull()
    expect(changesBetween(viewed({ deployments: [] }), { from: 'staging', to: 'production' })).toEqual([])
    const foreign = { ...deployed(9, versionIn('staging', 9), 'success'), tag: null, claim: null }
    const view = viewsOf(viewed({ deployments: [foreign, ...deployments] }), 10)
    expect(view.environments[0]?.live?.version).toBe(sha(9).slice(0, 7))
    expect(view.differences[0]?.changes).toBeNull()
  })

  it('name what is on its way or came to a bad end, beside what is live', () => {
    const running = deployed(5, versionIn('production', 2), 'in_progress')
    const views = viewsOf(viewed({ deployments: [running, ...deployments] }), 10)
    expect(views.environments[1]).toMatchObject({
      live: { version: 'v0.1.0' },
      newest: { version: 'v0.1.1', state: 'in_progress' },
    })
    expect(views.versions.find((one) => one.version === 'v0.1.1')?.environments[1]?.state).toBe('in_progress')
    expect(viewsOf(viewed(), 2).versions.map((one) => one.version)).toEqual(['v0.1.2', 'v0.1.1'])
  })
})

describe('/waybill status', () => {
  it('first says what would ship: issues, writers, where to look, what is missing', () => {
    expect(answerOn(3)).toMatchInlineSnapshot(`
      "**[v0.1.2](https://github.example/acme/shop/releases/tag/v0.1.2) goes to \`production\` next.**

      - **Would ship:** \`v0.1.1\`, \`v0.1.2\`
      - **Issues:** SHOP-2, SHOP-3
      - **Written by:** developer
      - **Look at it:** nobody named a place
      - **Missing:** only the word of a promoter
      - **Next:** somebody of \`@acme/analysts\` who wrote none of it: \`/waybill promote production\`

      | environment | live | |
      | --- | --- | --- |
      | staging | \`v0.1.2\` since 2026-01-01 23:59 UTC |  |
      | production | \`v0.1.0\` since 2026-01-01 23:59 UTC |  |

      | version | issues | staging | production |
      | --- | --- | --- | --- |
      | \`v0.1.2\` | SHOP-3 | live | — |
      | \`v0.1.1\` | SHOP-2 | was live | — |
      | \`v0.1.0\` | SHOP-1 | was live | live |

      \`production\` lacks 2 changes that \`staging\` has:

      - \`v0.1.1\` #2 SHOP-2 change 2
      - \`v0.1.2\` #3 SHOP-3 change 3"
    `)
  })

  it('says what is in the way', () => {
    const failed = deployed(9, versionIn('staging', 3), 'failure')
    const answer = answerOn(3, { deployments: [failed, ...deployments.slice(1)] })
    expect(answer).toContain('**Missing:** its last deployment there failed: `/waybill retry staging`')
    const running = deployed(9, versionIn('production', 3), 'in_progress')
    expect(answerOn(3, { deployments: [running, ...deployments] })).toContain('**Missing:** nothing; it is on its way')
    const past = { ...deployed(9, versionIn('production', 3), 'failure'), claim: null }
    expect(answerOn(3, { deployments: [past, ...deployments] })).toContain('**Missing:** only the word of a promoter')
    const never = answerOn(3, { deployments: deployments.slice(1) })
    expect(never).toContain('goes to `staging` next')
  })

  it('E22: goes on from where it was when somebody deployed something else over it, and calls nothing failed that succeeded', () => {
    const foreign = { ...deployed(9, versionIn('staging', 9), 'success'), tag: null, claim: null }
    const replaced = { ...deployed(4, versionIn('staging', 3), 'success') }
    const answer = answerOn(3, { deployments: [foreign, replaced, ...deployments.slice(1)] })
    expect(answer).toContain('goes to `production` next')
    expect(answer).toContain('**Missing:** only the word of a promoter')
    const older = { ...deployed(9, versionIn('production', 1), 'success'), claim: null }
    const back = answerOn(2, {
      deployments: [older, deployed(8, versionIn('production', 2), 'success'), ...deployments],
    })
    expect(back).toContain('goes to `production` next')
    expect(back).not.toContain('came to no good end')
  })

  it('answers on what is live everywhere, on what has no version yet, and on what is not merged, with its gate', () => {
    expect(answerOn(1)).toContain('is live everywhere')
    expect(answerOn(4)).toContain('#4 is merged and has no version yet')
    const pulls = new Map([[7, found(open)]])
    expect(answerOn(7, { pulls }).split('\n\n| environment')[0]).toMatchInlineSnapshot(`
      "**#7 is not merged yet; it has no version.**

      - **Issues:** SHOP-7
      - **Branch:** \`SHOP-7-try\` at \`0000000\`, opened by developer
      - **Look at it:** there is no rush box
      - **Gate:** 🕐 Waits: 1 approval missing &lt;b&gt;
      - **Next:** Approve it in GitHub."
    `)
    expect(answerOn(7, { pulls: new Map([[7, unknown('GitHub answered 502')]]) })).toContain('#7 could not be read')
  })

  it('says where an unmerged pull request is tried out', () => {
    const claim = { environment: 'rush', sha: sha(7), attempt: 1, pull: 7, wish: 1, by: { id: 11, login: 'developer' } }
    const there = { ...deployed(9, { environment: 'rush', tag: '', number: 7 }, 'success'), tag: null, claim }
    const statuses = [
      { id: 1, state: 'success' as const, at: noon, description: '', url: 'https://rush.example', by: null },
    ]
    const box = configured({ environments: [{ name: 'rush', type: 'development', kind: 'rush' }] })
    const answer = answerOn(7, { ...box, pulls: new Map([[7, found(open)]]), deployments: [{ ...there, statuses }] })
    expect(answer).toContain('`rush` (until 2026-01-02 04:00 UTC): https://rush.example')
    expect(answer).toContain('#7 has it until 2026-01-02 04:00 UTC')
    const another = new Map([
      [7, found({ ...open, number: 7 })],
      [8, found({ ...open, number: 8, branch: 'SHOP-8-other' })],
    ])
    const taken = answerOn(8, { ...box, pulls: another, deployments: [{ ...there, statuses }] })
    expect(taken).toContain('#7 has `rush` until 2026-01-02 04:00 UTC')
    expect(answerOn(7, { ...box, pulls: another, deployments: [] })).toContain(
      'nowhere yet; `rush` is free: `/waybill deploy rush`',
    )
    const forked = new Map([[7, found({ ...open, isFork: true })]])
    expect(answerOn(7, { ...box, pulls: forked, deployments: [] })).not.toContain('/waybill deploy rush')
  })
})

describe('what a rollback leaves', () => {
  it('is shown: the rejected version, the held environment, and that it does not go there again', () => {
    const by = { id: analyst.id, login: 'analyst' }
    const reject = { kind: 'reject' as const, environment: 'production', version: 'v0.1.1', sha: sha(2), reason: 'bad' }
    const hold = {
      kind: 'hold' as const,
      environment: 'production',
      why: 'rolled-back' as const,
      reason: 'v0.1.1 was bad',
    }
    const decisions = [reject, hold].map((what, at) => ({ key: `${at}`, wish: null, by, at: noon, what }))
    const back = [
      deployed(6, versionIn('production', 1), 'success'),
      deployed(5, versionIn('production', 2), 'inactive'),
      ...deployments,
    ]
    const views = viewsOf(viewed({ decisions, deployments: back }), 10)
    expect(views.environments[1]).toMatchObject({ live: { version: 'v0.1.0' }, holds: ['v0.1.1 was bad'] })
    expect(views.versions[1]?.environments[1]).toEqual({ name: 'production', state: 'rejected' })
    const answer = answerOn(2, { decisions, deployments: back })
    expect(answer).toContain('does not go to `production`.**')
    expect(answer).not.toContain('/waybill promote')
  })
})
