import type { AuditEntry } from '../model/audit-entry.ts'
import type { Environment } from '../model/config-schema.ts'
import { decidedFor, holdsOn } from '../model/decision.ts'
import type { Effect } from '../model/effect.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import type { Wish } from '../model/wish.ts'
import { holderAllowed } from '../rules/holder-allowed.ts'
import { operatorAllowed } from '../rules/operator-allowed.ts'
import { heldAnswer, unheldAnswer, waitingAnswer } from '../words/answers.ts'
import type { LineView } from './plan-line.ts'
import type { CommandOf, Obeying } from './plan-wishes.ts'
import { auditOf, fulfil, keepWaiting, refuse } from './wish-effects.ts'
import { environmentNamed } from './wish-target.ts'

/** Stops an environment, or lets it go on. */
export function planHold(
  view: LineView,
  wish: Wish,
  { command }: Pick<Obeying<CommandOf<'hold' | 'unhold'>>, 'command'>,
): readonly Effect[] {
  const { line } = view
  const place = environmentNamed(view, command.environment)
  if (place.kind === 'refused') return refuse(line, wish, { command, reason: place.reason })
  const { environment } = place
  if (decidedFor(line.decisions, wish.id) !== null) {
    const words = command.kind === 'hold' ? heldAnswer : unheldAnswer
    return fulfil(wish, command, words({ environment: environment.name, by: wish.by.login }))
  }
  if (command.kind === 'unhold' && holdsOn(line.decisions, environment.name).length === 0) {
    return refuse(line, wish, { command, reason: { kind: 'not-held', environment: environment.name } })
  }
  const may = mayDecide(view, wish, { command, environment })
  switch (may.kind) {
    case 'denies':
      return refuse(line, wish, { command, reason: may.reason })
    case 'waits': {
      const words = waitingAnswer({ version: null, environment: environment.name, ...may })
      return keepWaiting(line, wish, { command, words, reason: may.reason })
    }
    case 'passes':
      return decide(view, wish, command)
  }
}

function mayDecide(
  { config, line, history }: LineView,
  { by }: Wish,
  what: { readonly command: CommandOf<'hold' | 'unhold'>; readonly environment: Environment },
): PromotionAnswer {
  const { environment } = what
  return what.command.kind === 'hold'
    ? operatorAllowed({ environment, line, by })
    : holderAllowed({ config, line, history, environment, by })
}

function decide({ line }: LineView, wish: Wish, command: CommandOf<'hold' | 'unhold'>): readonly Effect[] {
  const { kind, environment } = command
  const by = { id: wish.by.id, login: wish.by.login }
  const reason = kind === 'hold' ? command.reason : 'goes on'
  const key = `${kind}:${environment}:wish:${wish.id}`
  const entry: AuditEntry = { ...auditOf(line, wish, command), key, action: kind, reason }
  const what =
    kind === 'hold'
      ? ({ kind, environment, why: 'asked', reason } as const)
      : ({ kind, environment, why: null } as const)
  return [
    { kind: 'audit', entry },
    { kind: 'decide', decision: { key, wish: wish.id, by, what } },
  ]
}
