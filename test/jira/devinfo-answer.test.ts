import { expect, it } from 'vitest'
import { createPanels } from '../../src/jira/panels.ts'
import { pullReport } from './reports.ts'

/** How a pull request is graded when Jira answers so. */
async function graded(answer: unknown) {
  const client = { sendRequest: async <T>(): Promise<T> => JSON.parse(JSON.stringify(answer)) }
  const {
    graded: [one],
  } = await createPanels({ client, now: () => 0 })([pullReport()])
  return one?.grade.kind
}

it.each([
  [{ acceptedDevinfoEntities: { 987: { pullRequests: ['57'] } } }, 'reported'],
  [{ acceptedDevinfoEntities: {} }, 'not-reported'],
  [{ acceptedDevinfoEntities: { 986: { pullRequests: ['57'] } } }, 'not-reported'],
  [{ acceptedDevinfoEntities: { 987: { branches: ['x'] } } }, 'not-reported'],
  [{ failedDevinfoEntities: { 987: { errorMessages: [{ message: 'no' }] } } }, 'not-reported'],
  [{}, 'reported'],
])('Jira’s answer %j grades a pull request as %s', async (answer, grade) => {
  expect(await graded(answer)).toBe(grade)
})
