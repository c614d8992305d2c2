import type { Deployment } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import type { Wish } from '../model/wish.ts'
import { judgeRollback } from '../rules/judge-promotion.ts'
import { rollbackWaitsAnswer, rolledBackAnswer } from '../words/answers.ts'
import { deploy } from './deploy.ts'
import type { LineView } from './plan-line.ts'
import type { CommandOf, Obeying } from './plan-wishes.ts'
import { fulfil, keepWaiting, refuse } from './wish-effects.ts'
import { environmentNamed, outdatedBy } from './wish-target.ts'

/** Brings the last good version back. The bad one is rejected and the environment held before anything is deployed. */
export function planRollback(
  view: LineView,
  wish: Wish,
  { command, busy }: Obeying<CommandOf<'rollback'>>,
): readonly Effect[] {
  const { line, config } = view
  const carried = line.deployments.find((one) => one.claim?.wish === wish.id)
  if (carried !== undefined) {
    const rejected = line.decisions.flatMap(({ wish: of, what }) => {
      return of === wish.id && what.kind === 'reject' ? [what.version] : []
    })
    const done = { version: carried.tag ?? '', environment: command.environment, by: wish.by.login }
    return fulfil(wish, command, rolledBackAnswer({ ...done, rejected: rejected[0] ?? '' }))
  }
  const place = environmentNamed(view, command.environment)
  if (place.kind === 'refused') return refuse(line, wish, { command, reason: place.reason })
  const { environment } = place
  const outdated = outdatedBy(line, wish, environment)
  if (outdated !== null) return refuse(line, wish, { command, reason: outdated })
  const rollback = judgeRollback({ config, line, environment, by: wish.by, wanted: command.version })
  switch (rollback.kind) {
    case 'denied':
      return refuse(line, wish, { command, reason: rollback.reason })
    case 'waits': {
      const named = { version: command.version, environment: environment.name }
      const words = rollbackWaitsAnswer({ ...named, reason: rollback.reason })
      return keepWaiting(line, wish, { command, words, reason: rollback.reason })
    }
    case 'approved': {
      if (busy.has(environment.name)) return []
      busy.add(environment.name)
      const order = {
        environment,
        wish: wish.id,
        as: 'rollback',
        retries: null,
        actor: { id: wish.by.id, login: wish.by.login },
        action: 'rollback',
        reason: `rolled back by ${wish.by.login}: ${command.reason}`,
        evidence: [`comment ${wish.commentId}`, `takes away ${shownVersion(rollback.bad)} (${rollback.bad.sha})`],
      } as const
      return [...reject(wish, command, rollback.bad), ...deploy(view, rollback.approval, order)]
    }
  }
}

function reject(wish: Wish, { environment, reason }: CommandOf<'rollback'>, bad: Deployment): readonly Effect[] {
  const decided = { wish: wish.id, by: { id: wish.by.id, login: wish.by.login } }
  const version = shownVersion(bad)
  return [
    {
      kind: 'decide',
      decision: {
        ...decided,
        key: `reject:${environment}:${bad.sha}`,
        what: { kind: 'reject', environment, version, sha: bad.sha, reason },
      },
    },
    {
      kind: 'decide',
      decision: {
        ...decided,
        key: `hold:${environment}:wish:${wish.id}`,
        what: { kind: 'hold', environment, why: 'rolled-back', reason },
      },
    },
  ]
}

function shownVersion({ tag, sha }: Deployment): string {
  return tag ?? sha.slice(0, 7)
}
