import { describe, expect, test } from 'vitest'
import type { ConfigRead } from '../../src/model/config-read.ts'
import { absent, found } from '../../src/model/lookup.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import { configCheckDue, planConfigCheck } from '../../src/plan/plan-config-check.ts'
import { judgePull } from '../../src/rules/judge-pull.ts'
import { aPull, configured, developer, gate, reasonOf, review, reviewer, second, withReviews } from './a-pull.ts'

/** What the check `waybill/config` says of a pull request that leaves the file like this. */
function check(config: ConfigRead, change: Partial<PullSnapshot> = {}) {
  const snapshot = aPull({ proposal: { config, file: 'f2' }, ...change })
  const [effect] = planConfigCheck(snapshot)
  return effect?.kind === 'post-check' ? effect.answer : null
}

const other = (number: number, change: Partial<PullSnapshot> = {}): PullSnapshot => {
  const pull = aPull(change)
  return { ...pull, pull: { ...pull.pull, number, title: `Pull @${number}` } }
}

describe('a pull request that touches the configuration', () => {
  test('that leaves it alone gets no check', () => {
    expect(planConfigCheck(aPull())).toEqual([])
  })

  test('Q8 that breaks it fails, with a line for each problem', () => {
    const answer = check(configured('mode: enforced\naprovals: 1'))
    expect(answer).toMatchObject({ status: 'failure', title: ".github/waybill.yml can't be used: 2 problems" })
    expect(answer?.annotations.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '4 mode must be enforce or report.',
      '5 aprovals is not a key of Waybill; did you mean merge.approvals?.',
    ])
  })

  test('Q10 a loosening is called one, and others that would be judged differently are named', () => {
    const pulls = [other(8, withReviews()), other(9)]
    const answer = check(configured('', 'approvals: 0'), { outlook: { pulls, more: 3, tags: [] } })
    expect(`${answer?.status}: ${answer?.title}\n${answer?.summary}`).toMatchInlineSnapshot(`
      "success: Loosens merge.approvals; one open pull request would be judged differently
      ⚠️ **This loosens the policy**: \`merge.approvals\`.

      | key | now | then | |
      | --- | --- | --- | --- |
      | \`merge.approvals\` | \`1\` | \`0\` | ⚠️ loosens |

      | pull request | now | then |
      | --- | --- | --- |
      | #8 Pull @​8 | 🕐 one approval is missing | ✅ passes |

      1 of 2 open pull requests would be judged as now.

      3 more open pull requests were not looked at."
    `)
  })

  test('a stricter one is no loosening, and changes nothing for those that pass all the same', () => {
    const twice = withReviews(review(), review({ id: 12, author: second }))
    const pulls = [other(8, twice), other(9)]
    const answer = check(configured('', 'approvals: 2'), { outlook: { pulls, more: 0, tags: [] } })
    expect(answer?.title).toBe('Loosens nothing; one open pull request would be judged differently')
    expect(answer?.summary).toContain('| ✅ passes | 🕐 one approval is missing |')
    expect(check(configured())?.title).toBe('Changes no key; no open pull request would be judged differently')
  })

  test('Q16 the one that adds it is answered: pull requests, versions, environments', () => {
    const proposed = configured(
      'release: {}\nenvironments: [{name: staging, type: staging, deploy: auto}, {name: live, type: production, promoters: ["@acme/ops"]}]',
    )
    const outlook = { pulls: [other(8), other(9, withReviews())], more: 0, tags: ['v1.2.3', 'v1.10.0', 'nightly'] }
    const answer = check(proposed, { config: { kind: 'absent' }, gated: null, outlook })
    expect(`${answer?.status}: ${answer?.title}\n${answer?.summary}`).toMatchInlineSnapshot(`
      "success: Waybill starts here: 1 of 2 open pull requests would pass
      When this is merged, Waybill starts with it: the default branch is the line, and merges before it get no version.

      **Versions.** The next merge becomes \`v1.10.1\` (patch), \`v1.11.0\` (minor), \`v2.0.0\` (major): the highest version tag is \`v1.10.0\`, and without a label or an issue type the bump is \`patch\`.

      **Environments.** Nothing is deployed now. Each version made from then on goes to \`staging\` by itself, then to \`live\` when one of \`@acme/ops\` promotes it.

      **Open pull requests.**

      2 of 2 open pull requests would be judged as now."
    `)
    const shapes = { ...outlook, tags: ['shop-v3.2.1'] }
    expect(check(proposed, { config: { kind: 'absent' }, gated: null, outlook: shapes })?.summary).toContain(
      'Nothing is tagged yet: there are version tags of another shape than `v{version}`; `tag: "shop-v{version}"` fits them.',
    )
  })

  test('Q17 the one that deletes it is told what that means', () => {
    expect(check({ kind: 'absent' })).toMatchObject({ status: 'success', title: 'Merging this ends Waybill here' })
  })

  test('Q13 in report mode it is neutral', () => {
    const config = configured('mode: report')
    expect(check(configured('mode: no'), { config })).toMatchObject({ status: 'neutral' })
    expect(check(configured('mode: report', 'approvals: 0'), { config })?.title).toMatch(
      /^would pass: Loosens merge.approvals/,
    )
  })

  test('Q6 it is said once for each pair of files, whatever else moves', () => {
    const snapshot = aPull({ proposal: { config: configured('', 'approvals: 0'), file: 'f2' } })
    const [effect] = planConfigCheck(snapshot)
    const fingerprint = effect?.kind === 'post-check' ? effect.fingerprint : ''
    const run = { name: 'waybill/config', runId: 5, completed: true, conclusion: 'success', startedAt: 0 } as const
    const posted = [{ ...run, fingerprint }]
    expect(configCheckDue({ ...snapshot, posted, outlook: { pulls: [other(8)], more: 0, tags: [] } })).toBe(false)
    expect(configCheckDue({ ...snapshot, posted, config: configured('', 'approvals: 2') })).toBe(true)
  })
})

