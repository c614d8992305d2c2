import type { AuditEntry } from '../model/audit-entry.ts'
import type { Effect } from '../model/effect.ts'
import { type Lease, leaseOf } from '../model/lease.ts'
import type { Wish } from '../model/wish.ts'
import { mayWrite } from '../rules/may-write.ts'
import { freedAnswer } from '../words/rush-answers.ts'
import type { LineView } from './plan-line.ts'
import { noBox, type RushAsked, rushBox, waitForRush } from './rush-wish.ts'
import { answer, react, refuse, settle } from './wish-effects.ts'

/** Ends a lease before its time. Whatever waits for the rush box, or the line, goes there next. */
export function freeRush(view: LineView, wish: Wish, { command }: RushAsked): readonly Effect[] {
  const { line } = view
  const environment = rushBox(view, command)
  if (environment === null) return refuse(line, wish, { command, reason: noBox(view, command) })
  const ended = line.deployments.some((one) => one.statuses.some((status) => status.description === endOf(wish)))
  if (ended) {
    return [...react(wish, 'rocket'), answer(wish, freedAnswer(environment.name)), settle(wish, 'done', command)]
  }
  const access = mayWrite(line, wish.by)
  if (access.kind === 'waits') return waitForRush(view, wish, { command, reason: access.reason })
  if (access.kind === 'denies') return refuse(line, wish, { command, reason: access.reason })
  const lease = leaseOf(line, environment, line.now)
  if (lease === null) {
    return refuse(line, wish, { command, reason: { kind: 'rush-free', environment: environment.name } })
  }
  if (lease.until !== null) return endLease(view, wish, lease)
  const version = lease.claim.sha.slice(0, 7)
  return waitForRush(view, wish, {
    command,
    reason: { kind: 'environment-busy', environment: environment.name, version },
  })
}

function endLease({ line }: LineView, wish: Wish, { deployment, claim }: Lease): readonly Effect[] {
  const entry: AuditEntry = {
    key: `rush-ended:${deployment.id}`,
    action: 'rush',
    actor: { id: wish.by.id, login: wish.by.login },
    subject: `${line.ref.branch}#${claim.pull}`,
    version: null,
    sha: claim.sha,
    environment: claim.environment,
    reason: 'lease ended before its time',
    evidence: [`comment ${wish.commentId}`],
  }
  return [
    { kind: 'audit', entry },
    { kind: 'set-status', deployment: deployment.id, state: 'inactive', after: 0, description: endOf(wish) },
  ]
}

/** How the inactive status names the comment that ended the lease: by it the wish is known to be carried out. */
function endOf(wish: Wish): string {
  return `given back by ${wish.by.login} in comment ${wish.commentId}`
}
