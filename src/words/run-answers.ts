import type { PromotionReason } from '../model/promotion.ts'
import type { RunVerdict } from '../model/run.ts'
import { code } from './inert.ts'
import { explainPromotion } from './promotion-reasons.ts'

/** GitHub takes 1,024 characters for a report on a deployment. */
const longest = 1024

type Of<K extends RunVerdict['kind']> = Extract<RunVerdict, { kind: K }>

/** What a job that may go on is told. */
export function runApproved({ version, because }: Of<'approved'>, environment: string): string {
  const there = `${code(version)} may go to ${code(environment)}`
  switch (because) {
    case 'judged':
      return `${there}: every rule of promotion is content.`
    case 'ordered':
      return `${there}: Waybill ordered this deployment.`
    case 'leased':
      return `${there}: its pull request holds the rush box.`
    case 'already-live':
      return `${there}: it is live there already.`
    case 'report-mode':
      return `${there}: this repository is in report mode, which holds nothing.`
  }
}

export function runWaits({ version, reason }: Of<'waits'>, environment: string): string {
  return fitting(`${code(version)} waits for ${code(environment)}.`, reason)
}

export function runRejected({ version, reason }: Of<'rejected'>, environment: string): string {
  return fitting(`Refused: ${code(version)} does not go to ${code(environment)}.`, reason)
}

function fitting(head: string, reason: PromotionReason): string {
  const { cause, who, next } = explainPromotion(reason)
  const tail = `\n\n**Who can resolve it:** ${who}\n**Next:** ${next}`
  const whole = `${head} ${cause}${tail}`
  if (whole.length <= longest) return whole
  const letters = [...`${head} ${cause}`]
  const room = Math.max(0, longest - tail.length - 1)
  const cut = letters
    .join('')
    .slice(0, room)
    .replace(/[\uD800-\uDBFF]$/, '')
  return `${cut}…${tail}`.slice(0, longest)
}
