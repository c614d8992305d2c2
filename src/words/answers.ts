import type { PromotionReason } from '../model/promotion.ts'
import { code, inert } from './inert.ts'
import { explainPromotion } from './promotion-reasons.ts'

/** What Waybill can be asked for in a comment. */
const commands = [
  '| comment | what it does | who may |',
  '| --- | --- | --- |',
  "| `/waybill promote ENVIRONMENT [VERSION]` | deploys a released version, without a name the one that carries this pull request | the environment's promoters who did not write it |",
  '| `/waybill help` | shows this table | everybody |',
].join('\n')

export function helpAnswer(): string {
  return `What Waybill understands:\n\n${commands}`
}

export function unknownCommandAnswer(word: string): string {
  const said = word === '' ? 'That names no command.' : `There is no command ${code(word)}.`
  return `${said} What Waybill understands:\n\n${commands}`
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
