import { describe, expect, test } from 'vitest'
import type { Issue } from '../../src/model/issue.ts'
import { absent, found, type Lookup, unknown } from '../../src/model/lookup.ts'
import { answerOf, aPull, configured, configuredIssues, gate, issue, noon, pullRequest, reasonOf } from './a-pull.ts'

const knowing = (lookup: Lookup<Issue>) => aPull({ issues: new Map([['SHOP-7', lookup]]) })

describe('the issue of a change', () => {
  test('B7 not found, done and in a status not listed block, each with its own reason', () => {
    expect(reasonOf('issue-is-ready', knowing(absent))).toEqual({ kind: 'issue-not-found', key: 'SHOP-7' })
    expect(gate(knowing(absent))).toBe('blocks')
    expect(reasonOf('issue-is-ready', knowing(found(issue({ done: true, status: 'Closed' }))))).toEqual({
      kind: 'issue-done',
      key: 'SHOP-7',
      status: 'Closed',
    })
    const listed = { ...aPull(), config: configuredIssues('projects: [SHOP], statuses: [In Review, Ready]') }
    expect(reasonOf('issue-is-ready', listed)).toEqual({
      kind: 'issue-status-not-allowed',
      key: 'SHOP-7',
      status: 'In Progress',
      allowed: ['In Review', 'Ready'],
    })
    expect(gate({ ...listed, config: configuredIssues('projects: [SHOP], statuses: [in progress]') })).toBe('passes')
  })

  test('B19 an issue that Waybill itself moved to done does not block its next pull request', () => {
    const done = knowing(found(issue({ done: true, status: 'Released' })))
    expect(gate(done)).toBe('blocks')
    expect(gate({ ...done, movedToDone: new Set(['SHOP-7']) })).toBe('passes')
    expect(gate({ ...done, movedToDone: new Set(['SHOP-8']) })).toBe('blocks')
    const listed = { ...done, config: configuredIssues('projects: [SHOP], statuses: [In Review]') }
    expect(gate({ ...listed, movedToDone: new Set(['SHOP-7']) })).toBe('passes')
  })

  test('B8 Jira away: waits for an issue never verified, passes for one verified before', () => {
    const away = knowing(unknown('Jira answered 503'))
    expect(gate(away)).toBe('waits')
    expect(reasonOf('issue-is-ready', away)).toEqual({
      kind: 'issue-unreadable',
      key: 'SHOP-7',
      since: null,
      cause: 'Jira answered 503',
    })
    const since = noon - 60_000
    expect(reasonOf('issue-is-ready', { ...away, jiraAwaySince: since })).toMatchObject({ since })
    const before = { ...away, verified: new Map([['SHOP-7', noon - 7_200_000]]) }
    expect(gate(before)).toBe('passes')
    expect(answerOf('issue-is-ready', before)).toMatchObject({
      note: { kind: 'issue-verified-before', at: noon - 7_200_000 },
    })
  })

  test('B8 an issue verified before that is done now blocks', () => {
    expect(gate({ ...knowing(found(issue({ done: true }))), verified: new Map([['SHOP-7', noon]]) })).toBe('blocks')
  })

  test('B9 a moved issue blocks and names its new key', () => {
    expect(reasonOf('issue-is-ready', knowing(found(issue({ key: 'STAR-3' }))))).toEqual({
      kind: 'issue-moved',
      key: 'SHOP-7',
      newKey: 'STAR-3',
    })
  })

  test('an issue is not looked up with verify: false, or without Jira', () => {
    const note = { kind: 'skips', note: { kind: 'issue-not-looked-up', key: 'SHOP-7' } }
    expect(answerOf('issue-is-ready', aPull({ issues: new Map() }))).toMatchObject(note)
    expect(
      answerOf('issue-is-ready', { ...knowing(absent), config: configuredIssues('projects: [SHOP], verify: false') }),
    ).toMatchObject(note)
  })

  test('with one-issue: false the worst issue decides', () => {
    const pull = pullRequest({ branch: 'SHOP-7-and-SHOP-8' })
    const config = configured('', 'one-issue: false')
    const issues = (lookup: Lookup<Issue>) =>
      new Map([
        ['SHOP-7', found(issue())],
        ['SHOP-8', lookup],
      ])
    expect(gate(aPull({ pull, config, issues: issues(absent) }))).toBe('blocks')
    expect(gate(aPull({ pull, config, issues: issues(unknown('Jira timed out')) }))).toBe('waits')
    expect(gate(aPull({ pull, config, issues: issues(found(issue({ key: 'SHOP-8' }))) }))).toBe('passes')
  })
})
