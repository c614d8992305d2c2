import type { LineSnapshot } from '../../src/model/line.ts'
import { settle } from './settle.ts'

/** What is deployed until the line comes to rest, as `v0.1.0 to staging`. */
export function ordersOf(line: LineSnapshot): readonly string[] {
  return settle(line).made.flatMap((effect) => {
    return effect.kind === 'create-deployment' ? [`${effect.claim.tag} to ${effect.claim.environment}`] : []
  })
}
