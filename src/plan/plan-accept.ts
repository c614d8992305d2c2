import type { AuditEntry } from '../model/audit-entry.ts'
import { decidedOf } from '../model/decision.ts'
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
  const stages = stagesOf(config)
  const named = stages.filter((environment) => environment.promoters !== undefined)
  const answers = (named.length > 0 ? named : stages).map((environment) => {
    return { environment, answer: acceptorAllowed({ line, environment, version, by: wish.by }) }
  })
  const passed = answers.flatMap(({ environment, answer }) => (answer.kind === 'passes' ? [environment.name] : []))
  const unnamed = stages.filter((environment) => !named.includes(environment)).map(({ name }) => name)
  const wanted = passed.length === 0 ? [] : [...new Set([...unnamed, ...passed])]
  const accepted = decidedOf(line.decisions, 'accept', version.sha)
  const done = accepted.flatMap((one) => (one.wish === wish.id ? [one.what.environment] : []))
  // A pass that died between two of them leaves the others to this one.
  const missing = wanted.filter((environment) => !done.includes(environment))
  if (missing.length > 0) return accept(view, wish, { command, version, environments: missing })
  if (done.length > 0) {
    return fulfil(wish, command, acceptedAnswer({ version: version.tag, environments: done, by: wish.by.login }))
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
