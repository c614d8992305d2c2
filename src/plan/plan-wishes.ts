import { parseCommand } from '../model/command.ts'
import type { Environment } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { PromotionReason } from '../model/promotion.ts'
import type { Command, Wish } from '../model/wish.ts'
import { judgePromotion } from '../rules/judge-promotion.ts'
import {
  alreadyLiveAnswer,
  helpAnswer,
  promotedAnswer,
  refusedAnswer,
  unknownCommandAnswer,
  waitingAnswer,
} from '../words/answers.ts'
import { deploy } from './plan-deployments.ts'
import type { LineView } from './plan-line.ts'

const stale = 15 * 60_000
const expiry = 7 * 24 * 3_600_000
const again = 30_000

type Unconfigured = { readonly line: LineSnapshot; readonly broken: string | null }

/** Obeys what people asked for, in the order they asked. Nothing is taken from a comment that was not read again. */
export function planWishes(view: LineView | Unconfigured): readonly Effect[] {
  const { line } = view
  const wishes = line.wishes.toSorted((a, b) => a.id - b.id)
  const busy = new Set<string>()
  return wishes.flatMap((wish) => planWish(view, wish, busy))
}

function planWish(view: LineView | Unconfigured, wish: Wish, busy: Set<string>): readonly Effect[] {
  const { line } = view
  const read = commandOf(wish, line)
  const eyes: readonly Effect[] = wish.state === 'asked' && read.kind !== 'gone' ? [react(wish, 'eyes')] : []
  switch (read.kind) {
    case 'unread':
      return [...eyes, { kind: 'look', ref: line.ref, at: line.now + again }]
    case 'gone':
      return [settle(wish, 'denied', null)]
    case 'refused':
      return [...eyes, ...refuse(view, wish, { command: null, reason: read.reason })]
    case 'command':
      return [...eyes, ...obey(view, wish, { command: read.command, busy })]
  }
}

type Read =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'refused'; readonly reason: PromotionReason }
  | { readonly kind: 'unread' }
  | { readonly kind: 'gone' }

function commandOf(wish: Wish, line: LineSnapshot): Read {
  if (wish.command !== null) return { kind: 'command', command: wish.command }
  const comment = line.comments.get(wish.commentId)
  if (comment === undefined || comment.kind === 'unknown') return { kind: 'unread' }
  if (comment.kind === 'absent' || comment.value.authorId !== wish.by.id) return { kind: 'gone' }
  if (comment.value.edited) return { kind: 'refused', reason: { kind: 'comment-edited' } }
  if (wish.heardAt - wish.writtenAt > stale) return { kind: 'refused', reason: { kind: 'comment-stale' } }
  const command = parseCommand(comment.value.body)
  return command === null ? { kind: 'gone' } : { kind: 'command', command }
}

type Obeying = { readonly command: Command; readonly busy: Set<string> }

function obey(view: LineView | Unconfigured, wish: Wish, { command, busy }: Obeying): readonly Effect[] {
  switch (command.kind) {
    case 'help':
      return [react(wish, 'rocket'), answer(wish, helpAnswer()), settle(wish, 'done', command)]
    case 'unknown':
      return [react(wish, '-1'), answer(wish, unknownCommandAnswer(command.word)), settle(wish, 'denied', command)]
    case 'promote': {
      if (!('history' in view)) {
        const reason: PromotionReason =
          view.broken === null ? { kind: 'not-configured' } : { kind: 'config-broken', path: view.broken }
        return refuse(view, wish, { command, reason })
      }
      return promote(view, wish, { command, busy })
    }
  }
}

type Promote = Extract<Command, { kind: 'promote' }>

