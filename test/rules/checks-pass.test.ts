import { describe, expect, test } from 'vitest'
import type { Check, CheckState, CheckSuite } from '../../src/model/check.ts'
import { absent, found, unknown } from '../../src/model/lookup.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import { answerOf, aPull, check, configured, gate, noon, reasonOf, withChecks } from './a-pull.ts'

const hour = 3_600_000
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
    const cancelled = check('cancelled', { id: 90, name: 'prepare' })
    expect(gate(under('checks: [build]', cancelled, check('skipped')))).toBe('waits')
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

  test('C11 the same name from another workflow of Actions is another check, and a newer run of the same workflow is not', () => {
    const red = check('failure', { id: 99, workflowId: 8, suiteId: 8 })
    expect(of(check(), red)).toBe('blocks')
    expect(of(red, check())).toBe('blocks')
    expect(gate(under('checks: [build]', check(), red))).toBe('blocks')
    expect(of(check(), red, check('success', { id: 101, workflowId: 8, suiteId: 9 }))).toBe('passes')
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
    expect(reasonOf('checks-pass', aPull(withChecks()))).toMatchObject({ kind: 'nothing-reported' })
    expect(gate(under('checks: []'))).toBe('passes')
  })

  test('C15 a wanted check that never reported is named', () => {
    const snapshot = under('checks: [build, lint]', check())
    expect(gate(snapshot)).toBe('waits')
    expect(reasonOf('checks-pass', snapshot)).toEqual({
      kind: 'checks-pending',
      checks: [],
      missing: ['lint'],
      silence: { until: noon + hour, causes: [] },
    })
  })

  test('C15 after report-within the likely causes are named, the surest first; not a moment before', () => {
    const wanted = (...checks: readonly Check[]) => ({ ...under('checks: [build, lint]', ...checks), now: noon + hour })
    const causes = (snapshot: PullSnapshot) => {
      const reason = reasonOf('checks-pass', snapshot)
      return reason !== null && 'silence' in reason ? reason.silence : null
    }
    expect(causes(wanted(check()))).toMatchObject({ causes: [{ kind: 'not-started', event: 'pull_request' }] })
    expect(causes({ ...wanted(check()), now: noon + hour - 1 })).toMatchObject({ causes: [] })
    const named = [check(), check('success', { id: 200, name: 'Lint' })]
    expect(causes(wanted(...named))).toMatchObject({ causes: [{ kind: 'other-name', reported: 'Lint' }, {}] })
    const queued = [check(), check('queued', { id: 200, name: 'lint' })]
    expect(causes(wanted(...queued))).toMatchObject({ causes: [{ kind: 'no-runner', checks: [{ name: 'lint' }] }] })
    expect(causes({ ...wanted(check()), posted: [ours(noon - hour)], now: noon })).toMatchObject({ causes: [{}] })
  })

  test('C15 a workflow that waits for approval is named at once, and is no pass with all', () => {
    const suite = { id: 21, app: { id: 50, slug: 'github-actions' }, finished: true, runs: 0 }
    const held = { ...suite, awaitsApproval: true, neverBegan: false, workflowEvent: 'pull_request', workflow: null }
    const snapshot = aPull({ checks: found({ checks: [check()], suites: [held] }) })
    expect(gate(snapshot)).toBe('waits')
    expect(reasonOf('checks-pass', snapshot)).toMatchObject({
      silence: { causes: [{ kind: 'workflow-awaits-approval' }] },
    })
    const nightly = { ...held, workflowEvent: 'schedule' }
    expect(gate(aPull({ checks: found({ checks: [check()], suites: [nightly] }) }))).toBe('passes')
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
    const suite = {
      id: 20,
      app: { id: 51, slug: 'other-ci' },
      finished: false,
      runs: 2,
      awaitsApproval: false,
      neverBegan: false,
      workflowEvent: null,
      workflow: null,
    }
    const actions = { ...suite, id: 21, app: { id: 50, slug: 'github-actions' }, runs: 0 }
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

  test.each([
    ...['deployment', 'deployment_status', 'schedule', 'release', 'workflow_dispatch'],
    // These run on the newest commit of the default branch, whatever they are about.
    ...['issues', 'issue_comment', 'label', 'workflow_run', 'repository_dispatch', 'discussion'],
  ])('C23 a red run started by %s does not count unless named', (workflowEvent) => {
    const red = check('failure', { id: 300, name: 'nightly', workflowEvent, suiteId: 30 })
    expect(of(check(), red)).toBe('passes')
    expect(gate(under('checks: [build, nightly]', check(), red))).toBe('blocks')
  })

  test('C23 a newer run by schedule does not stand for one of the commit', () => {
    expect(of(check('failure'), check('success', { id: 300, workflowEvent: 'schedule' }))).toBe('blocks')
    expect(of(check('success', { workflowEvent: 'schedule' }))).toBe('waits')
  })

  test('C23 an unfinished suite of a nightly run does not hold', () => {
    const nightly = check('in_progress', { id: 300, workflowEvent: 'schedule', suiteId: 30 })
    const of = { id: 30, app: nightly.app, finished: false, runs: 1, workflowEvent: null, workflow: null }
    const suite = { ...of, awaitsApproval: false, neverBegan: false }
    expect(gate(aPull({ checks: found({ checks: [check(), nightly], suites: [suite] }) }))).toBe('passes')
  })

  test('C2 a workflow that GitHub could not begin blocks with all, though no check shows it', () => {
    const workflow = { id: 7, name: '.github/workflows/ci.yml' }
    const of = { id: 40, app: { id: 50, slug: 'github-actions' }, finished: true, runs: 0, awaitsApproval: false }
    const unbegun = { ...of, neverBegan: true, workflowEvent: 'pull_request', workflow }
    const among = (...suites: readonly CheckSuite[]) => aPull({ checks: found({ checks: [check()], suites }) })
    expect(reasonOf('checks-pass', among(unbegun))).toMatchObject({
      kind: 'checks-failed',
      checks: [{ name: '.github/workflows/ci.yml', word: 'could not begin' }],
    })
    expect(gate(among(unbegun))).toBe('blocks')
    expect(gate(among({ ...unbegun, id: 41, neverBegan: false, runs: 1 }, unbegun))).toBe('passes')
    expect(gate(among({ ...unbegun, workflowEvent: 'schedule' }))).toBe('passes')
    const config = (merge: string) => configured('', merge)
    expect(gate({ ...among(unbegun), config: config('checks: [build]') })).toBe('passes')
    expect(gate({ ...among(unbegun), config: config('ignore-checks: [".github/workflows/*"]') })).toBe('passes')
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
    // That GitHub requires it, too, makes it no check that is still to come.
    const required = found([{ name: 'codecov/patch', appId: null }])
    expect(gate({ ...snapshot, required })).toBe('passes')
  })

  test('Q14 checks: required looks only at what GitHub requires; with none required, at all', () => {
    const required = (names: readonly string[], ...checks: readonly Check[]) =>
      gate({ ...under('checks: required', ...checks), required: requires(...names) })
    expect(required(['build'], check(), lint('failure'), check('failure', { id: 300, name: 'docs' }))).toBe('passes')
    expect(required(['build', 'lint'], check(), lint('failure'))).toBe('blocks')
    expect(required(['build', 'e2e'], check(), lint('failure'))).toBe('waits')
    expect(required([], check(), lint('failure'))).toBe('blocks')
    expect(required([], check(), lint('success'))).toBe('passes')
    expect(required(['waybill/gate'], check(), lint('failure'))).toBe('blocks')
  })

  test('Q14 with all, what GitHub requires and has not reported yet is missing too', () => {
    const snapshot = { ...aPull(), required: requires('build', 'e2e', 'waybill/gate') }
    expect(reasonOf('checks-pass', snapshot)).toMatchObject({ kind: 'checks-pending', missing: ['e2e'] })
    expect(gate({ ...aPull(withChecks(check(), lint('success'))), required: requires('lint') })).toBe('passes')
  })

  test('Q14 what GitHub requires and cannot be read waits, except for a list of ones own', () => {
    const required = unknown('GitHub answered 502')
    expect(reasonOf('checks-pass', { ...aPull(), required })).toEqual({
      kind: 'required-unreadable',
      cause: 'GitHub answered 502',
    })
    expect(gate({ ...under('checks: [build]', check()), required })).toBe('passes')
    expect(gate({ ...aPull(withChecks(check('failure'))), required })).toBe('blocks')
  })

  test('X40 a check that is pinned to an App is no status, and nobody of that name', () => {
    const pinned = 'checks: [{name: build, app: other-ci}]'
    const forged = { kind: 'status', by: 'person', app: { id: 3, slug: 'other-ci' }, suiteId: null } as const
    expect(gate(under(pinned, check('success', forged)))).toBe('waits')
    expect(gate(under(pinned, check('success', { ...forged, by: 'app' })))).toBe('waits')
    expect(gate(under(pinned, check('success', { app: { id: 51, slug: 'other-ci' } })))).toBe('passes')
  })

  test('X40 where GitHub takes one Apps word, neither another App nor a person can say it', () => {
    const said = (change: Partial<Check>) =>
      gate({ ...under('checks: required', check('success', change)), required: found([{ name: 'build', appId: 50 }]) })
    expect(said({})).toBe('passes')
    expect(said({ app: { id: 51, slug: 'github-actions' } })).toBe('waits')
    expect(said({ kind: 'status', by: 'person', app: { id: 50, slug: 'github-actions' } })).toBe('waits')
    expect(said({ kind: 'status', by: 'app', app: { id: 41, slug: 'github-actions' } })).toBe('passes')
  })

  test('a name that is wanted and ignored lets nothing pass; what only a pattern wants may be ignored', () => {
    expect(gate(under('checks: [build], ignore-checks: [build]', check()))).toBe('config-broken')
    expect(gate(under('checks: ["*"], ignore-checks: [lint]', check(), lint('failure')))).toBe('passes')
  })

  test('a failure is told before what is cancelled or pending', () => {
    expect(of(check('cancelled'), lint('failure'))).toBe('blocks')
  })
})

function requires(...names: readonly string[]) {
  return found(names.map((name) => ({ name, appId: null })))
}

function ours(startedAt: number) {
  const said = { completed: false, conclusion: null, fingerprint: '' }
  return { name: 'waybill/branch' as const, runId: 9, startedAt, ...said }
}

function settling() {
  const config = configured()
  if (config.kind !== 'valid') throw new Error('not valid')
  return { ...config, config: { ...config.config, merge: { ...config.config.merge, settle: '30s' } } }
}
