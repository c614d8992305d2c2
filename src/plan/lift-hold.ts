import { decidedOf, holdsOn } from '../model/decision.ts'
import type { Effect } from '../model/effect.ts'
import type { History } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'

/** A version that somebody promotes there, and what names the promotion. */
export type Lifting = {
  readonly environment: string
  readonly sha: string
  readonly by: { readonly id: number; readonly login: string }
  readonly promotion: string
}

/** What a rollback held goes on with a newer version than the ones it rejected. */
export function liftHold(
  { line, history }: { readonly line: Pick<LineSnapshot, 'decisions'>; readonly history: History },
  { environment, sha, by, promotion }: Lifting,
): readonly Effect[] {
  if (!holdsOn(line.decisions, environment).some(({ why }) => why === 'rolled-back')) return []
  const at = history.versions.findIndex((one) => one.sha === sha)
  const rejected = history.versions.findLastIndex((one) => {
    return decidedOf(line.decisions, 'reject', one.sha).some(({ what }) => what.environment === environment)
  })
  if (at < rejected) return []
  const what = { kind: 'unhold', environment, why: 'rolled-back' } as const
  const person = { id: by.id, login: by.login }
  // Of no wish of its own: that one is carried out by its deployment.
  return [{ kind: 'decide', decision: { key: `unhold:${environment}:${promotion}`, wish: null, by: person, what } }]
}
