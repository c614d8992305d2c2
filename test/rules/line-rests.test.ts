import { expect, it } from 'vitest'
import type { LineSnapshot } from '../../src/model/line.ts'
import { unknown } from '../../src/model/lookup.ts'
import { lineRests } from '../../src/rules/line-rests.ts'
import { configured, deployed, lineOf, merge, released, versionIn } from '../line-world.ts'

const staged = deployed(1, versionIn('staging', 2), 'success')
const unfinished: LineSnapshot['unfinished'][number] = {
  key: 'build:100:7:build:1',
  issueKeys: ['SHOP-1'],
  repository: { id: 100, fullName: 'acme/shop', url: 'https://github.example/acme/shop' },
  build: {
    ...{ pipeline: '100:7:build', number: 1, name: 'build', url: 'https://ci.example/1', state: 'in_progress' },
    ...{ sha: 'a', branch: 'main', at: 0, tests: null },
  },
}

/** Two versions, the newest of them in staging. */
function line(change: Partial<LineSnapshot> = {}): LineSnapshot {
  return lineOf([merge(1, 'success'), merge(2, 'success')], { ...released(1, 2), deployments: [staged], ...change })
}

it('F20: a line rests when everything on it is published, and the newest version is wherever it goes by itself', () => {
  expect(lineRests(line())).toBe(true)
  expect(lineRests(line({ deployments: [deployed(2, versionIn('production', 1), 'failure'), staged] }))).toBe(true)
})

it.each<[string, Partial<LineSnapshot>]>([
  ['a change without a version', released(1)],
  ['a version without its release', { released: ['v0.1.0'] }],
  ['an older version in staging', { deployments: [deployed(1, versionIn('staging', 1), 'success')] }],
  ['a deployment under way', { deployments: [deployed(2, versionIn('production', 2), 'in_progress'), staged] }],
  ['a deployment that failed', { deployments: [deployed(1, versionIn('staging', 2), 'failure')] }],
  ['builds that Jira was not told the end of', { unfinished: [unfinished] }],
  ['something that was refused', { refused: new Map([['tag', { cause: 'no', remedy: 'allow it' }]]) }],
  ['rules that could not be read', { required: unknown('GitHub is away') }],
  ['a rush box', configured({ environments: [{ name: 'rush', type: 'development', kind: 'rush', lease: '4h' }] })],
  ['a broken configuration', { config: { kind: 'absent' } }],
])('F20: a line with %s is looked at at every sweep', (_, change) => {
  expect(lineRests(line(change))).toBe(false)
})
