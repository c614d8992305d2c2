import { expect, it } from 'vitest'
import { createPanels } from '../../src/jira/panels.ts'
import type { Report } from '../../src/model/report.ts'
import { branchReport, pullReport } from './reports.ts'

const past = (report: Report): Report => ({ ...report, sending: 'backfill' })

/** What each request about development says of the workflow's triggers, by what it carries. */
async function sent(reports: readonly Report[], now = 0) {
  const bodies: unknown[] = []
  const client = {
    sendRequest: async <T>({ body }: { readonly body?: unknown }): Promise<T> => {
      bodies.push(body)
      return JSON.parse('{}')
    },
  }
  await createPanels({ client, now: () => now })(reports)
  return bodies
}

const carries = (change: object) => expect.objectContaining(change)

it('what may set off a workflow of Jira: a pull request may; a branch, whose commits Jira would obey, and the past never', async () => {
  expect(await sent([pullReport()])).toEqual([carries({ preventTransitions: false, operationType: 'NORMAL' })])
  expect(await sent([branchReport()])).toEqual([carries({ preventTransitions: true, operationType: 'NORMAL' })])
  for (const report of [pullReport(), branchReport()]) {
    expect(await sent([past(report)])).toEqual([carries({ preventTransitions: true, operationType: 'BACKFILL' })])
  }
  const together = [past(pullReport({ number: 9 })), pullReport(), branchReport()]
  expect(await sent(together)).toEqual([
    carries({ preventTransitions: true, operationType: 'NORMAL' }),
    carries({ preventTransitions: false, operationType: 'NORMAL' }),
    carries({ preventTransitions: true, operationType: 'BACKFILL' }),
  ])
})

it('a pull request that could be told a day late only sets nothing off any more', async () => {
  const at = Date.parse('2026-02-03T10:00:00Z')
  const normal = carries({ preventTransitions: false, operationType: 'NORMAL' })
  expect(await sent([pullReport({ updatedAt: at })], at + 24 * 3_600_000)).toEqual([normal])
  const late = carries({ preventTransitions: true, operationType: 'BACKFILL' })
  expect(await sent([pullReport({ updatedAt: at })], at + 24 * 3_600_000 + 1)).toEqual([late])
})
