import { expect, it } from 'vitest'
import { parseDefaults } from '../../src/model/config-defaults.ts'
import { originsOf } from '../../src/model/config-origins.ts'
import { parseConfig } from '../../src/model/parse-config.ts'

const file = (text: string) => ({ path: '.github/waybill.yml', text, sha: 'c0ffee' })

it('Q12 Q15 every value says who set it: the repository, the organisation, a lock, the operator, or nobody', () => {
  const organisation = parseDefaults(
    file('version: 1\nmerge: {approvals: 2, settle: 5m}\nlocked: [merge.approvals]\n'),
    'acme',
  )
  if (organisation.kind !== 'valid') throw new Error('broken')
  const { defaults } = organisation
  const read = parseConfig(
    file('version: 1\nissues: {projects: [SHOP]}\nmerge: {approvals: 1, neutral: block}\n'),
    defaults,
  )
  if (read.kind !== 'valid') throw new Error('broken')
  const own = { version: 1, issues: { projects: ['SHOP'] }, merge: { approvals: 1, neutral: 'block' } }
  const origins = originsOf({ ...read.config, mode: 'report' }, { own, defaults: defaults.value })
  const shown = origins.map(({ key, value, from }) => `${key} ${value} ${from}`)
  expect(shown).toEqual(
    expect.arrayContaining([
      'mode "report" operator',
      'issues.projects ["SHOP"] repository',
      'merge.approvals 2 locked',
      'merge.settle "5m" organisation',
      'merge.neutral "block" repository',
      'merge.skipped "pass" default',
      'environments [] default',
      'jira.transitions.merged null default',
    ]),
  )
})
