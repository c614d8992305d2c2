import { decidedFor, decidedOf } from '../model/decision.ts'
import type { AuditEntry } from '../model/audit-entry.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { Wish } from '../model/wish.ts'
import { acceptorAllowed } from '../rules/acceptor-allowed.ts'
import { acceptedAnswer, waitingAnswer } from '../words/answers.ts'
import type { LineView } from './plan-line.ts'
import type { CommandOf, Obeying } from './plan-wishes.ts'
import { auditOf, fulfil, keepWaiting, refuse } from './wish-effects.ts'
import { versionNamed } from './wish-target.ts'

/**
 * Takes the responsibility for what the gate did not judge, or whose author nobody knows: for every environment whose
 * promoter this person is now, and for those that name no promoters.
 */
export function planAccept(
  view: LineView,
  wish: Wish,
  { command }: Pick<Obeying<CommandOf<'accept'>>, 'command'>,
): readonly Effect[] {
  const { line, config } = view
  const target = versionNamed(view, wish, command.version)
  if (target.kind === 'refused') return refuse(line, wish, { command, reason: target.reason })
  const { version } = target
  if (decidedFor(line.decisions, wish.id) !== null) {
    const accepted = decidedOf(line.decisions, 'accept', version.sha)
    const environments = accepted.flatMap((one) => (one.wish === wish.id ? [one.what.environment] : []))
    return fulfil(wish, command, acceptedAnswer({ version: version.tag, environments, by: wish.by.login }))
  }
  const stages = stagesOf(config)
  const named = stages.filter((environment) => environment.promoters !== undefined)
  const answers = (named.length > 0 ? named : stages).map((environment) => {
    return { environment, answer: acceptorAllowed({ line, environment, version, by: wish.by }) }
  })
  const passed = answers.flatMap(({ environment, answer }) => (answer.kind === 'passes' ? [environment.name] : []))
  if (passed.length > 0) {
    const unnamed = stages.filter((environment) => !named.includes(environment)).map(({ name }) => name)
    return accept(view, wish, { command, version, environments: [...new Set([...unnamed, ...passed])] })
  }
  for (const { environment, answer } of answers) {
    if (answer.kind !== 'waits') continue
    const words = waitingAnswer({ version: version.tag, environment: environment.name, reason: answer.reason })
    return keepWaiting(line, wish, { command, words, reason: answer.reason })
  }
  const denial = answers.flatMap(({ answer }) => (answer.kind === 'denies' ? [answer.reason] : []))[0]
  const nowhere = { kind: 'environment-unknown', name: version.tag, known: [] } as const
  return refuse(line, wish, { command, reason: denial ?? nowhere })
}

type Accepting = {
  readonly command: CommandOf<'accept'>
  readonly version: Version
  readonly environments: readonly string[]
}

function accept({ line }: LineView, wish: Wish, { command, version, environments }: Accepting): readonly Effect[] {
  const { reason } = command
  const by = { id: wish.by.id, login: wish.by.login }
  const entry: AuditEntry = {
    ...auditOf(line, wish, command),
    key: `accept:${version.sha}:wish:${wish.id}`,
    action: 'accept',
    version: version.tag,
    sha: version.sha,
    reason,
  }
  return [
    { kind: 'audit', entry },
    ...environments.map((environment): Effect => {
      const what = { kind: 'accept', environment, version: version.tag, sha: version.sha, reason } as const
      const key = `accept:${environment}:${version.sha}:wish:${wish.id}`
      return { kind: 'decide', decision: { key, wish: wish.id, by, what } }
    }),
  ]
}
