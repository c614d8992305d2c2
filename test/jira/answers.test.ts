import fc from 'fast-check'
import type { Client } from 'jira.js/core'
import { expect, test } from 'vitest'
import { createAct } from '../../src/jira/act.ts'
import { createPanels } from '../../src/jira/panels.ts'
import { createIssueReader } from '../../src/jira/read-issue.ts'
import { createRefresh } from '../../src/jira/refresh-issues.ts'
import type { IssueAction } from '../../src/model/issue-action.ts'
import { branchReport, buildReport, deploymentReport, pullReport } from './reports.ts'

/** Jira, as it may answer one day: JSON with the names that are known, and anything else in and beside them. */
const names = [
  'acceptedBuilds',
  'rejectedBuilds',
  'acceptedDeployments',
  'acceptedDevinfoEntities',
  'failedDevinfoEntities',
  'unknownIssueKeys',
  'unknownAssociations',
  '987',
  'pullRequests',
  'errors',
  'key',
  'fields',
  'status',
  'statusCategory',
  'transitions',
  'to',
  'name',
  'values',
  'comments',
  'properties',
  'issues',
  'id',
]
const { json } = fc.letrec<{ json: unknown; text: unknown }>((tie) => ({
  text: fc.oneof(
    fc.constantFrom('SHOP-7', 'In Review', '57', 'waybill', ''),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  ),
  json: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    tie('text'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, 'new'), tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

const answering = (answer: unknown): Client => ({ sendRequest: async <T>() => answer as T })
const now = () => 1_770_000_000_000
const site = 'https://acme.atlassian.net'

const story = [{ kind: 'paragraph' as const, spans: [] }]
const actions: readonly IssueAction[] = [
  { kind: 'move', issueKey: 'SHOP-7', station: 'merged', target: 'In Review', because: '#1', at: 1 },
  { kind: 'add-version', issueKey: 'SHOP-7', name: 'v1', description: '' },
  { kind: 'release-version', issueKey: 'SHOP-7', name: 'v1', date: '2026-02-03' },
  { kind: 'comment', issueKey: 'SHOP-7', story, mark: { repository: 1, pull: 1, news: null }, since: 0 },
  { kind: 'link', issueKey: 'SHOP-7', globalId: 'g', url: site, title: 't', summary: 's', resolved: false },
]

test('whatever Jira answers, each report has a grade, each act an end, and nothing throws', async () => {
  const reports = [branchReport(), pullReport(), buildReport(), deploymentReport()]
  await fc.assert(
    fc.asyncProperty(json, async (answer) => {
      const client = answering(answer)
      const { graded, away } = await createPanels({ client, now })(reports)
      expect([graded.length, away]).toEqual([reports.length, null])
      const seen = new Map()
      const issue = await createIssueReader({ client, site, now, seen, refused: () => {} })('SHOP-7')
      expect(['found', 'unknown']).toContain(issue.kind)
      expect(Array.isArray(await createRefresh({ client, site, now, seen })(['SHOP-7']))).toBe(true)
      for (const action of actions) {
        const acting = {
          key: 'k',
          action,
          fingerprint: '',
          mayExist: true,
          written: null,
          waited: 0,
          wasRefused: false,
          outdated: false,
        }
        const { grade } = await createAct({ client, panels: false, now })(acting)
        expect(['reported', 'not-reported', 'kept']).toContain(grade.kind)
        expect(JSON.stringify(grade)).not.toContain('went wrong here')
      }
    }),
    { numRuns: 300 },
  )
})
