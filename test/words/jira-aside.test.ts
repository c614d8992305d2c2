import { expect, test } from 'vitest'
import type { Grade } from '../../src/model/grade.ts'
import { jiraAside } from '../../src/words/jira-aside.ts'
import { pullReport } from '../jira/reports.ts'
import { aPull, pullRequest } from '../rules/a-pull.ts'

const asideOf = (grade: Grade) => {
  const { key, body } = pullReport({ number: 12 })
  return jiraAside({ ...aPull({ pull: pullRequest({ number: 12 }) }), jira: [{ key, body, grade }] })
}

test('how Jira took it, in one line; only trouble is worth a new answer', () => {
  expect(asideOf({ kind: 'reported' })).toEqual({ line: 'Jira: reported.', alarming: false })
  expect(asideOf({ kind: 'kept', cause: '', until: 0 })).toEqual({
    line: 'Jira: kept, to be sent in a moment.',
    alarming: false,
  })
  const lines = [
    asideOf({ kind: 'partly', cause: 'Jira does not know SHOP-71' }),
    asideOf({ kind: 'not-reported', cause: 'Jira refused it: <b>@all</b>' }),
    asideOf({ kind: 'kept', cause: 'Jira answered 503', until: 0 }),
    asideOf({ kind: 'kept', cause: 'Jira answered 429', until: Date.UTC(2026, 0, 2, 10) }),
  ]
  expect(lines.every(({ alarming }) => alarming)).toBe(true)
  expect(lines.map(({ line }) => line)).toMatchInlineSnapshot(`
    [
      "Jira: partly reported. Jira does not know SHOP-71.",
      "Jira: not reported. Jira refused it: &lt;b&gt;@​all&lt;/b&gt;. It holds nothing up.",
      "Jira: kept, to be sent again as soon as Jira answers. Jira answered 503. It holds nothing up.",
      "Jira: kept, to be sent again after 2026-01-02 10:00 UTC. Jira answered 429. It holds nothing up.",
    ]
  `)
})

test('nothing was to be told: nothing is said', () => {
  expect(jiraAside(aPull())).toEqual({ line: '', alarming: false })
})

test('a panel that is on and can’t be told is said', () => {
  expect(jiraAside({ ...aPull(), panelUntold: true })).toMatchInlineSnapshot(`
    {
      "alarming": true,
      "line": "Jira: not told. jira.panels.development is on, and Waybill's server has no JIRA_CLIENT_ID and JIRA_CLIENT_SECRET. It holds nothing up.",
    }
  `)
})

test('what Jira said no to for this pull request is said after that, and is worth a new answer', () => {
  const cause = 'several transitions lead from In Progress to In Review: Ask, @all'
  const refused = (key: string) => ({ key, issueKey: 'SHOP-7', cause })
  const { ref, pull } = aPull({ pull: pullRequest({ number: 12, branch: 'SHOP-7-x' }) })
  const of = (...keys: readonly string[]) => jiraAside({ ...aPull({ pull }), actsRefused: keys.map(refused) })
  const { id } = ref.repository
  const said = {
    line: 'Jira: SHOP-7 was left as it is: several transitions lead from In Progress to In Review: Ask, @\u200ball. It holds nothing up.',
    alarming: true,
  }
  for (const key of [
    `move:${id}:SHOP-7:pull-request:12`,
    `move:${id}:SHOP-7:branch:SHOP-7-x`,
    `link:${id}:12:SHOP-7`,
  ]) {
    expect(of(key, key)).toEqual(said)
  }
  const others = [`move:${id}:SHOP-7:pull-request:1`, `move:${id}:SHOP-7:merged:12`, `link:${id + 1}:12:SHOP-7`]
  expect(of(...others)).toEqual({ line: '', alarming: false })
})