function promote(
  view: LineView,
  wish: Wish,
  asked: { readonly command: Promote; readonly busy: Set<string> },
): readonly Effect[] {
  const { line, config, history } = view
  const { command, busy } = asked
  const carried = line.deployments.find((one) => one.claim?.wish === wish.id)
  const done = { version: carried?.tag ?? '', environment: command.environment, by: wish.by.login }
  if (carried !== undefined)
    return [react(wish, 'rocket'), answer(wish, promotedAnswer(done)), settle(wish, 'done', command)]
  const target = targetOf(view, wish, command)
  if (target.kind === 'refused') return refuse(view, wish, { command, reason: target.reason })
  const { environment, version } = target
  const outdated = outdatedBy(line, wish, command)
  if (outdated !== null) return refuse(view, wish, { command, reason: outdated })
  const promotion = judgePromotion({ config, line, history, environment, version, by: wish.by })
  const named = { version: version.tag, environment: environment.name }
  switch (promotion.kind) {
    case 'already-live':
      return [react(wish, 'rocket'), answer(wish, alreadyLiveAnswer(named)), settle(wish, 'done', command)]
    case 'denied':
      return refuse(view, wish, { command, reason: promotion.reason })
    case 'waits':
      return wait(view, wish, { command, words: waitingAnswer({ ...named, reason: promotion.reason }) })
    case 'approved': {
      if (busy.has(environment.name)) return []
      busy.add(environment.name)
      return deploy(view, promotion.approval, { environment, wish: wish.id })
    }
  }
}

type Target =
  | { readonly kind: 'target'; readonly environment: Environment; readonly version: Version }
  | { readonly kind: 'refused'; readonly reason: PromotionReason }

function targetOf({ config, history }: LineView, wish: Wish, command: Promote): Target {
  const stages = stagesOf(config)
  const environment = stages.find((stage) => stage.name === command.environment)
  if (environment === undefined) {
    const known = stages.map((stage) => stage.name)
    return { kind: 'refused', reason: { kind: 'environment-unknown', name: command.environment, known } }
  }
  if (command.version === null) {
    const version = history.versions.find((one) => one.changes.some((change) => change.pull?.number === wish.pull))
    if (version === undefined) return { kind: 'refused', reason: { kind: 'not-released', pull: wish.pull } }
    return { kind: 'target', environment, version }
  }
  const version = history.versions.find((one) => one.tag === command.version || one.version === command.version)
  if (version !== undefined) return { kind: 'target', environment, version }
  const known = history.versions.slice(-3).map((one) => one.tag)
  return { kind: 'refused', reason: { kind: 'version-unknown', version: command.version, known: known.toReversed() } }
}

/** A wish stays until carried out, denied, replaced by a newer one for that environment, or seven days old. */
function outdatedBy(line: LineSnapshot, wish: Wish, command: Promote): PromotionReason | null {
  if (line.now - wish.heardAt > expiry) return { kind: 'expired' }
  const newer = line.wishes.some((other) => {
    return (
      other.id > wish.id &&
      other.state === 'accepted' &&
      other.command?.kind === 'promote' &&
      other.command.environment === command.environment
    )
  })
  return newer ? { kind: 'replaced', environment: command.environment } : null
}

type Refusal = { readonly command: Command | null; readonly reason: PromotionReason }

function refuse(view: LineView | Unconfigured, wish: Wish, { command, reason }: Refusal): readonly Effect[] {
  const named = command?.kind === 'promote' ? command : null
  const entry = {
    key: `refuse:${wish.commentId}`,
    action: 'refuse' as const,
    actor: { id: wish.by.id, login: wish.by.login },
    subject: `${view.line.ref.branch}#${wish.pull}`,
    version: named?.version ?? null,
    sha: null,
    environment: named?.environment ?? null,
    reason: reason.kind,
    evidence: [`comment ${wish.commentId}`],
  }
  return [
    { kind: 'audit', entry },
    react(wish, '-1'),
    answer(wish, refusedAnswer(reason)),
    settle(wish, 'denied', command),
  ]
}

function wait(
  view: LineView,
  wish: Wish,
  what: { readonly command: Promote; readonly words: string },
): readonly Effect[] {
  const look: Effect = { kind: 'look', ref: view.line.ref, at: view.line.now + again }
  const kept = wish.state === 'accepted' ? [] : [settle(wish, 'accepted', what.command)]
  return [answer(wish, what.words), ...kept, look]
}

function react(wish: Wish, reaction: 'eyes' | 'rocket' | '-1'): Effect {
  return { kind: 'react', wish: wish.id, commentId: wish.commentId, reaction }
}

function answer(wish: Wish, body: string): Effect {
  return { kind: 'answer-wish', wish: wish.id, pull: wish.pull, body }
}

function settle(wish: Wish, state: Wish['state'], command: Command | null): Effect {
  return { kind: 'settle-wish', wish: wish.id, state, command }
}
