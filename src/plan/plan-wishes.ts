import { parseCommand } from '../model/command.ts'
import { decidedFor } from '../model/decision.ts'
import type { Effect } from '../model/effect.ts'
import type { LineSnapshot } from '../model/line.ts'
import { type Press, pressCounts, promoteIdentifier } from '../model/press.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { askedBefore, type Command, type Wish } from '../model/wish.ts'
import { helpAnswer, incompleteCommandAnswer, unknownCommandAnswer } from '../words/answers.ts'
import { afterDecisions } from './after-decisions.ts'
import { deployToRush } from './deploy-to-rush.ts'
import { freeRush } from './free-rush.ts'
import { planAccept } from './plan-accept.ts'
import { planHold } from './plan-hold.ts'
import type { LineView } from './plan-line.ts'
import { promote } from './plan-promotion.ts'
import { planRetry } from './plan-retry.ts'
import { planRollback } from './plan-rollback.ts'
import { planSignOff } from './plan-sign-off.ts'
import { planStatus } from './plan-status.ts'
import { recheck } from './recheck.ts'
import { answer, fulfil, handOver, react, refuse, settle } from './wish-effects.ts'

/** What is older when it is first read does not count: who asked looks elsewhere by now (ms). */
const stale = 15 * 60_000
/** What could not be read is looked at again the sooner the fresher it is, between these two (ms). */
const soonest = 2000
const latest = 30_000

/** A line on which nothing can be obeyed, and why. */
type Unconfigured = { readonly line: LineSnapshot; readonly why: PromotionReason }

/** Obeys what people asked for, in the order they asked, each after what the ones before it decided. Nothing is taken from a comment that was not read again. */
export function planWishes(view: LineView | Unconfigured): readonly Effect[] {
  const { line } = view
  const wishes = line.wishes.toSorted(askedBefore)
  const busy = new Set<string>()
  const planned: Effect[] = []
  for (const wish of wishes) planned.push(...planWish(afterDecisions(view, planned), wish, busy))
  return planned
}

function planWish(view: LineView | Unconfigured, wish: Wish, busy: Set<string>): readonly Effect[] {
  const { line } = view
  const read = commandOf(wish, view)
  const eyes: readonly Effect[] = wish.state === 'asked' && read.kind !== 'gone' ? react(wish, 'eyes') : []
  switch (read.kind) {
    case 'unread':
      return [...eyes, { kind: 'look', ref: line.ref, at: line.now + againAfter(line.now - wish.heardAt) }]
    case 'gone':
      return [settle(wish, 'denied', null)]
    case 'refused':
      return [...eyes, ...refuse(line, wish, { command: null, reason: read.reason })]
    case 'command':
      return [...eyes, ...obey(view, wish, { command: read.command, busy })]
  }
}

function againAfter(age: number): number {
  return Math.min(latest, Math.max(soonest, age / 2))
}

type Read =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'refused'; readonly reason: PromotionReason }
  | { readonly kind: 'unread' }
  | { readonly kind: 'gone' }

function commandOf(wish: Wish, view: LineView | Unconfigured): Read {
  const { line } = view
  if (wish.command !== null) return { kind: 'command', command: wish.command }
  if (wish.press !== null) return pressed(wish, wish.press, view)
  const comment = line.comments.get(wish.commentId)
  if (comment === undefined || comment.kind === 'unknown') return { kind: 'unread' }
  if (comment.kind === 'absent' || comment.value.authorId !== wish.by.id) return { kind: 'gone' }
  if (comment.value.edited) return { kind: 'refused', reason: { kind: 'comment-edited' } }
  if (line.now - wish.writtenAt > stale && !isBegun(wish, line))
    return { kind: 'refused', reason: { kind: 'comment-stale' } }
  const command = parseCommand(comment.value.body)
  return command === null ? { kind: 'gone' } : { kind: 'command', command }
}

