import { describe, expect, test } from 'vitest'
import type { Check, CheckState } from '../../src/model/check.ts'
import { absent, found, unknown } from '../../src/model/lookup.ts'
import { answerOf, aPull, check, configured, gate, noon, reasonOf, withChecks } from './a-pull.ts'

const under = (merge: string, ...checks: readonly Check[]) =>
  aPull({ ...withChecks(...checks), config: configured('', merge) })
const of = (...checks: readonly Check[]) => gate(aPull(withChecks(...checks)))
const lint = (state: CheckState, change: Partial<Check> = {}) =>
  check(state, { id: 200, name: 'lint', suiteId: 8, ...change })

describe('checks of a head', () => {
  test.each(['queued', 'in_progress'] as const)('C1 %s waits and is named', (state) => {
    expect(of(check(state))).toBe('waits')
    expect(reasonOf('checks-pass', aPull(withChecks(check(state))))).toMatchObject({
      kind: 'checks-pending',
      checks: [{ name: 'build' }],
    })
  })

  test.each(['failure', 'timed_out', 'action_required', 'startup_failure'] as const)(
    'C2 %s blocks and is linked',
    (state) => {
      expect(of(check(state))).toBe('blocks')
      expect(reasonOf('checks-pass', aPull(withChecks(check(state))))).toMatchObject({
        kind: 'checks-failed',
        checks: [{ name: 'build', url: 'https://github.com/acme/shop/runs/100' }],
      })
    },
  )

  test.each(['cancelled', 'stale'] as const)('C3 %s waits to be run again', (state) => {
    expect(of(check(state))).toBe('waits')
    expect(reasonOf('checks-pass', aPull(withChecks(check(state))))).toMatchObject({ kind: 'checks-cancelled' })
  })

  test('C4 a conclusion nobody knows blocks', () => {
    expect(of(check('unknown', { word: 'exploded' }))).toBe('blocks')
  })

  test.each(['neutral', 'skipped'] as const)(
    'C5 %s passes by default, and blocks where the configuration says so',
    (state) => {
      expect(of(check(state))).toBe('passes')
      expect(gate(under(`${state}: block`, check(state)))).toBe('blocks')
    },
  )

  test('C6 skipped because the job before it failed blocks', () => {
    const failed = check('failure', { id: 90, name: 'prepare' })
    expect(gate(under('checks: [build]', failed, check('skipped')))).toBe('blocks')
    expect(gate(under('checks: [build]', lint('failure'), check('skipped')))).toBe('passes')
  })

  const newer: readonly (readonly [string, CheckState, CheckState, string])[] = [
    ['C7', 'failure', 'success', 'passes'],
    ['C8', 'success', 'failure', 'blocks'],
    ['C9', 'success', 'in_progress', 'waits'],
  ]
  test.each(newer)('%s %s, then a newer %s', (_, first, then, outcome) => {
    expect(of(check(first), check(then, { id: 101 }))).toBe(outcome)
  })

  test.each(newer)('C10 %s with the list reversed gives the same', (_, first, then, outcome) => {
    expect(of(check(then, { id: 101 }), check(first))).toBe(outcome)
  })

  test('C11 the same name from another app is another check', () => {
    expect(of(check(), check('failure', { id: 99, app: { id: 51, slug: 'other-ci' } }))).toBe('blocks')
  })

  test('C12 a pending status beside a green run of the same name waits', () => {
    expect(of(check(), check('queued', { kind: 'status', id: noon, workflowEvent: null, suiteId: null }))).toBe('waits')
  })

  test('C13 a failed status blocks', () => {
    expect(
      of(
        check(),
        check('failure', { kind: 'status', id: noon, name: 'ci/jenkins', workflowEvent: null, suiteId: null }),
      ),
    ).toBe('blocks')
  })

  test('C14 nothing reported waits, and passes with checks: []', () => {
    expect(reasonOf('checks-pass', aPull(withChecks()))).toEqual({ kind: 'nothing-reported' })
    expect(gate(under('checks: []'))).toBe('passes')
  })

  test('C15 a wanted check that never reported is named', () => {
    const snapshot = under('checks: [build, lint]', check())
    expect(gate(snapshot)).toBe('waits')
    expect(reasonOf('checks-pass', snapshot)).toEqual({ kind: 'checks-pending', checks: [], missing: ['lint'] })
  })

  test('C16 another red check is shown and does not block', () => {
    const snapshot = under('checks: [build]', check(), lint('failure'))
    expect(gate(snapshot)).toBe('passes')
    expect(answerOf('checks-pass', snapshot)).toMatchObject({
      note: { names: ['build'], notRequired: [{ name: 'lint' }] },
    })
  })

  test('C16 a glob or an app may name what is wanted', () => {
    const unit = check('failure', { id: 201, name: 'test / unit' })
    expect(gate(under('checks: ["test*"]', check(), unit))).toBe('blocks')
    expect(gate(under('checks: [{name: build, app: other-ci}]', check()))).toBe('waits')
    expect(gate(under('checks: [{name: build, app: github-actions}]', check()))).toBe('passes')
  })

  test('C17 the red one among 130 blocks', () => {
    const many = Array.from({ length: 130 }, (_, at) =>
      check(at === 117 ? 'failure' : 'success', { id: at + 1, name: `job ${at}` }),
    )
    expect(of(...many)).toBe('blocks')
  })

  test('C18 checks that cannot be read wait', () => {
    expect(reasonOf('checks-pass', aPull({ checks: unknown('GitHub answered 502') }))).toEqual({
      kind: 'checks-unreadable',
      cause: 'GitHub answered 502',
    })
    expect(gate(aPull({ checks: absent }))).toBe('waits')
  })

  test('C22 an unfinished suite with runs waits, and so does one of Actions without runs', () => {
    const suite = { id: 20, app: { id: 51, slug: 'other-ci' }, finished: false, runs: 2 }
    const actions = { id: 21, app: { id: 50, slug: 'github-actions' }, finished: false, runs: 0 }
    const among = (one: typeof suite) => gate(aPull({ checks: found({ checks: [check()], suites: [one] }) }))
    expect(among(suite)).toBe('waits')
    expect(among(actions)).toBe('waits')
    expect(among({ ...suite, runs: 0 })).toBe('passes')
    expect(among({ ...suite, finished: true })).toBe('passes')
  })

  test('C22 a head younger than settle waits until then, and not a moment longer', () => {
    const young = aPull({ config: settling(), now: noon + 29_999 })
    expect(reasonOf('checks-pass', young)).toEqual({ kind: 'checks-settling', until: noon + 30_000 })
    expect(gate(young)).toBe('waits')
    expect(gate({ ...young, now: noon + 30_000 })).toBe('passes')
  })

  test.each(['deployment', 'deployment_status', 'schedule', 'release', 'workflow_dispatch'])(
    'C23 a red run started by %s does not count unless named',
    (workflowEvent) => {
      const red = check('failure', { id: 300, name: 'nightly', workflowEvent, suiteId: 30 })
      expect(of(check(), red)).toBe('passes')
      expect(gate(under('checks: [build, nightly]', check(), red))).toBe('blocks')
    },
  )

  test('C23 a newer run by schedule does not stand for one of the commit', () => {
    expect(of(check('failure'), check('success', { id: 300, workflowEvent: 'schedule' }))).toBe('blocks')
    expect(of(check('success', { workflowEvent: 'schedule' }))).toBe('waits')
  })

  test('C23 an unfinished suite of a nightly run does not hold', () => {
    const nightly = check('in_progress', { id: 300, workflowEvent: 'schedule', suiteId: 30 })
    const suite = { id: 30, app: nightly.app, finished: false, runs: 1 }
    expect(gate(aPull({ checks: found({ checks: [check(), nightly], suites: [suite] }) }))).toBe('passes')
  })

  test('C24 a red check that is ignored is shown and does not block', () => {
    const snapshot = under(
      'ignore-checks: ["codecov/*"]',
      check(),
      check('failure', { id: 201, name: 'codecov/patch' }),
    )
    expect(gate(snapshot)).toBe('passes')
    expect(answerOf('checks-pass', snapshot)).toMatchObject({ note: { notRequired: [{ name: 'codecov/patch' }] } })
    expect(gate(under('ignore-checks: [build]', check()))).toBe('waits')
  })

  test('Q14 checks: required is judged as all, since what GitHub requires is not known', () => {
    expect(gate(under('checks: required', check(), lint('failure')))).toBe('blocks')
    expect(gate(under('checks: required', check(), lint('success')))).toBe('passes')
  })

  test('a failure is told before what is cancelled or pending', () => {
    expect(of(check('cancelled'), lint('failure'))).toBe('blocks')
  })
})

function settling() {
  const config = configured()
  if (config.kind !== 'valid') throw new Error('not valid')
  return { ...config, config: { ...config.config, merge: { ...config.config.merge, settle: '30s' } } }
}
