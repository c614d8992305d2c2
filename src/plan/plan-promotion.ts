import type { Environment } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import { runningIn, stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { PromotionReason } from '../model/promotion.ts'
import type { Command, Wish } from '../model/wish.ts'
import { judgePromotion } from '../rules/judge-promotion.ts'
import { alreadyLiveAnswer, promotedAnswer, waitingAnswer } from '../words/answers.ts'
import { deploy } from './plan-deployments.ts'
import type { LineView } from './plan-line.ts'
import { answer, react, refuse, settle } from './wish-effects.ts'

const expiry = 7 * 24 * 3_600_000

/** A wish that can't be carried out yet is judged again after this (ms). */
const again = 30_000

export type Promote = Extract<Command, { kind: 'promote' }>

/** Carries a wish to promote out, refuses it, or says what it waits for. `busy`: environments this plan deploys to. */
export function promote(
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
  if (target.kind === 'refused') return refuse(line, wish, { command, reason: target.reason })
  const { environment, version } = target
  const running = runningIn(line.deployments, environment.name)
  if (running !== null && running.sha === version.sha) {
    const words = promotedAnswer({ ...done, version: version.tag, by: running.claim?.by?.login ?? wish.by.login })
    return [react(wish, 'rocket'), answer(wish, words), settle(wish, 'done', command)]
  }
  const outdated = outdatedBy(line, wish, command)
  if (outdated !== null) return refuse(line, wish, { command, reason: outdated })
  const promotion = judgePromotion({ config, line, history, environment, version, by: wish.by })
  const named = { version: version.tag, environment: environment.name }
  switch (promotion.kind) {
    case 'already-live':
      return [react(wish, 'rocket'), answer(wish, alreadyLiveAnswer(named)), settle(wish, 'done', command)]
    case 'denied':
      return refuse(line, wish, { command, reason: promotion.reason })
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

function wait(
  view: LineView,
  wish: Wish,
  what: { readonly command: Promote; readonly words: string },
): readonly Effect[] {
  const look: Effect = { kind: 'look', ref: view.line.ref, at: view.line.now + again }
  const kept = wish.state === 'accepted' ? [] : [settle(wish, 'accepted', what.command)]
  return [answer(wish, what.words), ...kept, look]
}
