import { expect, test } from 'vitest'
import { expectedOfPull } from '../../src/reconcile/expected.ts'
import { aPull, check, configured, head, pullRequest, withChecks } from '../rules/a-pull.ts'

const begun = check('in_progress', { id: 2, name: 'lint' })
const all = withChecks(
  check('success', { id: 1 }),
  begun,
  check('failure', { kind: 'status', id: 3, name: 'ci' }),
  check('success', { kind: 'status', id: 4, name: 'ci' }),
)

test('C21: a pass over a pull request saw each run, and the newest status of each name; it awaits what is under way', () => {
  expect(expectedOfPull(aPull(all))).toEqual({
    awaited: { [head]: ['run:2'] },
    seen: { [head]: { 'run:1': 'passed', 'run:2': 'begun', 'status:ci': 'passed' } },
  })
})

test('C21: a check that does not count is seen and not awaited; a red one leaves nothing to await', () => {
  const ignoring = { ...all, config: configured('', 'ignore-checks: [lint]') }
  expect(expectedOfPull(aPull(ignoring)).awaited).toEqual({})
  expect(expectedOfPull(aPull(withChecks(begun, check('failure'))))).toEqual({
    awaited: {},
    seen: { [head]: { 'run:2': 'begun', 'run:100': 'decided' } },
  })
})

test('C21: of a closed pull request nothing is expected', () => {
  const closed = pullRequest({ state: 'closed' })
  expect(expectedOfPull(aPull({ ...all, pull: closed }))).toEqual({ awaited: {}, seen: {} })
})
