import type { Config } from '../model/config-schema.ts'
import { versionClaim } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { LineSnapshot } from '../model/line.ts'

/**
 * The first pass over a line with this database. Where Waybill has released or deployed before, an earlier database is
 * lost, and with it holds and rejections: every environment is held until somebody looks.
 */
export function planBeginning(line: LineSnapshot, config: Config): readonly Effect[] {
  if (line.decisions.some(({ what }) => what.kind === 'begin')) return []
  const decided = { wish: null, by: null }
  const begin: Effect = { kind: 'decide', decision: { ...decided, key: 'begin', what: { kind: 'begin' } } }
  if (!line.sealedBefore && !line.deployments.some((one) => versionClaim(one) !== null)) return [begin]
  const holds = stagesOf(config).map(({ name }): Effect => {
    const what = { kind: 'hold', environment: name, why: 'memory-lost', reason: '' } as const
    return { kind: 'decide', decision: { ...decided, key: `hold:${name}:memory-lost`, what } }
  })
  return [...holds, begin]
}
