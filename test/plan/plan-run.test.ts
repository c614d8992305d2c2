import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import { adopted } from '../../src/model/adopted.ts'
import type { Deployment, DeploymentState } from '../../src/model/deployment.ts'
import { fingerprint } from '../../src/model/fingerprint.ts'
import { historyOf } from '../../src/model/history.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { unknown } from '../../src/model/lookup.ts'
import type { RunFacts, RunSnapshot } from '../../src/model/run.ts'
import { planRun } from '../../src/plan/plan-run.ts'
import {
  analyst,
  begun,
  configured,
  deployed,
  developer,
  lineOf,
  merge,
  noon,
  released,
  repository,
  reviewer,
  sha,
  versionIn,
} from '../line-world.ts'

const actions: Account = { id: 41_898_282, login: 'github-actions', kind: 'bot' }
const hour = 3_600_000
const staged = deployed(1, versionIn('staging', 1), 'success')

/** The record that Actions makes for the job. */
function record(id: number, number: number, state: DeploymentState | null = null): Deployment {
  const there = deployed(id, { environment: 'production', tag: '', number }, state)
  return { ...there, tag: null, claim: null, creator: actions }
}

function line(change: Partial<LineSnapshot> = {}): LineSnapshot {
  const deployments = [record(9, 1), staged]
  return lineOf([merge(1, 'success'), merge(2, 'in_progress')], { ...released(1), deployments, ...change })
}

function asked(change: Partial<RunFacts> = {}, more: Partial<RunSnapshot> = {}): RunSnapshot {
  return {
    ref: { kind: 'run', repository, branch: 'main', runId: 500, environment: 'production' },
    run: {
      attempt: 1,
      headSha: sha(1),
      by: analyst,
      completed: false,
      url: 'https://github.example/acme/shop/actions/runs/500',
      startedAt: noon - 60_000,
      ...change,
    },
    line: line(),
    said: new Map(),
    now: noon,
    ...more,
  }
}

/** What the job is told: its state and the first line of the comment. */
function toldBy(snapshot: RunSnapshot): readonly string[] {
  return planRun(snapshot).flatMap((effect) => {
    return effect.kind === 'answer-run' ? [`${effect.state ?? 'report'}: ${effect.comment.split('\n')[0]}`] : []
  })
}

