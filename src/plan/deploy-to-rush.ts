import type { AuditEntry } from '../model/audit-entry.ts'
import type { Environment } from '../model/config-schema.ts'
import { isBranchClaim } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import type { Leased } from '../model/leased.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { askedBefore, type Wish } from '../model/wish.ts'
import { judgeRush } from '../rules/judge-rush.ts'
import { mayWrite } from '../rules/may-write.ts'
import { rushAnswer, rushHereAnswer } from '../words/rush-answers.ts'
import type { LineView } from './plan-line.ts'
import { noBox, type RushAsked, rushBox, waitForRush } from './rush-wish.ts'
import { answer, react, refuse, settle } from './wish-effects.ts'

/** A wish stays until carried out, denied, replaced by a newer one, or so old (ms). */
const expiry = 7 * 24 * 3_600_000

/** Tries a pull request's head out, refuses to, or says what it waits for. */
export function deployToRush(view: LineView, wish: Wish, asked: RushAsked): readonly Effect[] {
  const { line, config } = view
  const { command, busy } = asked
  const named = { environment: command.environment, pull: wish.pull }
  if (line.deployments.some((one) => one.claim?.wish === wish.id)) {
    return [...react(wish, 'rocket'), answer(wish, rushAnswer(named)), settle(wish, 'done', command)]
  }
  const environment = rushBox(view, command)
  const outdated = environment === null ? noBox(view, command) : outdatedBy(view, wish, command)
  if (environment === null || outdated !== null) {
    return refuse(line, wish, { command, reason: outdated ?? noBox(view, command) })
  }
  const rush = judgeRush({ config, line, environment, pull: wish.pull, by: wish.by })
  switch (rush.kind) {
    case 'already-there':
      return [
        ...react(wish, 'rocket'),
        answer(wish, rushHereAnswer({ ...named, until: rush.until })),
        settle(wish, 'done', command),
      ]
    case 'denied':
      return refuse(line, wish, { command, reason: rush.reason })
    case 'waits':
      return waitForRush(view, wish, { command, reason: rush.reason })
    case 'leased':
      if (busy.has(environment.name)) return []
      busy.add(environment.name)
      return tryOut(view, wish, { environment, lease: rush.lease, branch: rush.branch })
  }
}

function tryOut(
  view: LineView,
  wish: Wish,
  order: { readonly environment: Environment; readonly lease: Leased; readonly branch: string },
): readonly Effect[] {
  const { line } = view
  const { environment, lease, branch } = order
  const { sha, pull, by } = lease
  const tries = line.deployments.filter((one) => one.environment === environment.name && one.sha === sha)
  const tried = tries.filter((one) => isBranchClaim(one.claim)).length
  const claim = { environment: environment.name, sha, attempt: tried + 1, pull, wish: wish.id, by }
  const entry: AuditEntry = {
    key: `rush:${claim.environment}:${sha}:${claim.attempt}:wish:${wish.id}`,
    action: 'rush',
    actor: by,
    subject: `${line.ref.branch}#${pull}`,
    version: null,
    sha,
    environment: environment.name,
    reason: `unmerged branch, tried out for ${environment.lease}`,
    evidence: [
      `comment ${wish.commentId}`,
      ...(line.config.kind === 'valid' ? [`configuration ${line.config.sha}`] : []),
    ],
  }
  const description = `#${pull} ${branch} tried out by ${by.login}, for ${environment.lease}`
  return [
    { kind: 'audit', entry },
    { kind: 'deploy-branch', claim, type: environment.type, description, lease },
  ]
}

function outdatedBy({ line }: LineView, wish: Wish, { environment }: RushAsked['command']): PromotionReason | null {
  if (line.now - wish.heardAt > expiry) return { kind: 'expired' }
  const newer = line.wishes.some((other) => {
    const { pull, state, command } = other
    const same = command?.kind === 'deploy' && command.environment === environment && pull === wish.pull
    return same && askedBefore(wish, other) < 0 && state === 'accepted' && mayWrite(line, other.by).kind === 'passes'
  })
  return newer ? { kind: 'replaced', environment } : null
}
