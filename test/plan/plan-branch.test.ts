import { describe, expect, test } from 'vitest'
import { unknown } from '../../src/model/lookup.ts'
import { planBranch } from '../../src/plan/plan-branch.ts'
import { aBranch, check, configured, head, noon } from '../rules/a-pull.ts'
import { postedAfter } from './apply.ts'

const kinds = (snapshot: ReturnType<typeof aBranch>) => planBranch(snapshot).map((effect) => effect.kind)

describe('the plan of a branch', () => {
  test('its name is answered, and Jira hears of it and its builds', () => {
    const plan = planBranch(aBranch('SHOP-7-gift-cards', { head: { checks: { checks: [check()], suites: [] } } }))
    expect(plan.map((effect) => effect.kind)).toEqual(['post-check', 'report', 'report'])
    expect(plan[0]).toMatchObject({
      name: 'waybill/branch',
      sha: head,
      answer: { status: 'success', title: 'SHOP-7: Gift cards' },
    })
    expect(plan[1]).toMatchInlineSnapshot(`
      {
        "kind": "report",
        "report": {
          "body": {
            "branch": {
              "commit": {
                "at": 1770120000000,
                "author": {
                  "email": "developer@example.com",
                  "name": "Dee Veloper",
                },
                "message": "Sell gift cards

      All of them.",
                "sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
              },
              "earlier": [],
              "name": "SHOP-7-gift-cards",
            },
            "kind": "branch",
            "repository": {
              "fullName": "acme/shop",
              "id": 77,
              "url": "https://github.com/acme/shop",
            },
          },
          "issueKeys": [
            "SHOP-7",
          ],
          "key": "branch:77:SHOP-7-gift-cards",
          "sending": "normal",
          "sequence": 1770120000005,
        },
      }
    `)
  })

  test('a name without a key fails and is told nobody', () => {
    const plan = planBranch(aBranch('gift-cards'))
    expect(plan).toMatchObject([{ kind: 'post-check', answer: { status: 'failure' } }])
  })

  test('a second pass plans nothing but reports', () => {
    const first = aBranch('SHOP-7-gift-cards')
    const posted = postedAfter([], planBranch(first))
    expect(kinds(aBranch('SHOP-7-gift-cards', { head: { posted }, now: noon + 60_000 }))).toEqual(['report'])
  })

  test('Q20 a better name turns a failed commit green with a new run', () => {
    const posted = postedAfter([], planBranch(aBranch('gift-cards')))
    const siblings = [{ name: 'gift-cards', hasOpenPull: false }]
    const plan = planBranch(aBranch('SHOP-7-gift-cards', { head: { posted, siblings } }))
    expect(plan[0]).toMatchObject({ answer: { status: 'success' }, onto: { kind: 'new', after: 501 } })
  })

  test('with an open pull request only Jira hears of it; a line is looked at as one; a queue is silent, a gone branch is taken back', () => {
    expect(kinds(aBranch('SHOP-7-gift-cards', { head: { openPulls: [12] } }))).toEqual(['report'])
    expect(planBranch(aBranch('main'))).toMatchObject([
      { kind: 'look', ref: { kind: 'line', branch: 'main' }, at: null },
    ])
    expect(kinds(aBranch('gh-readonly-queue/main/pr-7-abc'))).toEqual([])
    expect(kinds(aBranch('SHOP-7-gift-cards', { head: null }))).toEqual(['report'])
    expect(kinds(aBranch('SHOP-7-gift-cards', { head: { onLine: true } }))).toEqual([])
  })

  test('B8 Jira away waits and is asked again', () => {
    const plan = planBranch(aBranch('SHOP-7-x', { issues: new Map([['SHOP-7', unknown('Jira answered 503')]]) }))
    expect(plan[0]).toMatchObject({ answer: { status: 'in_progress' } })
    expect(plan.at(-1)).toMatchObject({ kind: 'look', at: noon + 30_000 })
  })

  test('Q13 report mode is neutral and tells Jira nothing', () => {
    expect(planBranch(aBranch('gift-cards', { config: configured('mode: report') }))).toMatchObject([
      { kind: 'post-check', answer: { status: 'neutral', title: 'would block: the branch names no issue' } },
    ])
  })
})