describe('policy-owners', () => {
  const config = configured('policy-owners: [second, "@acme/platform"]')
  const proposal = { config: configured('', 'approvals: 0'), file: 'f2' }
  const owned = (change: Partial<PullSnapshot> = {}) => {
    const verdict = judgePull(aPull({ config, proposal, ...change }))
    const finding =
      verdict.kind === 'judged' ? verdict.findings.find(({ rule }) => rule === 'policy-owner-approved') : null
    return finding === undefined ? 'not asked' : (finding?.kind ?? verdict.kind)
  }

  test('Q10 one of them must approve a change of the file, beside the usual approvals', () => {
    expect(owned()).toBe('waits')
    expect(owned(withReviews(review(), review({ id: 12, author: second })))).toBe('passes')
    expect(owned({ members: new Map([['@acme/platform', { kind: 'found', value: [reviewer.id] }]]) })).toBe('passes')
  })

  test('a team that can’t be read never lets it pass; nobody signs off their own change', () => {
    expect(owned({ members: new Map([['@acme/platform', { kind: 'unknown', cause: '502' }]]) })).toBe('waits')
    expect(
      owned({ config: configured('policy-owners: [developer]'), ...withReviews(review({ author: developer })) }),
    ).toBe('waits')
  })

  test('what owners did that does not count is said, and that nobody is left; what others did is not', () => {
    const old = review({ id: 12, author: second, takenBack: 'asked-again' })
    const outside = review({ id: 13, author: reviewer })
    const owners = new Map([...aPull().members, ['@acme/platform', found([])]])
    const held = aPull({ config, proposal, members: owners, ...withReviews(outside, old) })
    expect(reasonOf('policy-owner-approved', held)).toMatchObject({
      uncounted: [{ login: 'second', because: 'asked-again' }],
      canBe: true,
    })
    const alone = configured('policy-owners: [developer, ghost]')
    const members = new Map([...aPull().members, ['ghost', absent]])
    const own = aPull({ config: alone, proposal, members, noApprovers: ['ghost'] })
    expect(reasonOf('policy-owner-approved', own)).toMatchObject({ nobody: ['ghost'], canBe: false })
    expect(gate(own)).toBe('waits')
  })

  test('are not asked where the file is left alone, or where there are none', () => {
    expect(owned({ proposal: null })).toBe('not asked')
    expect(owned({ config: configured() })).toBe('not asked')
  })
})

describe('a configuration that never could be read', () => {
  const broken = configured('mode: no')

  test('Q8 F74 only a pull request that repairs it is judged, by the defaults', () => {
    expect(judgePull(aPull({ config: broken, gated: null })).kind).toBe('config-broken')
    expect(
      judgePull(aPull({ config: broken, gated: null, proposal: { config: configured('mode: still-no'), file: 'f' } }))
        .kind,
    ).toBe('config-broken')
    const lax = { config: configured('', 'approvals: 0, checks: []'), file: 'f' }
    const verdict = judgePull(aPull({ config: broken, gated: null, proposal: lax, ...withReviews() }))
    expect(verdict).toMatchObject({ kind: 'judged', enforced: true })
    expect(verdict.kind === 'judged' && verdict.findings.find(({ rule }) => rule === 'approved')?.kind).toBe('waits')
  })
})

describe('no configuration', () => {
  const absent = { config: { kind: 'absent' }, gated: null } as const

  test('Q7 is silent, unless the gate is required there; Q17 heads that were answered once are answered neutral', () => {
    expect(judgePull(aPull(absent))).toEqual({ kind: 'silent', because: 'not-configured' })
    const required = { kind: 'found', value: [{ name: 'waybill/gate', appId: null }] } as const
    expect(judgePull(aPull({ ...absent, required }))).toEqual({ kind: 'not-configured' })
    const run = { runId: 5, completed: false, conclusion: null, fingerprint: 'x', startedAt: 0 } as const
    expect(judgePull(aPull({ ...absent, posted: [{ name: 'waybill/gate', ...run }] }))).toEqual({
      kind: 'not-configured',
    })
  })
})
