import type { Effect } from '../model/effect.ts'
import { isLeftBehind, leaseOf } from '../model/lease.ts'
import { judgePromotion } from '../rules/judge-promotion.ts'
import { byPolicy, deploy } from './deploy.ts'
import type { LineView } from './plan-line.ts'

/** Where a lease is over the line's newest version goes back; where one lasts, the line is looked at when it ends. */
export function planRush(view: LineView, planned: readonly Effect[]): readonly Effect[] {
  const { line, config, history } = view
  const taken = planned.flatMap((effect) => (effect.kind === 'deploy-branch' ? [effect.claim.environment] : []))
  const boxes = config.environments.filter((one) => one.kind === 'rush' && !taken.includes(one.name))
  return boxes.flatMap((environment): readonly Effect[] => {
    const until = leaseOf(line, environment, line.now)?.until ?? null
    if (until !== null) return [{ kind: 'look', ref: line.ref, at: until }]
    const version = history.versions.findLast((one) => line.released.includes(one.tag))
    if (version === undefined || !isLeftBehind(line, environment, line.now)) return []
    const promotion = judgePromotion({ config, line, history, environment, version, by: null, emergency: null })
    return promotion.kind === 'approved' ? deploy(view, promotion.approval, byPolicy(environment)) : []
  })
}
