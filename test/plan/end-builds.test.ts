import { describe, expect, it } from 'vitest'
import type { LineSnapshot } from '../../src/model/line.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import type { UnfinishedBuild } from '../../src/model/report.ts'
import { planPull } from '../../src/plan/plan-pull.ts'
import { buildReport } from '../jira/reports.ts'
import { build, checksOf, lineOf, merge, sha } from '../line-world.ts'
import { aPull, check, head, pullRequest, withChecks } from '../rules/a-pull.ts'
import { settle } from './settle.ts'

function unfinished(commit: string, key = 'build:77:50:build:100'): readonly UnfinishedBuild[] {
  const { issueKeys, body } = buildReport({ number: 100, state: 'in_progress', sha: commit })
  return body.kind === 'build' ? [{ key, issueKeys, repository: body.repository, build: body.build }] : []
}

function onPull(snapshot: PullSnapshot): readonly string[] {
  return planPull(snapshot).flatMap((effect) => {
    return effect.kind === 'report' && effect.report.body.kind === 'build' ? [effect.report.body.build.state] : []
  })
}

function onLine(line: LineSnapshot): readonly string[] {
  return settle(line).said.flatMap((effect) => {
    if (effect.kind !== 'report' || effect.report.body.kind !== 'build') return []
    return [`${effect.report.body.build.sha}: ${effect.report.body.build.state}`]
  })
}

describe('a build that Jira takes for unfinished', () => {
  it('is given up when its head was replaced, and told as it is on the head that stands', () => {
    expect(onPull(aPull({ unfinished: unfinished('9'.repeat(40)), ...withChecks() }))).toEqual(['unknown'])
    const own = unfinished(head)
    expect(onPull(aPull({ unfinished: own, ...withChecks(check('in_progress')) }))).toEqual(['in_progress'])
  })

  it('is told to its end after the pull request is merged, and nothing else is', () => {
    const checks = withChecks(check('failure'), check('success', { id: 101 }))
    const merged = { pull: pullRequest({ state: 'merged' }), ...checks }
    expect(onPull(aPull({ unfinished: unfinished(head), ...merged }))).toEqual(['failed'])
    expect(onPull(aPull({ unfinished: unfinished('9'.repeat(40), 'build:77:50:build:99'), ...merged }))).toEqual([
      'unknown',
    ])
    expect(onPull(aPull(merged))).toEqual([])
  })

  it('of a merge is told to its end when newer versions followed, and given up where the line reaches it no more', () => {
    const late = { checks: checksOf(build('success'), { ...build('neutral', 'nightly'), id: 100 }) }
    const { line } = settle(lineOf([merge(1, 'success', late), merge(2, 'success')]))
    const states = onLine({ ...line, unfinished: unfinished(sha(1)) })
    expect(states.filter((one) => one.startsWith(sha(1)))).toEqual([`${sha(1)}: successful`, `${sha(1)}: successful`])
    expect(onLine(line).filter((one) => one.startsWith(sha(1)))).toEqual([])
    expect(onLine({ ...line, unfinished: unfinished('9'.repeat(40)) })).toContain(`${'9'.repeat(40)}: unknown`)
  })
})
