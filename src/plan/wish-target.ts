import type { Environment } from '../model/config-schema.ts'
import { stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { askedBefore, type Wish } from '../model/wish.ts'
import { operatorAllowed } from '../rules/operator-allowed.ts'
import { promoterAllowed } from '../rules/promoter-allowed.ts'
import type { LineView } from './plan-line.ts'

export type Refused = { readonly kind: 'refused'; readonly reason: PromotionReason }

/** The stage a command names. */
export function environmentNamed(
  { config }: LineView,
  name: string,
): { readonly kind: 'environment'; readonly environment: Environment } | Refused {
  const stages = stagesOf(config)
  const environment = stages.find((stage) => stage.name === name)
  if (environment !== undefined) return { kind: 'environment', environment }
  const known = stages.map((stage) => stage.name)
  const kind = config.environments.some((one) => one.name === name) ? 'environment-rush' : 'environment-unknown'
  return { kind: 'refused', reason: { kind, name, known } }
}

/** The version a command names by tag or number; without a name, the one that carries the comment's pull request. */
export function versionNamed(
  { history }: LineView,
  wish: Wish,
  name: string | null,
): { readonly kind: 'version'; readonly version: Version } | Refused {
  if (name === null) {
    const carrying = history.versions.find((one) => one.changes.some((change) => change.pull?.number === wish.pull))
    if (carrying !== undefined) return { kind: 'version', version: carrying }
    return { kind: 'refused', reason: { kind: 'not-released', pull: wish.pull } }
  }
  const version = history.versions.find((one) => one.tag === name || one.version === name)
  if (version !== undefined) return { kind: 'version', version }
  const known = history.versions.slice(-3).map((one) => one.tag)
  return { kind: 'refused', reason: { kind: 'version-unknown', version: name, known: known.toReversed() } }
}

const expiry = 7 * 24 * 3_600_000

/**
 * A wish stays until carried out, denied, replaced by a newer one for that environment, or seven days old. One by somebody
 * of whom it is not known that they may ask replaces nothing.
 */
export function outdatedBy(line: LineSnapshot, wish: Wish, environment: Environment): PromotionReason | null {
  if (line.now - wish.heardAt > expiry) return { kind: 'expired' }
  const newer = line.wishes.some((other) => {
    return askedBefore(wish, other) < 0 && other.state === 'accepted' && mayMove(line, other, environment)
  })
  return newer ? { kind: 'replaced', environment: environment.name } : null
}

function mayMove(line: LineSnapshot, { command, by }: Wish, environment: Environment): boolean {
  if (command === null || !('environment' in command) || command.environment !== environment.name) return false
  if (command.kind === 'promote') {
    return promoterAllowed({ environment, line, by, emergency: command.emergency }).kind === 'passes'
  }
  const moves = command.kind === 'rollback' || command.kind === 'retry'
  return moves && operatorAllowed({ environment, line, by }).kind === 'passes'
}
