import { expect, test } from 'vitest'
import { parseTestCounts } from '../../src/model/test-counts.ts'

test.each([
  ['150 tests run, 148 passed, 2 skipped, 0 failed.', { total: 150, passed: 148, failed: 0, skipped: 2 }],
  ['Tests:       1 failed, 10 passed, 11 total', { total: 11, passed: 10, failed: 1, skipped: 0 }],
  ['150 tests   148 ✅  2 💤  0 ❌', { total: 150, passed: 148, failed: 0, skipped: 2 }],
  ['5 passing\n1 pending', { total: 6, passed: 5, failed: 0, skipped: 1 }],
])('counts the tests in “%s”', (output, counts) => {
  expect(parseTestCounts(output)).toEqual(counts)
})

test.each(['', 'All good', '3 passed', 'build 12 of 2026', '1.148 passed of 3 tests', 'passed 148, failed 2'])(
  'no counts: %s',
  (output) => {
    expect(parseTestCounts(output)).toBeNull()
  },
)
