import { describe, expect, it } from 'vitest'
import { configChanges } from '../../src/model/config-changes.ts'
import { type Config, configSchema } from '../../src/model/config-schema.ts'

function config(change: object): Config {
  return configSchema.parse({ version: 1, issues: { projects: ['SHOP'] }, ...change })
}

function effects(from: object, to: object): readonly string[] {
  return configChanges(config(from), config(to), 'main').map((one) => `${one.effect} ${one.key}`)
}

const staging = { name: 'staging', type: 'staging', deploy: 'auto' }
const live = { name: 'live', type: 'production', promoters: ['@acme/analysts'], soak: '30m', checks: ['e2e'] }

describe('Q10 what a change does to the policy', () => {
  it.each([
    ['mode', { mode: 'enforce' }, { mode: 'report' }],
    ['policy-owners', { 'policy-owners': ['chief'] }, {}],
    ['policy-owners', { 'policy-owners': ['chief'] }, { 'policy-owners': ['chief', 'guest'] }],
    ['issues.verify', {}, { issues: { projects: ['SHOP'], verify: false } }],
    ['issues.projects', {}, { issues: { projects: ['SHOP', 'OTHER'] } }],
    ['issues.statuses', { issues: { projects: ['SHOP'], statuses: ['Open'] } }, {}],
    ['branches.exempt', {}, { branches: { exempt: ['dependabot/**', 'renovate/**', 'bots/**'] } }],
    ['merge.into', { merge: { into: ['main', 'release/1'] } }, {}],
    ['merge.approvals', {}, { merge: { approvals: 0 } }],
    ['merge.approvers', { merge: { approvers: ['@acme/reviewers'] } }, { merge: { approvers: 'write-access' } }],
    ['merge.approvers', { merge: { approvers: ['@acme/reviewers'] } }, { merge: { approvers: ['@acme/all'] } }],
    ['merge.checks', {}, { merge: { checks: ['build'] } }],
    ['merge.checks', {}, { merge: { checks: 'required' } }],
    ['merge.checks', { merge: { checks: ['build', 'lint'] } }, { merge: { checks: ['build'] } }],
    ['merge.checks', { merge: { checks: ['build'] } }, { merge: { checks: [] } }],
    ['merge.ignore-checks', {}, { merge: { 'ignore-checks': ['*'] } }],
    ['merge.settle', { merge: { settle: '1m' } }, { merge: { settle: '30s' } }],
    ['merge.overriders', {}, { merge: { overriders: ['chief'] } }],
    ['release.checks', { release: {} }, { release: { checks: [] } }],
    ['environments.staging', { environments: [staging, live] }, { environments: [live] }],
    ['environments', { environments: [staging, live] }, { environments: [live, staging] }],
    ['environments.live.soak', { environments: [live] }, { environments: [{ ...live, soak: '10m' }] }],
    ['environments.live.checks', { environments: [live] }, { environments: [{ ...live, checks: [] }] }],
    ['environments.live.deploy', { environments: [live] }, { environments: [{ ...live, deploy: 'auto' }] }],
    [
      'environments.live.promoters',
      { environments: [live] },
      { environments: [{ ...live, promoters: 'write-access' }] },
    ],
  ])('%s loosens one way, and not the other', (key, from, to) => {
    expect(effects(from, to)).toEqual([`loosens ${key}`])
    expect(effects(to, from).filter((effect) => effect.startsWith('loosens') && key !== 'environments')).toEqual(
      key === 'merge.approvers' && JSON.stringify(to).includes('@acme/all') ? [`loosens ${key}`] : [],
    )
  })

  it('stricter values are no loosening, and what can’t be compared is only a change', () => {
    expect(effects({}, { merge: { approvals: 2, approvers: ['chief'], neutral: 'block' } })).toEqual([
      'tightens merge.approvals',
      'tightens merge.approvers',
      'tightens merge.neutral',
    ])
    expect(effects({}, { release: {}, jira: { comment: false } })).toEqual(['changes jira.comment', 'changes release'])
    expect(effects({ merge: { checks: ['build'] } }, { merge: { checks: 'all' } })).toEqual(['changes merge.checks'])
    expect(effects({}, { merge: { into: ['main'] } })).toEqual([])
    expect(effects({ environments: [staging] }, { environments: [staging, live] })).toEqual([
      'changes environments.live',
    ])
    expect(configChanges(config({}), config({ merge: { approvals: 2 } }), 'main')).toEqual([
      { key: 'merge.approvals', from: '1', to: '2', effect: 'tightens' },
    ])
  })
})
