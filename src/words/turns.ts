import { code, inert } from './inert.ts'

type Turn = {
  readonly version: string
  readonly environment: string
  /** Users, and teams as `@org/team`. */
  readonly people: readonly string[]
}

/** The comments that call somebody: the only ones of Waybill's that mention anybody. */
export function readyTurn({ version, environment, people }: Turn): string {
  return `${mentions(people)}: ${code(version)} is ready for ${code(environment)}. Whoever of you wrote none of it comments ${code(`/waybill promote ${environment}`)}.`
}

export function failedTurn({ version, environment, people, said }: Turn & { readonly said: string }): string {
  const cause = said === '' ? '' : ` (${inert(said)})`
  return `${mentions(people)}: the deployment of ${code(version)} to ${code(environment)} failed${cause}. Nothing is tried again by itself: comment ${code(`/waybill retry ${environment}`)}, ${code(`/waybill rollback ${environment} REASON`)}, or merge a repair.`
}

export function rolledBackTurn(turn: Turn & { readonly reason: string; readonly by: string | null }): string {
  const by = turn.by === null ? '' : ` by ${inert(turn.by)}`
  return `${mentions(turn.people)}: ${code(turn.version)}, which carries this change, was taken out of ${code(turn.environment)}${by}: ${inert(turn.reason)}. It does not return; the version that carries the repair may go there.`
}

/** Names of the configuration and of GitHub's accounts hold nothing that Markdown knows. */
function mentions(people: readonly string[]): string {
  return people
    .map((name) => `@${name.replace(/^@/, '')}`)
    .filter((name) => /^@[A-Za-z0-9][\w.-]*(\/[\w.-]+)?$/.test(name))
    .join(' ')
}
