import type { Environment } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import type { PromotionReason } from '../model/promotion.ts'
import type { Command, Wish } from '../model/wish.ts'
import { rushWaitingAnswer } from '../words/rush-answers.ts'
import type { LineView } from './plan-line.ts'
import { answer, settle } from './wish-effects.ts'

/** A wish that can't be carried out yet is judged again after this (ms), or when the lease in its way ends. */
const again = 30_000

/** A wish about a rush box. `busy`: environments that this plan deploys to already. */
export type RushAsked = { readonly command: Extract<Command, { kind: 'deploy' | 'free' }>; readonly busy: Set<string> }

/** The rush box that is named, or null. */
export function rushBox({ config }: LineView, { environment }: RushAsked['command']): Environment | null {
  return config.environments.find((one) => one.kind === 'rush' && one.name === environment) ?? null
}

export function noBox({ config }: LineView, { environment }: RushAsked['command']): PromotionReason {
  const known = config.environments.filter((one) => one.kind === 'rush').map((one) => one.name)
  return { kind: 'rush-unknown', name: environment, known }
}

/** Keeps the wish, says what is in its way, and looks again. */
export function waitForRush(
  { line }: LineView,
  wish: Wish,
  { command, reason }: { readonly command: RushAsked['command']; readonly reason: PromotionReason },
): readonly Effect[] {
  const until = reason.kind === 'rush-leased' ? reason.until : null
  const look: Effect = { kind: 'look', ref: line.ref, at: until ?? line.now + again }
  const kept = wish.state === 'accepted' ? [] : [settle(wish, 'accepted', command)]
  return [answer(wish, rushWaitingAnswer({ ...command, reason })), ...kept, look]
}
