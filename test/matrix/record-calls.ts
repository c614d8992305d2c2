import { drained } from './invariants.ts'
import type { Stage } from './open-stage.ts'
import { type Road, roads } from './roads.ts'
import { counting } from './too-dear.ts'

export type Recorded = {
  readonly road: Road
  readonly calls: readonly string[]
  /** How many calls it took, as `tooDear` counts them. */
  readonly cost: number
  /** Marks between effects that no road before came by. */
  readonly marks: readonly string[]
}

/** What a sweep calls by itself, whoever's life it is: `run-starts` has these. */
export const ofStarts =
  /access_tokens|\/installation|GET \/app$|POST \/app\/hook|GET \/app\/hook\/deliveries$|WaybillRefs|WaybillCommands|WaybillConfigured/

/** Plays each road once; each call and each mark belongs to the first that comes by it. */
export async function recordCalls(stage: Stage, played: readonly Road[] = roads): Promise<readonly Recorded[]> {
  const known = new Set<string>()
  const marked = new Set<string>()
  const recorded: Recorded[] = []
  stage.takeMarks()
  for (const [at, road] of played.entries()) {
    const name = `recorded-${at}`
    const people = await stage.repository(name, road.repository)
    await loseAnswers(stage, name, road)
    const before = await madeFor(stage, '')
    await road.play(people, `SHOP-${1 + (at % 9)}`, stage)
    // What is only left to be said has its calls and marks too.
    await drained(stage, people)
    const own = await madeFor(stage, name)
    const cost = counting(await requestsFor(stage, name)).length
    // A call that names no repository is this road's too: nothing else happens meanwhile.
    const nobodys = (await madeFor(stage, '')).slice(before.length)
    const calls = [...new Set([...own, ...nobodys])].filter((call) => !known.has(call) && !ofStarts.test(call))
    for (const call of calls) known.add(call)
    const marks = stage.takeMarks().filter((mark) => !marked.has(mark))
    for (const mark of marks) marked.add(mark)
    recorded.push({ road, calls: calls.toSorted(), cost, marks })
    leave(stage, name)
  }
  return recorded
}

/** What Waybill called about one repository, in order; about none where it is empty. */
export async function madeFor(stage: Pick<Stage, 'sandbox'>, repository: string): Promise<readonly string[]> {
  return (await requestsFor(stage, repository)).map((one) => one.call)
}

export type Request = { readonly call: string; readonly about: string }

/** The same, each with what it is about. */
export async function requestsFor(
  { sandbox }: Pick<Stage, 'sandbox'>,
  repository: string,
): Promise<readonly Request[]> {
  const answer = await fetch(`${sandbox.github.url}/_sandbox/requests?by=waybill&repository=${repository}`)
  return (await answer.json()) as readonly Request[]
}

export async function loseAnswers(stage: Stage, repository: string, { lost = [] }: Road): Promise<void> {
  for (const call of lost) await stage.order('faults', { call, fault: 'reset', phase: 'after', repository })
}

/** Its repository is archived: later sweeps need not look at all that were. */
export function leave({ sandbox }: Pick<Stage, 'sandbox'>, name: string): void {
  const repository = sandbox.github.state.repositories.find((one) => one.name === name)
  if (repository !== undefined) repository.archived = true
}