/** An earlier pass read it in time and died before it could write that down. */
function isBegun({ id }: Wish, { deployments, decisions }: LineSnapshot): boolean {
  return deployments.some(({ claim }) => claim?.wish === id) || decidedFor(decisions, id) !== null
}

/** A press counts as GitHub's own record of it tells it: who pressed which button of which check, and when. */
function pressed(wish: Wish, press: Press, view: LineView | Unconfigured): Read {
  const seen = view.line.presses.get(wish.id)
  if (seen === undefined || seen.kind === 'unknown') return { kind: 'unread' }
  if (seen.kind === 'absent' || wish.pull === 0) return { kind: 'gone' }
  const { checkRun, sha, identifier, senderId, repositoryId, at } = seen.value
  const isSame = checkRun === press.checkRun && sha === press.sha && identifier === press.identifier
  if (!isSame || senderId !== wish.by.id || repositoryId !== wish.repositoryId) return { kind: 'gone' }
  if (view.line.now - at > pressCounts && !isBegun(wish, view.line))
    return { kind: 'refused', reason: { kind: 'press-stale' } }
  if (!('config' in view)) return { kind: 'refused', reason: view.why }
  const names = view.config.environments.map(({ name }) => name)
  const environment = names.find((name) => promoteIdentifier(name) === identifier)
  if (environment === undefined) {
    const reason = { kind: 'environment-unknown', name: identifier, known: names } as const
    return { kind: 'refused', reason }
  }
  return {
    kind: 'command',
    command: { kind: 'promote', environment, version: null, emergency: null },
  }
}

export type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>
/** `busy`: the environments that this plan deploys to already. */
export type Obeying<C extends Command> = { readonly command: C; readonly busy: Set<string> }

function obey(view: LineView | Unconfigured, wish: Wish, { command, busy }: Obeying<Command>): readonly Effect[] {
  switch (command.kind) {
    case 'help':
      return fulfil(wish, command, helpAnswer())
    case 'recheck':
      return recheck(view.line, wish)
    case 'unknown':
      return [...react(wish, '-1'), answer(wish, unknownCommandAnswer(command.word)), settle(wish, 'denied', command)]
    case 'incomplete':
      return [
        ...react(wish, '-1'),
        answer(wish, incompleteCommandAnswer(command.verb)),
        settle(wish, 'denied', command),
      ]
    case 'status':
      return 'history' in view ? planStatus(view, wish) : refuse(view.line, wish, { command, reason: view.why })
    case 'deploy':
    case 'free': {
      if (!('history' in view)) return refuse(view.line, wish, { command, reason: view.why })
      const obeyed = command.kind === 'deploy' ? deployToRush : freeRush
      return obeyed(view, wish, { command, busy })
    }
    case 'override':
      return 'history' in view
        ? handOver(view.line, wish, command)
        : refuse(view.line, wish, { command, reason: view.why })
    case 'promote':
    case 'sign-off':
    case 'accept':
    case 'rollback':
    case 'retry':
    case 'hold':
    case 'unhold':
      return 'history' in view
        ? obeyOnLine(view, wish, { command, busy })
        : refuse(view.line, wish, { command, reason: view.why })
  }
}

type LineCommand = CommandOf<'promote' | 'sign-off' | 'accept' | 'rollback' | 'retry' | 'hold' | 'unhold'>

function obeyOnLine(view: LineView, wish: Wish, { command, busy }: Obeying<LineCommand>): readonly Effect[] {
  switch (command.kind) {
    case 'promote':
      return promote(view, wish, { command, busy })
    case 'sign-off':
      return planSignOff(view, wish, { command })
    case 'accept':
      return planAccept(view, wish, { command })
    case 'rollback':
      return planRollback(view, wish, { command, busy })
    case 'retry':
      return planRetry(view, wish, { command, busy })
    case 'hold':
    case 'unhold':
      return planHold(view, wish, { command })
  }
}
