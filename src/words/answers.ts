import type { Verb } from '../model/command.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { commandTable, usageOf } from './command-help.ts'
import { code, inert } from './inert.ts'
import { explainPromotion } from './promotion-reasons.ts'

export function helpAnswer(): string {
  return `What Waybill understands:\n\n${commandTable()}`
}

export function unknownCommandAnswer(word: string): string {
  return `There is no command ${code(word)}. What Waybill understands:\n\n${commandTable()}`
}

export function incompleteCommandAnswer(verb: Verb): string {
  return `That is not all ${code(verb)} needs. It is written ${code(usageOf(verb))}.`
}

export function recheckAnswer(): string {
  return `Looked at again. ${code('waybill/gate')} says how this pull request stands; it changes where the answer does.`
}

export function promotedAnswer(what: {
  readonly version: string
  readonly environment: string
  readonly by: string
}): string {
  return `${code(what.version)} goes to ${code(what.environment)}, as ${inert(what.by)} asked. The comment above follows it.`
}

export function alreadyLiveAnswer(what: { readonly version: string; readonly environment: string }): string {
  return `${code(what.version)} is live in ${code(what.environment)} already: there is nothing to do.`
}

export function waitingAnswer(what: {
  readonly version: string
  readonly environment: string
  readonly reason: PromotionReason
}): string {
  const { cause, who, next } = explainPromotion(what.reason)
  return `Noted: ${code(what.version)} for ${code(what.environment)}. It waits.\n\n${cause}\n\n**Who can resolve it:** ${who}\n**Next:** ${next}`
}

export function refusedAnswer(reason: PromotionReason): string {
  const { cause, who, next } = explainPromotion(reason)
  return `Refused. ${cause}\n\n**Who can resolve it:** ${who}\n**Next:** ${next}`
}