describe('E23: a job of GitHub Actions that asks for an environment', () => {
  it('goes on where a promoter who wrote none of it started it, on the record', () => {
    expect(toldBy(asked())).toEqual(['approved: `v0.1.0` may go to `production`: every rule of promotion is content.'])
    expect(planRun(asked())[0]).toMatchObject({
      kind: 'audit',
      entry: { key: 'run:500:1:production', action: 'promote', version: 'v0.1.0', actor: { login: 'analyst' } },
    })
  })

  it.each<[string, RunSnapshot, string]>([
    [
      'an implementer',
      asked({ by: developer }),
      'rejected: Refused: `v0.1.0` does not go to `production`. developer is',
    ],
    ['no promoter', asked({ by: reviewer }), 'reviewer is not one of those who may promote'],
    ['a bot', asked({ by: actions }), 'github-actions is not one of those who may promote'],
    ['nobody GitHub names', asked({ by: null }), 'is not one of those who may promote'],
  ])('is refused by the promotion rules when %s started it, in the same words', (_name, snapshot, words) => {
    const [told = ''] = toldBy(snapshot)
    expect(told).toContain('rejected: ')
    expect(told).toContain(words)
  })

  it.each<[string, RunSnapshot, string]>([
    ['a commit that is no version', asked({ headSha: sha(77) }), 'is no version of `main`'],
    [
      'staging failed',
      asked(
        {},
        {
          line: line({
            deployments: [{ ...staged, statuses: [] }].map((one) => ({
              ...one,
              statuses: [{ id: 1, state: 'failure', at: noon, description: '', url: null, by: null }],
            })),
          }),
        },
      ),
      'ended with `failure`',
    ],
    [
      'an environment nobody configured',
      asked({}, { ref: { ...asked().ref, environment: 'moon' } }),
      'There is no environment `moon`',
    ],
    ['no configuration', asked({}, { line: line({ config: { kind: 'absent' } }) }), 'has no Waybill configuration'],
    [
      'a broken configuration',
      asked({}, { line: line({ config: { kind: 'broken', path: 'w.yml', problems: [] } }) }),
      "can't be used",
    ],
  ])('is refused for %s', (_name, snapshot, words) => {
    const [told = ''] = toldBy(snapshot)
    expect(told).toContain('rejected: ')
    expect(told).toContain(words)
  })

  it('waits for what is under way, says so once, and looks again, seldomer with time', () => {
    const running = deployed(5, { environment: 'production', tag: 'v0.0.9', number: 9 }, 'in_progress')
    const busy = line({ deployments: [record(9, 1), running, staged] })
    const plan = planRun(asked({}, { line: busy }))
    expect(plan).toMatchInlineSnapshot(`
      [
        {
          "comment": "\`v0.1.0\` waits for \`production\`. \`v0.0.9\` is being deployed to \`production\` now.

      **Who can resolve it:** Nobody: this goes on by itself
      **Next:** Deployments to one environment go one at a time; this one is next when that ends.",
          "environment": "production",
          "key": "run:500:1:production:report:1",
          "kind": "answer-run",
          "runId": 500,
          "state": null,
        },
        {
          "at": 1767312030000,
          "kind": "look",
          "ref": {
            "branch": "main",
            "environment": "production",
            "kind": "run",
            "repository": {
              "id": 100,
              "installationId": 1,
              "name": "shop",
              "owner": "acme",
            },
            "runId": 500,
          },
        },
      ]
    `)
    const [report] = plan
    if (report?.kind !== 'answer-run') throw new Error('nothing was reported')
    const said = new Map([[report.key, fingerprint(report.comment)]])
    expect(planRun(asked({}, { line: busy, said })).map((effect) => effect.kind)).toEqual(['look'])
    const [look] = planRun(asked({ startedAt: noon - 3 * hour }, { line: busy, said }))
    expect(look).toMatchObject({ kind: 'look', at: noon + 600_000 })
    expect(toldBy(asked({ headSha: sha(2) }))[0]).toContain('has no version yet')
    const unread = line({ members: new Map([['@acme/analysts', unknown('GitHub answered 502')]]) })
    expect(toldBy(asked({}, { line: unread }))[0]).toMatch(/^report: /)
  })

  it('is never left hanging: after seven days no, and after an hour in which nothing could be read', () => {
    const running = deployed(5, { environment: 'production', tag: 'v0.0.9', number: 9 }, 'in_progress')
    const busy = line({ deployments: [record(9, 1), running, staged] })
    expect(toldBy(asked({ startedAt: noon - 7 * 24 * hour }, { line: busy }))[0]).toContain('rejected: ')
    const lost = { unread: 'GitHub answered 502' }
    expect(toldBy(asked({}, { line: lost }))[0]).toMatch(/^report: .*could not be judged: GitHub answered 502/)
    expect(toldBy(asked({ startedAt: noon - hour }, { line: lost }))[0]).toContain('rejected: ')
  })

  it('stays within what GitHub takes: ten reports, 1,024 characters each, and one answer', () => {
    const running = deployed(5, { environment: 'production', tag: `v${'9'.repeat(500)}`, number: 9 }, 'in_progress')
    const busy = line({ deployments: [record(9, 1), running, staged] })
    const keys = Array.from({ length: 9 }, (_, at) => [`run:500:1:production:report:${at + 1}`, `${at}`] as const)
    expect(toldBy(asked({}, { line: busy, said: new Map(keys) }))).toEqual([])
    expect(planRun(asked({}, { said: new Map([['run:500:1:production:answer', 'x']]) }))).toEqual([])
    expect(toldBy(asked({ attempt: 2 }, { said: new Map([['run:500:1:production:answer', 'x']]) }))).toHaveLength(1)
    expect(planRun(asked({ completed: true }))).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), fc.nat(hour), (text, age) => {
        const lost = asked({ startedAt: noon - age }, { line: { unread: text } })
        for (const effect of planRun(lost))
          if (effect.kind === 'answer-run') expect(effect.comment.length).toBeLessThanOrEqual(1024)
      }),
      { numRuns: 50 },
    )
  })

  it('goes on where Waybill itself ordered it, whoever the run says started it, and where it is live already', () => {
    const ordered = deployed(8, { environment: 'production', tag: 'v0.1.0', number: 1 }, null)
    const there = line({ deployments: [record(9, 1), ordered, staged] })
    expect(toldBy(asked({ by: developer }, { line: there }))[0]).toContain('approved: ')
    const live = line({ deployments: [record(9, 1), record(7, 1, 'success'), staged] })
    expect(toldBy(asked({}, { line: live }))[0]).toContain('is live there already')
    const auto = configured({ environments: [{ name: 'production', type: 'production', deploy: 'auto' }] })
    expect(toldBy(asked({ by: actions }, { line: line(auto) }))[0]).toContain('approved: ')
    expect(toldBy(asked({ by: actions }, { line: line(configured({ mode: 'report' })) }))[0]).toContain('report mode')
  })

  it("waits with what is live while people hold the environment; a rollback's hold is for policy only", () => {
    const held = (why: 'asked' | 'rolled-back') => {
      const what = { kind: 'hold', environment: 'production', why, reason: 'stock-taking' } as const
      const decisions = [begun, { key: 'h', wish: null, by: null, at: noon, what }]
      return line({ deployments: [record(9, 1), record(7, 1, 'success'), staged], decisions })
    }
    expect(toldBy(asked({}, { line: held('asked') }))[0]).toContain('report: `v0.1.0` waits')
    expect(toldBy(asked({}, { line: held('rolled-back') }))[0]).toContain('is live there already')
  })

  it('lifts what a rollback held with a newer version, as a comment does', () => {
    const [reject, hold] = [
      { kind: 'reject', environment: 'production', version: 'v0.1.0', sha: sha(1), reason: 'errors' },
      { kind: 'hold', environment: 'production', why: 'rolled-back', reason: 'errors' },
    ] as const
    const decided = [reject, hold].map((what) => ({ key: what.kind, wish: 5, by: reviewer, at: noon, what }))
    const there = lineOf([merge(1, 'success'), merge(2, 'success')], {
      ...released(1, 2),
      deployments: [record(9, 2), deployed(2, versionIn('staging', 2), 'success'), staged],
      decisions: [begun, ...decided],
    })
    const plan = planRun(asked({ headSha: sha(2) }, { line: there }))
    expect(plan.flatMap((effect) => (effect.kind === 'decide' ? [effect.decision] : []))).toMatchObject([
      { key: 'unhold:production:run:500:1:production', by: { login: 'analyst' }, what: { why: 'rolled-back' } },
    ])
    expect(planRun(asked()).some(({ kind }) => kind === 'decide')).toBe(false)
  })

  it("asks a rush box's lease, not the promotion rules", () => {
    const claim = {
      environment: 'production',
      sha: sha(7),
      attempt: 1,
      pull: 7,
      wish: 1,
      by: { id: 11, login: 'developer' },
    }
    const tried = { ...deployed(8, { environment: 'production', tag: '', number: 7 }, null), tag: null, claim }
    const box = configured({ environments: [{ name: 'production', type: 'development', kind: 'rush' }] })
    const leased = line({ ...box, deployments: [tried] })
    expect(toldBy(asked({ headSha: sha(7), by: actions }, { line: leased }))[0]).toContain('holds the rush box')
    expect(toldBy(asked({ by: actions }, { line: leased }))[0]).toContain('#7 has `production`')
  })
})

describe('the records that Actions makes', () => {
  const history = historyOf(line(), 'v{version}')

  it('speak for the deployment that Waybill ordered, and are versions by their commit elsewhere', () => {
    const ordered = deployed(8, { environment: 'production', tag: 'v0.1.0', number: 1 }, null)
    const both = adopted([record(9, 1, 'success'), ordered, staged], history)
    expect(both).toMatchObject([{ id: 8, tag: 'v0.1.0', statuses: [{ state: 'success' }] }, { id: 1 }])
    expect(adopted([record(9, 1, 'success'), staged], history)).toMatchObject([{ id: 9, tag: 'v0.1.0' }, { id: 1 }])
    expect(adopted([record(9, 77, 'success')], history)).toMatchObject([{ id: 9, tag: null }])
  })

  it('stay apart from what was reported on directly, or came before', () => {
    const reported = deployed(8, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'in_progress')
    expect(adopted([record(9, 1), reported], history)).toHaveLength(2)
    const later = deployed(10, { environment: 'production', tag: 'v0.1.0', number: 1 }, null)
    expect(adopted([later, record(9, 1, 'success')], history)).toHaveLength(2)
  })
})
