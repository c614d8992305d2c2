import type { PullBeside } from '../model/line.ts'
import type { PromotionReason } from '../model/promotion.ts'
import type { Views } from '../model/views.ts'
import { fitting } from './fitting.ts'
import { code, inert } from './inert.ts'
import { isPlainLink, link } from './link.ts'
import { explainPromotion } from './promotion-reasons.ts'
import { somebodyOf } from './somebody-of.ts'
import { utcTime } from './utc-time.ts'
import { viewWords } from './view-words.ts'

/** What would ship from a pull request. */
export type Shipping =
  | {
      readonly kind: 'version'
      readonly version: string
      readonly url: string
      /** Where it goes next. */
      readonly environment: string
      /** All versions that would go there with it. */
      readonly versions: readonly string[]
      /** False: what is live there is further back than the line was read. */
      readonly whole: boolean
      readonly issues: readonly string[]
      readonly writers: readonly string[]
      /** Commits whose author nobody knows. */
      readonly strangers: number
      /** Where to look at it before. */
      readonly place: string | null
      /** Its newest deployment there is under way, or came to a bad end. */
      readonly tried: 'running' | 'ended' | null
      readonly missing: PromotionReason | null
      /** What is missing will not come by itself: it does not go there as it is. */
      readonly denied: boolean
      /** Null where policy deploys. */
      readonly promoters: string | null
    }
  | { readonly kind: 'arrived'; readonly version: string; readonly url: string }
  | { readonly kind: 'unreleased'; readonly pull: number; readonly branch: string }
  | {
      readonly kind: 'pull'
      readonly pull: number
      readonly state: PullBeside['state']
      readonly branch: string
      readonly head: string
      readonly author: string | null
      readonly issues: readonly string[]
      readonly gate: PullBeside['gate']
      /** Every rush box, and the pull request that has it. */
      readonly boxes: readonly Box[]
      readonly isFork: boolean
    }
  | { readonly kind: 'unread'; readonly pull: number; readonly cause: string }

type Box = {
  readonly environment: string
  readonly by: number | null
  /** ms, UTC; null while a branch is being deployed there, or nobody has it. */
  readonly until: number | null
  /** Where to look, as the one who deployed it said. */
  readonly place: string | null
}

/** The answer to `/waybill status`, in GitHub Markdown. */
export function statusAnswer(shipping: Shipping, views: Views): string {
  return fitting([shippingWords(shipping), viewWords(views)].join('\n\n'))
}

function shippingWords(shipping: Shipping): string {
  switch (shipping.kind) {
    case 'version':
      return versionWords(shipping)
    case 'arrived':
      return `${link(inert(shipping.version), shipping.url)} is live everywhere. Nothing of it is left to ship.`
    case 'unreleased':
      return `#${shipping.pull} is merged and has no version yet: it gets one, or travels with the next, when the checks on ${code(shipping.branch)} are green.`
    case 'pull':
      return pullWords(shipping)
    case 'unread':
      return `#${shipping.pull} could not be read: ${inert(shipping.cause)}.`
  }
}

function versionWords(shipping: Extract<Shipping, { kind: 'version' }>): string {
  const { version, url, environment, versions, whole, issues, writers, strangers, place, denied, promoters } = shipping
  const strange = strangers === 0 ? '' : ` and ${strangers} ${strangers === 1 ? 'commit' : 'commits'} of nobody known`
  const bring = whole ? versions.map(code).join(', ') : `more than was read, up to ${code(version)}`
  return [
    `**${link(inert(version), url)} ${denied ? 'does not go to' : 'goes to'} ${code(environment)}${denied ? '' : ' next'}.**`,
    '',
    `- **Would ship:** ${bring}`,
    `- **Issues:** ${issues.length === 0 ? 'none is named' : issues.map(inert).join(', ')}`,
    `- **Written by:** ${writers.map(inert).join(', ') || 'nobody known'}${strange}`,
    `- **Look at it:** ${place !== null && isPlainLink(place) ? place : 'nobody named a place'}`,
    `- **Missing:** ${missingWords(shipping)}`,
    ...(promoters === null || denied
      ? []
      : [
          promoters === 'nobody'
            ? `- **Next:** nobody may promote to ${code(environment)}: the configuration names nobody`
            : `- **Next:** ${somebodyOf(promoters)} who wrote none of it: ${code(`/waybill promote ${environment}`)}`,
        ]),
  ].join('\n')
}

function missingWords({ missing, promoters, tried, environment }: Extract<Shipping, { kind: 'version' }>): string {
  if (tried === 'running') return 'nothing; it is on its way'
  if (tried === 'ended' && missing === null) {
    return `its last deployment there failed: ${code(`/waybill retry ${environment}`)} deploys it again`
  }
  if (missing === null) return promoters === null ? 'nothing; it goes by itself' : 'only the word of a promoter'
  const { cause, who, next } = explainPromotion(missing)
  return `${cause} ${next} (${who})`
}

function pullWords(shipping: Extract<Shipping, { kind: 'pull' }>): string {
  const { pull, state, branch, head, author, issues, gate, boxes } = shipping
  const next = state === 'open' ? (gate?.next ?? null) : null
  return [
    `**#${pull} is ${state === 'open' ? 'not merged yet' : state}; it has no version.**`,
    '',
    `- **Issues:** ${issues.length === 0 ? 'none is named' : issues.map(inert).join(', ')}`,
    `- **Branch:** ${code(branch)} at ${code(head.slice(0, 7))}, opened by ${author === null ? 'a deleted account' : inert(author)}`,
    `- **Look at it:** ${boxes.length === 0 ? 'there is no rush box' : boxes.map((box) => boxWords(box, shipping)).join('; ')}`,
    `- **Gate:** ${gateWords(gate)}`,
    // Our own words, as the check on the head says them.
    ...(next === null ? [] : [`- **Next:** ${next}`]),
  ].join('\n')
}

function boxWords(
  { environment, by, until, place }: Box,
  { pull, state, isFork }: Pick<Extract<Shipping, { kind: 'pull' }>, 'pull' | 'state' | 'isFork'>,
): string {
  const time = until === null ? 'on its way' : `until ${utcTime(until)}`
  if (by === pull) return `${code(environment)} (${time})${place !== null && isPlainLink(place) ? `: ${place}` : ''}`
  if (by !== null) return `#${by} has ${code(environment)}${until === null ? '' : ` until ${utcTime(until)}`}`
  if (isFork) return 'nowhere: what comes from a fork goes to no rush box'
  const how = state === 'open' ? `: ${code(`/waybill deploy ${environment}`)}` : ''
  return `nowhere yet; ${code(environment)} is free${how}`
}

function gateWords(gate: PullBeside['gate']): string {
  if (gate === null) return 'not answered yet'
  const mark = gate.conclusion === 'success' ? '✅' : gate.conclusion === null ? '🕐' : '❌'
  return `${mark} ${inert(gate.title)}`
}
