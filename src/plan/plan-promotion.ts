import { decidedOf } from '../model/decision.ts'
import type { Effect } from '../model/effect.ts'
import { runningIn } from '../model/environments.ts'
import { askedIn, type Wish } from '../model/wish.ts'
import { judgePromotion } from '../rules/judge-promotion.ts'
import type { PromotionFacts } from '../rules/promotion-facts.ts'
import { mayPromote, signersOf } from '../rules/signed-off.ts'
import { alreadyLiveAnswer, promotedAnswer, waitingAnswer } from '../words/answers.ts'
import { deploy } from './deploy.ts'
import { liftHold } from './lift-hold.ts'
import type { LineView } from './plan-line.ts'
import { signOff } from './plan-sign-off.ts'
import type { CommandOf, Obeying } from './plan-wishes.ts'
import { fulfil, keepWaiting, refuse } from './wish-effects.ts'
import { environmentNamed, outdatedBy, versionNamed } from './wish-target.ts'

/** Carries a wish to promote out, refuses it, or says what it waits for. */
export function promote(
  view: LineView,
  wish: Wish,
  { command, busy }: Obeying<CommandOf<'promote'>>,
): readonly Effect[] {
  const { line, config, history } = view
  const carried = line.deployments.find((one) => one.claim?.wish === wish.id)
  const done = { version: carried?.tag ?? '', environment: command.environment, by: wish.by.login }
  if (carried !== undefined) return fulfil(wish, command, promotedAnswer(done))
  const place = environmentNamed(view, command.environment)
  if (place.kind === 'refused') return refuse(line, wish, { command, reason: place.reason })
  const target = versionNamed(view, wish, command.version)
  if (target.kind === 'refused') return refuse(line, wish, { command, reason: target.reason })
  const { environment, version } = { ...place, ...target }
  const running = runningIn(line.deployments, environment.name)
  if (running !== null && running.sha === version.sha) {
    const by = running.claim?.by?.login ?? wish.by.login
    return fulfil(wish, command, promotedAnswer({ ...done, version: version.tag, by }))
  }
  const outdated = outdatedBy(line, wish, environment)
  if (outdated !== null) return refuse(line, wish, { command, reason: outdated })
  const facts = { config, line, history, environment, version, by: wish.by, emergency: command.emergency }
  const promotion = judgePromotion(facts)
  const named = { version: version.tag, environment: environment.name }
  switch (promotion.kind) {
    case 'already-live':
      return fulfil(wish, command, alreadyLiveAnswer(named))
    case 'denied':
      return refuse(line, wish, { command, reason: promotion.reason })
    case 'waits': {
      const words = waitingAnswer({ ...named, reason: promotion.reason })
      return [
        ...ownSignOff(view, wish, facts),
        ...keepWaiting(line, wish, { command, words, reason: promotion.reason }),
      ]
    }
    case 'approved': {
      if (busy.has(environment.name)) return []
      busy.add(environment.name)
      const lifting = { environment: environment.name, sha: version.sha, by: wish.by, promotion: `wish:${wish.id}` }
      return [...liftHold(view, lifting), ...deploy(view, promotion.approval, orderOf(wish, facts))]
    }
  }
}

function orderOf(wish: Wish, facts: PromotionFacts) {
  const { environment, emergency } = facts
  const signers = signersOf(facts).filter((signer) => mayPromote({ ...facts, by: signer }).kind === 'passes')
  const said = `promoted by ${wish.by.login}`
  return {
    environment,
    wish: wish.id,
    as: 'promotion',
    retries: null,
    actor: { id: wish.by.id, login: wish.by.login },
    action: 'promote',
    reason: emergency === null ? said : `${said} in an emergency: ${emergency}`,
    evidence: [askedIn(wish), ...signers.map(({ id, login }) => `signed off by ${login} (${id})`)],
  } as const
}

/** Where several must agree, the asker's word is kept, whoever of them asks last. */
function ownSignOff(view: LineView, wish: Wish, facts: PromotionFacts): readonly Effect[] {
  const { environment, version, by } = facts
  if (environment['sign-offs'] <= 1 || mayPromote(facts).kind !== 'passes') return []
  const known = decidedOf(view.line.decisions, 'sign-off', version.sha).some((one) => {
    return one.by?.id === by?.id && one.what.environment === environment.name
  })
  return known ? [] : signOff(view, wish, { environment: environment.name, version })
}
