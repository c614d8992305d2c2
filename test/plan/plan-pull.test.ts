import { describe, expect, test } from 'vitest'
import type { Effect } from '../../src/model/effect.ts'
import { found, unknown } from '../../src/model/lookup.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import { planPull } from '../../src/plan/plan-pull.ts'
import {
  aPull,
  check,
  configured,
  head,
  noon,
  pullRequest,
  review,
  reviewer,
  second,
  withChecks,
  withReviews,
} from '../rules/a-pull.ts'
import { apply } from './apply.ts'

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>

function of<K extends Effect['kind']>(kind: K, snapshot: PullSnapshot): readonly Of<K>[] {
  return planPull(snapshot).filter((effect): effect is Of<K> => effect.kind === kind)
}

const kinds = (snapshot: PullSnapshot) => planPull(snapshot).map((effect) => effect.kind)

describe('the plan of a pull request', () => {
  test('I5 a gate that begins to let a head pass is audited first, with what was read; one that goes on is not', () => {
    expect(of('audit', aPull())).toMatchObject([
      {
        entry: {
          key: `gate:main#12:${head}:after:0`,
          action: 'gate',
          subject: 'main#12',
          sha: head,
          evidence: expect.arrayContaining(['approved: Approved by reviewer.', 'checks-pass: Green: `build`.']),
        },
      },
    ])
    expect(of('audit', aPull(withReviews()))).toEqual([])
    const posted = (conclusion: 'success' | 'failure') => {
      return [
        { name: 'waybill/gate' as const, runId: 5, completed: true, conclusion, fingerprint: 'old', startedAt: noon },
      ]
    }
    expect(of('audit', aPull({ posted: posted('success') }))).toEqual([])
    expect(of('audit', aPull({ posted: posted('failure') }))).toMatchObject([{ entry: { action: 'gate' } }])
  })

  test('the gate is answered, Jira is told, and the issue is remembered', () => {
    expect(kinds(aPull())).toEqual(['audit', 'post-check', 'remember-verified', 'report', 'act-on-issue', 'report'])
    expect(of('post-check', aPull())[0]).toMatchObject({
      name: 'waybill/gate',
      sha: head,
      answer: { status: 'success' },
      onto: { kind: 'new', after: 0 },
    })
    expect(of('report', aPull()).map(({ report }) => report)).toMatchInlineSnapshot(`
      [
        {
          "body": {
            "kind": "pull",
            "pull": {
              "author": "developer",
              "base": "main",
              "branch": "SHOP-7-gift-cards",
              "number": 12,
              "reviewers": [
                {
                  "approved": true,
                  "name": "reviewer",
                },
              ],
              "status": "OPEN",
              "title": "Sell gift cards",
              "updatedAt": 1770120000000,
              "url": "https://github.com/acme/shop/pull/12",
            },
            "repository": {
              "fullName": "acme/shop",
              "id": 77,
              "url": "https://github.com/acme/shop",
            },
          },
          "issueKeys": [
            "SHOP-7",
          ],
          "key": "pull:77:12",
          "sending": "normal",
          "sequence": 1770120000000,
        },
        {
          "body": {
            "build": {
              "at": 1770120000000,
              "branch": "SHOP-7-gift-cards",
              "name": "build",
              "number": 100,
              "pipeline": "77:50:build",
              "sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
              "state": "successful",
              "tests": null,
              "url": "https://github.com/acme/shop/runs/100",
            },
            "kind": "build",
            "repository": {
              "fullName": "acme/shop",
              "id": 77,
              "url": "https://github.com/acme/shop",
            },
          },
          "issueKeys": [
            "SHOP-7",
          ],
          "key": "build:77:50:build:100",
          "sending": "normal",
          "sequence": 3,
        },
      ]
    `)
  })

  test('Q6 a second pass over an unchanged world plans nothing but reports', () => {
    const after = apply(aPull(), planPull(aPull()))
    expect(kinds({ ...after, now: noon + 60_000 })).toEqual(['report', 'act-on-issue', 'report'])
  })

  test('an answer in progress is updated in place, a completed one gets a newer run', () => {
    const waiting = apply(aPull(withReviews()), planPull(aPull(withReviews())))
    expect(of('post-check', { ...waiting, ...withReviews(review()) })[0]?.onto).toEqual({ kind: 'update', runId: 501 })
    const passed = apply(aPull(), planPull(aPull()))
    expect(of('post-check', { ...passed, ...withReviews() })[0]?.onto).toEqual({ kind: 'new', after: 501 })
  })

  test('the newest run of the name decides what is said already, in whatever order they come', () => {
    const passed = apply(aPull(), planPull(aPull()))
    const [said] = passed.posted
    const old = {
      name: 'waybill/gate' as const,
      runId: 7,
      completed: true,
      conclusion: 'failure' as const,
      startedAt: null,
      fingerprint: 'other',
    }
    const branch = {
      name: 'waybill/branch' as const,
      runId: 900,
      completed: true,
      conclusion: 'failure' as const,
      startedAt: null,
      fingerprint: 'other',
    }
    expect(of('post-check', { ...passed, posted: said === undefined ? [] : [branch, said, old] })).toEqual([])
    expect(
      of('post-check', { ...passed, posted: said === undefined ? [] : [said, { ...old, runId: 502 }] })[0]?.onto,
    ).toEqual({ kind: 'new', after: 502 })
  })

  test('details are said with an answer and are no reason for one; the check offers to look again', () => {
    const [post] = of('post-check', aPull())
    expect(post?.answer.summary).toContain('What this rests on')
    expect(post?.answer.buttons).toMatchObject([{ identifier: 'recheck' }])
    const passed = apply(aPull(), planPull(aPull()))
    const commented = withReviews(review(), review({ id: 12, state: 'commented' }))
    expect(of('post-check', { ...passed, ...commented })).toEqual([])
  })

  test('a run in progress is renewed before GitHub makes it stale, and one that went stale is said again', () => {
    const day = 86_400_000
    const waiting = apply(aPull(withReviews()), planPull(aPull(withReviews())))
    const posted = waiting.posted.map((run) => ({ ...run, startedAt: noon }))
    const later = { ...waiting, posted, now: noon + 12 * day }
    expect(of('post-check', later)).toEqual([])
    expect(of('post-check', { ...later, now: noon + 13 * day + 1 })[0]?.onto).toEqual({ kind: 'new', after: 501 })
    const stale = posted.map((run) => ({ ...run, completed: true, conclusion: 'stale' as const }))
    expect(of('post-check', { ...later, posted: stale })[0]?.onto).toEqual({ kind: 'new', after: 501 })
  })

  test('Q18 a dismissed approval takes the answer back on the same head', () => {
    const passed = apply(aPull(), planPull(aPull()))
    const again = of('post-check', { ...passed, ...withReviews(review({ state: 'dismissed' })) })
    expect(again[0]).toMatchObject({ answer: { status: 'in_progress' }, onto: { kind: 'new', after: 501 } })
  })

  test('B14 while mergeable is unknown this head keeps its answer, and without one it waits', () => {
    const pull = pullRequest({ mergeable: 'unknown' })
    expect(of('post-check', aPull({ pull }))[0]?.answer.status).toBe('in_progress')
    const passed = apply(aPull(), planPull(aPull()))
    expect(of('post-check', { ...passed, pull })).toEqual([])
    expect(of('look', { ...passed, pull })[0]?.at).toBe(noon + 2000)
    expect(of('look', { ...passed, pull, now: noon + 3_600_000 })[0]?.at).toBe(noon + 3_660_000)
    const asked = { ...passed, pull, ...withReviews(review({ state: 'changes_requested' })) }
    expect(of('post-check', asked)[0]?.answer.status).toBe('failure')
  })

  test('what resolves itself by time is looked at again then', () => {
    const away = aPull({ issues: new Map([['SHOP-7', unknown('Jira answered 503')]]) })
    expect(of('look', away).map((look) => look.at)).toEqual([noon + 30_000])
    expect(of('remember-verified', away)).toEqual([])
    expect(of('look', aPull({ checks: unknown('GitHub answered 502') })).map((look) => look.at)).toEqual([
      noon + 30_000,
    ])
    expect(kinds(aPull({ config: { kind: 'unknown', cause: 'GitHub answered 502' } }))).toEqual(['post-check', 'look'])
    expect(of('look', aPull(withReviews()))).toEqual([])
  })

  test('Q13 report mode posts a neutral check and tells Jira nothing', () => {
    const reported = aPull({ config: configured('mode: report'), ...withReviews() })
    expect(of('report', reported)).toEqual([])
    expect(of('post-check', reported)[0]?.answer).toMatchObject({
      status: 'neutral',
      title: 'would block: one approval is missing',
    })
  })

  test('B15 a closed pull request is told to Jira as declined and is otherwise silent; a merged one is silent', () => {
    const plan = planPull(aPull({ pull: pullRequest({ state: 'closed' }) }))
    expect(plan).toMatchObject([{ report: { body: { pull: { status: 'DECLINED' } } } }, { action: { resolved: true } }])
    expect(planPull(aPull({ pull: pullRequest({ state: 'merged' }) }))).toEqual([])
    expect(planPull(aPull({ pull: pullRequest({ state: 'closed', base: 'feature' }) }))).toEqual([])
  })

  test('a pull request that was merged where no line tells of it, or that its line does not find, is told to Jira as merged', () => {
    const into = { config: configured('', 'into: [main, release]'), defaultBranch: 'main', gated: ['main', 'release'] }
    const merged = (base: string) => aPull({ ...into, pull: pullRequest({ state: 'merged', base }) })
    const status = { report: { body: { pull: { status: 'MERGED' } } } }
    expect(of('report', merged('release'))).toMatchObject([status])
    expect(of('report', merged('main'))).toEqual([])
    const [open] = of('report', aPull())
    if (open === undefined) throw new Error('nothing is told of an open one')
    const { key, body } = open.report
    const jira = [{ key, body, grade: { kind: 'reported' as const } }]
    const { updatedAt } = pullRequest()
    expect(of('report', { ...merged('main'), jira, now: updatedAt + 600_000 })).toEqual([])
    expect(of('report', { ...merged('main'), jira, now: updatedAt + 600_001 })).toMatchObject([status])
  })

  test('Q7 without a configuration, or into a base that is not gated, nothing is planned', () => {
    expect(planPull(aPull({ config: { kind: 'absent' } }))).toEqual([])
    expect(planPull(aPull({ pull: pullRequest({ base: 'feature' }) }))).toEqual([])
  })

  test('a pull request without an issue tells Jira nothing', () => {
    expect(of('report', aPull({ pull: pullRequest({ branch: 'gift-cards' }) }))).toEqual([])
  })

  test('reviewers are told with their newest word', () => {
    const [told] = of(
      'report',
      aPull(withReviews(review(), review({ id: 12, author: second, state: 'changes_requested' }))),
    )
    expect(told?.report.body).toMatchObject({
      pull: {
        reviewers: [
          { name: 'reviewer', approved: true },
          { name: 'second', approved: false },
        ],
      },
    })
  })

  test('who is asked for a review is told without one, and asked again counts as not approved', () => {
    const pull = pullRequest({ requested: [second, reviewer] })
    const [told] = of('report', aPull({ pull, ...withReviews(review()) }))
    expect(told?.report.body).toMatchObject({
      pull: {
        reviewers: [
          { name: 'reviewer', approved: false },
          { name: 'second', approved: false },
        ],
      },
    })
  })

  test('a build rises in phase and keeps its number; statuses are no builds', () => {
    const phases = (['queued', 'in_progress', 'failure'] as const).map((state) => {
      const builds = of(
        'report',
        aPull(withChecks(check(state), check('success', { kind: 'status', name: 'ci' }))),
      ).filter(({ report }) => report.body.kind === 'build')
      return builds.map(({ report }) => [
        report.key,
        report.sequence,
        report.body.kind === 'build' ? report.body.build.state : '',
      ])
    })
    expect(phases).toEqual([
      [['build:77:50:build:100', 1, 'pending']],
      [['build:77:50:build:100', 2, 'in_progress']],
      [['build:77:50:build:100', 3, 'failed']],
    ])
  })

  test('two pull requests with one head do not answer each other', () => {
    const one = aPull()
    const other = aPull({ pull: pullRequest({ number: 13 }), ...withReviews() })
    const after = apply({ ...one, others: [other] }, planPull({ ...one, others: [other] }))
    expect(of('post-check', { ...other, others: [one], posted: after.posted })).toEqual([])
  })

  test('an issue is remembered again after an hour, and only where it is good', () => {
    const verified = new Map([['SHOP-7', noon - 3_599_999]])
    const types = new Map([['SHOP-7', 'Story']])
    expect(of('remember-verified', aPull({ verified, types }))).toEqual([])
    expect(of('remember-verified', aPull({ verified, types, now: noon + 1 }))).toEqual([
      { kind: 'remember-verified', pull: 12, key: 'SHOP-7', at: noon + 1, type: 'Story' },
    ])
    expect(of('remember-verified', aPull({ verified, types: new Map([['SHOP-7', 'Bug']]) }))).toHaveLength(1)
    expect(
      of(
        'remember-verified',
        aPull({
          issues: new Map([
            ['SHOP-7', found({ key: 'SHOP-7', summary: '', status: 'Done', done: true, type: 'Bug', url: '' })],
          ]),
        }),
      ),
    ).toEqual([])
  })
})
