import type { Reason } from '../model/reason.ts'
import { couldNotBeRead } from './could-not-be-read.ts'

const byItself: ReadonlySet<Reason['kind']> = new Set<Reason['kind']>([
  'checks-settling',
  'mergeable-unknown',
  'line-unknown',
])

/** Whether a wait may end without a person: what runs comes to its end, and what could not be read is asked for again. */
export function resolvesItself(reason: Reason): boolean {
  if (reason.kind === 'checks-pending') return reason.silence === null || reason.silence.causes.length === 0
  if (reason.kind === 'nothing-reported') return reason.silence.causes.length === 0
  return couldNotBeRead(reason) || byItself.has(reason.kind)
}
