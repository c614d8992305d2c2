import type { Effect } from '../model/effect.ts'
import type { LineSnapshot } from '../model/line.ts'

/**
 * A view as it is once what is planned was decided: a hold or a rejection counts for everything that comes after it in
 * the same plan, as if it had been written down long ago.
 */
export function afterDecisions<V extends { readonly line: LineSnapshot }>(view: V, planned: readonly Effect[]): V {
  const { decisions, now } = view.line
  const known = new Set(decisions.map(({ key }) => key))
  const fresh = planned.flatMap((effect) => {
    return effect.kind === 'decide' && !known.has(effect.decision.key) ? [{ ...effect.decision, at: now }] : []
  })
  return fresh.length === 0 ? view : { ...view, line: { ...view.line, decisions: [...decisions, ...fresh] } }
}
