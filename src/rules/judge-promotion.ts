import type { Account } from '../model/account.ts'
import type { Approved } from '../model/approved.ts'
import { type Deployment, hasSucceeded, isSettled, versionClaim } from '../model/deployment.ts'
import { deploymentsIn } from '../model/deployments-in.ts'
import { isAnsweredFor, liveIn } from '../model/environments.ts'
import type { Promotion, PromotionAnswer, PromotionReason } from '../model/promotion.ts'
import { environmentChecks } from './environment-checks.ts'
import { environmentFree } from './environment-free.ts'
import { everyChangeWasJudged } from './every-change-was-judged.ts'
import { hasSoaked } from './has-soaked.ts'
import { liveHasSoaked } from './live-has-soaked.ts'
import { newerThanLive } from './newer-than-live.ts'
import { noFreeze } from './no-freeze.ts'
import { notHeld } from './not-held.ts'
import { notRejected } from './not-rejected.ts'
import { operatorAllowed } from './operator-allowed.ts'
import { promoterAllowed } from './promoter-allowed.ts'
import { promoterIsNoImplementer } from './promoter-is-no-implementer.ts'
import type { PromotionFacts } from './promotion-facts.ts'
import { rollbackTarget } from './rollback-target.ts'
import { signedOff } from './signed-off.ts'
import { stagedFirst } from './staged-first.ts'
import { tagStands, tagsStand } from './tags-stand.ts'

type Rule = (facts: PromotionFacts) => PromotionAnswer

/** Who asks. */
const personRules: readonly Rule[] = [promoterIsNoImplementer, promoterAllowed]

/** The version and the environment, whoever asks. */
const versionRules: readonly Rule[] = [
  tagsStand,
  notRejected,
  newerThanLive,
  stagedFirst,
  everyChangeWasJudged,
  environmentChecks,
  hasSoaked,
  noFreeze,
  notHeld,
  liveHasSoaked,
]

/** All promotion rules in the order their reasons are given. A new rule is one line here. */
const promotionRules: readonly Rule[] = [...personRules, ...versionRules, signedOff, environmentFree]

/** May this version go there now? One denial denies, else one wait waits, else it is approved; nothing else approves. */
export function judgePromotion(facts: PromotionFacts): Promotion {
  if (liveIn(facts.line.deployments, facts.environment.name)?.sha === facts.version.sha) return { kind: 'already-live' }
  return judge(promotionRules, facts)
}

/** What a retry comes to. */
export type Retry =
  | { readonly kind: 'approved'; readonly approval: Approved; readonly failed: Deployment }
  | { readonly kind: 'waits' | 'denied'; readonly reason: PromotionReason }

/**
 * May what failed last be deployed once more? Whoever promoted it still answers for it; a rollback needs no more. What
 * others deployed past Waybill, or policy before it was left to people, nobody answers for: that somebody has to promote.
 */
export function judgeRetry(
  facts: Pick<PromotionFacts, 'config' | 'line' | 'history' | 'environment'> & { readonly by: Account },
): Retry {
  const { environment, line, history } = facts
  const failed = deploymentsIn(line.deployments, environment.name)[0] ?? null
  const claim = failed === null ? null : versionClaim(failed)
  const tag = claim?.tag ?? failed?.tag ?? null
  if (failed === null || tag === null || hasSucceeded(failed) || !isSettled(failed)) {
    return { kind: 'denied', reason: { kind: 'nothing-failed', environment: environment.name, version: tag } }
  }
  const known = history.versions.find((one) => one.tag === tag)
  const isRollback = claim?.as === 'rollback'
  if (known === undefined && !isRollback) {
    const newest = history.versions.slice(-3).map((one) => one.tag)
    return { kind: 'denied', reason: { kind: 'version-unknown', version: tag, known: newest.toReversed() } }
  }
  const version = known ?? { tag, version: tag, sha: failed.sha, changes: [] }
  if (!isAnsweredFor(failed, environment)) {
    return { kind: 'denied', reason: { kind: 'nobody-promoted', environment: environment.name, version: tag } }
  }
  const rules = isRollback
    ? [operatorAllowed, (on: PromotionFacts) => tagStands(on, tag), notRejected, environmentFree]
    : [operatorAllowed, ...versionRules, environmentFree]
  const judged = judge(rules, { ...facts, version, emergency: null })
  if (judged.kind !== 'approved') return judged
  return { kind: 'approved', approval: approve({ environment, version, by: claim?.by ?? null }), failed }
}

/** What a rollback comes to. */
export type Rollback =
  | { readonly kind: 'approved'; readonly approval: Approved; readonly bad: Deployment }
  | { readonly kind: 'waits' | 'denied'; readonly reason: PromotionReason }

/** May the last good version, or the one named, return? Order, soak, freeze and holds don't matter. */
export function judgeRollback(
  facts: Pick<PromotionFacts, 'config' | 'line' | 'environment'> & {
    readonly by: Account
    /** The version asked for. */
    readonly wanted: string | null
  },
): Rollback {
  const { config, environment, line, by, wanted } = facts
  const pattern = config.release?.tag ?? 'v{version}'
  const target = rollbackTarget({ environment: environment.name, line, wanted, pattern })
  const answers = [operatorAllowed(facts), environmentFree(facts)]
  const denial = answers.find((answer) => answer.kind === 'denies')
  if (denial !== undefined) return { kind: 'denied', reason: denial.reason }
  if (target.kind === 'none') return { kind: 'denied', reason: target.reason }
  const wait = answers.find((answer) => answer.kind === 'waits')
  if (wait !== undefined) return { kind: 'waits', reason: wait.reason }
  const stands = tagStands(facts, target.good.tag)
  if (stands.kind !== 'passes') return { kind: 'denied', reason: stands.reason }
  return { kind: 'approved', approval: approve({ environment, version: target.good, by }), bad: target.bad }
}

/** What stands against a version somewhere, whoever asks. */
export function openReasons(facts: PromotionFacts): readonly PromotionReason[] {
  const answers = versionRules.map((rule) => rule(facts))
  const denials = answers.filter((answer) => answer.kind === 'denies')
  return [...denials, ...answers.filter((answer) => answer.kind === 'waits')].map((answer) => answer.reason)
}

/** What rules a deployment breaks that somebody made past them. Membership is not among them: it was not read. */
export function brokenRules(facts: PromotionFacts): readonly PromotionReason[] {
  const answers = [promoterIsNoImplementer, ...versionRules].map((rule) => rule(facts))
  return answers.flatMap((answer) => (answer.kind === 'passes' ? [] : [answer.reason]))
}

function judge(rules: readonly Rule[], facts: PromotionFacts): Exclude<Promotion, { kind: 'already-live' }> {
  const answers = rules.map((rule) => rule(facts))
  const denial = answers.find((answer) => answer.kind === 'denies')
  if (denial !== undefined) return { kind: 'denied', reason: denial.reason }
  const wait = answers.find((answer) => answer.kind === 'waits')
  if (wait !== undefined) return { kind: 'waits', reason: wait.reason }
  return { kind: 'approved', approval: approve(facts) }
}

type Approving = {
  readonly environment: { readonly name: string }
  readonly version: { readonly tag: string; readonly sha: string }
  readonly by: { readonly id: number; readonly login: string } | null
}

function approve({ environment, version, by }: Approving): Approved {
  const approval = {
    environment: environment.name,
    version: version.tag,
    sha: version.sha,
    by: by === null ? null : { id: by.id, login: by.login },
  }
  // The one place where a proof is made: the brand exists in types only.
  return approval as Approved
}
