import type { Verb } from '../model/command.ts'
import type { Override } from '../model/override.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { commandTable, usageOf } from './command-help.ts'
import { listed } from './explained.ts'
import { code, inert } from './inert.ts'
import { explainPromotion } from './promotion-reasons.ts'

export function helpAnswer(): string {
  return understood()
}

export function unknownCommandAnswer(word: string): string {
  return `There is no command ${code(word)}. ${understood()}`
}

function understood(): string {
  return `What Waybill understands:\n\n${commandTable()}\n\nOne command a comment, and all of it in the comment's first line.`
}

export function incompleteCommandAnswer(verb: Verb): string {
  return `That is not all ${code(verb)} needs. It is written ${code(usageOf(verb))}, all in the comment's first line.`
}

export function recheckAnswer(): string {
  return `Looked at again. ${code('waybill/gate')} says how this pull request stands; it changes where the answer does. A pull request into a branch that ${code('merge.into')} does not name has no such check.`
}

export function overriddenAnswer({ sha, by, reason }: Override): string {
  return `${inert(by.login)} lets ${code(sha.slice(0, 7))} pass, whatever the gate still lacks: ${inert(reason)}. It holds for this commit only, and is in the audit log.`
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

/** `version`: null where the command names none. */
export function waitingAnswer(what: {
  readonly version: string | null
  readonly environment: string
  readonly reason: PromotionReason
}): string {
  const { cause, who, next } = explainPromotion(what.reason)
  const noted = what.version === null ? 'Noted for' : `Noted: ${code(what.version)} for`
  return `${noted} ${code(what.environment)}. It waits.\n\n${cause}\n\n**Who can resolve it:** ${who}\n**Next:** ${next}`
}

/** A rollback is about what is there when its turn comes, which may be newer than what the asker saw. */
export function rollbackWaitsAnswer(what: Parameters<typeof waitingAnswer>[0]): string {
  const words = waitingAnswer(what)
  if (what.reason.kind !== 'environment-busy') return words
  return `${words} What ${code(what.reason.version)} leaves there, live or failed, is then taken away and rejected.`
}

export function refusedAnswer(reason: PromotionReason): string {
  const { cause, who, next } = explainPromotion(reason)
  return `Refused. ${cause}\n\n**Who can resolve it:** ${who}\n**Next:** ${next}`
}

type Named = { readonly environment: string; readonly by: string }

/** `rejected`: the version that was taken away; empty where it had been rejected before. */
export function rolledBackAnswer(what: Named & { readonly version: string; readonly rejected: string }): string {
  const taken = what.rejected === '' ? '' : ` ${code(what.rejected)} is rejected there and in every later environment.`
  return `${code(what.version)} returns to ${code(what.environment)}, as ${inert(what.by)} asked.${taken} ${code(what.environment)} is held until a newer version is promoted by hand.`
}

export function retriedAnswer(what: Named & { readonly version: string }): string {
  return `${code(what.version)} goes to ${code(what.environment)} once more, as ${inert(what.by)} asked.`
}

export function heldAnswer(what: Named): string {
  return `${code(what.environment)} is held, as ${inert(what.by)} asked. Only a rollback passes until somebody comments ${code(`/waybill unhold ${what.environment}`)}.`
}

export function unheldAnswer(what: Named): string {
  return `${code(what.environment)} goes on, as ${inert(what.by)} asked.`
}

export function acceptedAnswer(what: {
  readonly version: string
  readonly environments: readonly string[]
  readonly by: string
}): string {
  return `${inert(what.by)} answers for ${code(what.version)}: it may go to ${listed(what.environments)} as far as the other rules let it. Who promotes it asks as always.`
}

export function signedOffAnswer(what: {
  readonly version: string
  readonly environment: string
  readonly by: readonly string[]
  readonly wanted: number
}): string {
  return `${listed(what.by)} agreed on ${code(what.version)} for ${code(what.environment)}; it asks for ${what.wanted}, the one who promotes included.`
}
