import { decidedFor, decidedOf } from '../model/decision.ts'
import type { Effect } from '../model/effect.ts'
import { liveIn } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { Wish } from '../model/wish.ts'
import { notRejected } from '../rules/not-rejected.ts'
import { mayPromote } from '../rules/signed-off.ts'
import { alreadyLiveAnswer, signedOffAnswer, waitingAnswer } from '../words/answers.ts'
import type { LineView } from './plan-line.ts'
import type { CommandOf, Obeying } from './plan-wishes.ts'
import { auditOf, fulfil, keepWaiting, refuse } from './wish-effects.ts'
import { environmentNamed, versionNamed } from './wish-target.ts'

/** Writes a promoter's word down. The promotion it belongs to goes on by itself when there are enough. */
export function planSignOff(
  view: LineView,
  wish: Wish,
  { command }: Pick<Obeying<CommandOf<'sign-off'>>, 'command'>,
): readonly Effect[] {
  const { line, config, history } = view
  const place = environmentNamed(view, command.environment)
  if (place.kind === 'refused') return refuse(line, wish, { command, reason: place.reason })
  const target = versionNamed(view, wish, command.version)
  if (target.kind === 'refused') return refuse(line, wish, { command, reason: target.reason })
  const { environment, version } = { ...place, ...target }
  const named = { version: version.tag, environment: environment.name }
  const given = decidedOf(line.decisions, 'sign-off', version.sha).filter((one) => {
    return one.what.environment === environment.name
  })
  if (decidedFor(line.decisions, wish.id) !== null || given.some((one) => one.by?.id === wish.by.id)) {
    const by = [...new Set(given.flatMap((one) => one.by?.login ?? []))]
    return fulfil(wish, command, signedOffAnswer({ ...named, by, wanted: environment['sign-offs'] }))
  }
  const facts = { config, line, history, environment, version, by: wish.by, emergency: null }
  if (liveIn(line.deployments, environment.name)?.sha === version.sha) {
    return fulfil(wish, command, alreadyLiveAnswer(named))
  }
  const rejected = notRejected(facts)
  if (rejected.kind === 'denies') return refuse(line, wish, { command, reason: rejected.reason })
  const may = mayPromote(facts)
  switch (may.kind) {
    case 'denies':
      return refuse(line, wish, { command, reason: may.reason })
    case 'waits':
      return keepWaiting(line, wish, { command, words: waitingAnswer({ ...named, ...may }), reason: may.reason })
    case 'passes':
      return signOff(view, wish, { environment: environment.name, version })
  }
}

/** One promoter's word for one version there, on the record. */
export function signOff(
  { line }: LineView,
  wish: Wish,
  { environment, version }: { readonly environment: string; readonly version: Version },
): readonly Effect[] {
  const by = { id: wish.by.id, login: wish.by.login }
  const key = `sign-off:${environment}:${version.sha}:${by.id}`
  const named = { version: version.tag, sha: version.sha, environment }
  const what = { kind: 'sign-off', ...named, reason: '' } as const
  const entry = { ...auditOf(line, wish, null), ...named, key, action: 'sign-off', reason: 'agrees' } as const
  return [
    { kind: 'audit', entry },
    { kind: 'decide', decision: { key, wish: wish.id, by, what } },
  ]
}
