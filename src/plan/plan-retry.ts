import { versionClaim } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import type { Wish } from '../model/wish.ts'
import { judgeRetry } from '../rules/judge-promotion.ts'
import { retriedAnswer, waitingAnswer } from '../words/answers.ts'
import { deploy } from './deploy.ts'
import type { LineView } from './plan-line.ts'
import type { CommandOf, Obeying } from './plan-wishes.ts'
import { fulfil, keepWaiting, refuse } from './wish-effects.ts'
import { environmentNamed, outdatedBy } from './wish-target.ts'

/** Deploys once more what failed last in an environment, linked to the deployment that failed. */
export function planRetry(
  view: LineView,
  wish: Wish,
  { command, busy }: Obeying<CommandOf<'retry'>>,
): readonly Effect[] {
  const { line, config, history } = view
  const carried = line.deployments.find((one) => one.claim?.wish === wish.id)
  const done = { version: carried?.tag ?? '', environment: command.environment, by: wish.by.login }
  if (carried !== undefined) return fulfil(wish, command, retriedAnswer(done))
  const place = environmentNamed(view, command.environment)
  if (place.kind === 'refused') return refuse(line, wish, { command, reason: place.reason })
  const { environment } = place
  const outdated = outdatedBy(line, wish, environment)
  if (outdated !== null) return refuse(line, wish, { command, reason: outdated })
  const judged = judgeRetry({ config, line, history, environment, by: wish.by })
  switch (judged.kind) {
    case 'denied':
      return refuse(line, wish, { command, reason: judged.reason })
    case 'waits': {
      const words = waitingAnswer({ version: null, environment: environment.name, reason: judged.reason })
      return keepWaiting(line, wish, { command, words, reason: judged.reason })
    }
    case 'approved': {
      if (busy.has(environment.name)) return []
      busy.add(environment.name)
      const { failed, approval } = judged
      const order = {
        environment,
        wish: wish.id,
        as: versionClaim(failed)?.as ?? 'promotion',
        retries: versionClaim(failed)?.retries ?? failed.id,
        actor: { id: wish.by.id, login: wish.by.login },
        action: 'retry',
        reason: `tried again by ${wish.by.login}`,
        evidence: [`comment ${wish.commentId}`, `repeats deployment ${failed.id}`],
      } as const
      return deploy(view, approval, order)
    }
  }
}
