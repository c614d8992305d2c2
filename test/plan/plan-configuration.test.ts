import { describe, expect, it } from 'vitest'
import type { ConfigBefore } from '../../src/model/config-before.ts'
import type { Effect } from '../../src/model/effect.ts'
import { planConfiguration } from '../../src/plan/plan-configuration.ts'
import { configured, lineOf, merge, shopConfig } from '../line-world.ts'

const wasInForce = (change: object = {}, mark = ''): ConfigBefore => ({
  kind: 'line',
  config: shopConfig(change),
  mark,
})

function told(effects: readonly Effect[]): readonly string[] {
  return effects.map((effect) => {
    switch (effect.kind) {
      case 'audit':
        return `${effect.entry.action}: ${effect.entry.reason}`
      case 'keep-config':
        return `look around the ${effect.among}; keep ${effect.config?.kind ?? 'nothing'}`
      default:
        return effect.kind
    }
  })
}

describe('a configuration that changed on its line', () => {
  it('is written down once, and everything it judges is looked at again', () => {
    const first = lineOf([merge(1, 'success')], { configBefore: null })
    expect(told(planConfiguration(first))).toEqual([
      'configure: a configuration is in force',
      'look around the repository; keep line',
    ])
    expect(planConfiguration(lineOf([merge(1, 'success')]))).toEqual([])
  })

  it('Q10 names what it loosens, key by key, with the pull request as evidence', () => {
    const line = lineOf([merge(1, 'success')], {
      ...configured({ merge: { approvals: 0, checks: [] } }),
      configBefore: wasInForce({ merge: { approvals: 2 } }),
    })
    const plan = planConfiguration(line)
    expect(told(plan)[0]).toBe(
      'configure: the configuration loosens merge.approvals from 2 to 0; merge.checks from "all" to []',
    )
    const [audit] = plan.flatMap((effect) => (effect.kind === 'audit' ? [effect.entry] : []))
    expect(audit?.evidence).toContain(line.commits[0]?.pull?.url)
    const tighter = lineOf([merge(1, 'success')], { ...configured({}), configBefore: wasInForce({ mode: 'report' }) })
    expect(told(planConfiguration(tighter))[0]).toContain('the configuration changes mode from "report" to "enforce"')
  })

  it('F74 that breaks stays in force: nothing is written down, and everybody is told', () => {
    const broken = configured({}).config
    if (broken.kind !== 'valid') throw new Error('not valid')
    const config = { ...broken, problems: [{ line: 1, path: 'mode', message: 'must be enforce or report' }] }
    const line = lineOf([merge(1, 'success')], { config, configBefore: wasInForce() })
    expect(told(planConfiguration(line))).toEqual(['look around the repository; keep line'])
  })

  it('Q17 F74 that was deleted is written down, and everybody is told', () => {
    const line = lineOf([merge(1, 'success')], { config: { kind: 'absent' }, configBefore: wasInForce() })
    expect(told(planConfiguration(line))).toEqual([
      'configure: the configuration was deleted from main: Waybill stops here',
      'look around the repository; keep nothing',
    ])
    expect(planConfiguration({ ...line, configBefore: null })).toEqual([])
  })

  it('Q12 of an organisation concerns the lines of its repositories', () => {
    const line = lineOf([], { config: { kind: 'absent' }, configBefore: null, defaultsFile: 'f1' })
    expect(told(planConfiguration(line))).toEqual(['look around the organisation; keep organisation'])
    expect(planConfiguration({ ...line, configBefore: { kind: 'organisation', mark: 'f1' } })).toEqual([])
  })

  it('that can’t be read, or never could, changes nothing', () => {
    expect(
      planConfiguration(lineOf([], { config: { kind: 'unknown', cause: '502' }, configBefore: wasInForce() })),
    ).toEqual([])
    const broken = { kind: 'broken', path: 'x', problems: [] } as const
    expect(planConfiguration(lineOf([], { config: broken, configBefore: null }))).toEqual([])
  })
})
