import { allCases, type Case, grouped, lineOf, type Only, pick } from './cases.ts'
import { heldUpBesides } from './held-up.ts'
import { brokenInvariants, undelivered } from './invariants.ts'
import type { Stage } from './open-stage.ts'
import { leave, loseAnswers, type Recorded, requestsFor } from './record-calls.ts'
import { tooDear } from './too-dear.ts'

export type MatrixOptions = Only & {
  /** Which part of all cases: `seed` picks the same ones each time. */
  readonly share: number
  readonly seed: number
  /** Lives at a time on each stage, and cases in one life. */
  readonly lives: number
  readonly together: number
  readonly report: (line: string) => void
}

/** What came of one case: whether its call came and went wrong, and what did not hold after its life. */
export type Outcome = Case & { readonly struck: boolean; readonly broken: readonly string[]; readonly calls: number }

type InRoad = Case & Pick<Recorded, 'road' | 'cost'>

/** How long limits last (s): longer ones would only be waited for. Whoever hangs does so until Waybill waits no more. */
export function secondsOf(fault: string): number {
  return fault === 'hang' ? 60 : 1
}

/**
 * Plays lives, each with a few of the cases in it, and looks at the invariants after each. A limit of GitHub's holds up
 * every life on its stage.
 */
export async function runMatrix(
  stages: readonly Stage[],
  recorded: readonly Recorded[],
  options: MatrixOptions,
): Promise<readonly Outcome[]> {
  const cases: readonly InRoad[] = recorded.flatMap(({ road, cost, calls }) =>
    allCases(calls, options).map((one) => ({ ...one, road, cost })),
  )
  const picked = pick(cases, options)
  const roads = [...new Set(picked.map((one) => one.road))]
  const groups = roads.flatMap((road) => {
    return grouped(
      picked.filter((one) => one.road === road),
      options.together,
    )
  })
  options.report(`${picked.length} cases in ${groups.length} lives`)
  const outcomes: Outcome[] = []
  const work = async (stage: Stage) => {
    for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
      const lived = await liveThrough(stage, group)
      outcomes.push(...lived)
      options.report(lineOf(lived))
    }
  }
  await Promise.all(stages.flatMap((stage) => Array.from({ length: options.lives }, () => work(stage))))
  return outcomes
}

let lives = 0

async function liveThrough(stage: Stage, group: readonly InRoad[]): Promise<readonly Outcome[]> {
  const [first] = group
  if (first === undefined) return []
  const { road, cost } = first
  lives += 1
  const name = `life-${lives}`
  const people = await stage.repository(name, road.repository)
  await loseAnswers(stage, name, road)
  const held = await heldUpBesides(stage, name)
  const ordered: number[] = []
  for (const { call, fault, phase } of group) ordered.push(await orderFault(stage, name, { call, fault, phase }))
  const ended = await road.play(people, `SHOP-${1 + (lives % 9)}`, stage).then(
    (value) => ({ kind: 'ended' as const, value }),
    (error: unknown) => ({
      kind: 'stood still' as const,
      cause: error instanceof Error ? error.message : String(error),
    }),
  )
  const broken =
    ended.kind === 'ended'
      ? [
          ...(await brokenInvariants(stage, { people, ended: ended.value })),
          ...(await undelivered(stage, name)),
          ...tooDear(await requestsFor(stage, name), { cost, faults: group.length, others: await held() }),
        ]
      : [`the life stood still: ${ended.cause}`]
  leave(stage, name)
  const struck = await struckOf(stage)
  const calls = (await requestsFor(stage, name)).length
  return group.map(({ call, fault, phase }, at) => {
    return { call, fault, phase, struck: struck.has(ordered[at] ?? 0), broken, calls }
  })
}

/** Who is in a team is asked of an organisation. */
const namesRepository = / \/(repos\/|graphql (?!WaybillTeams))/

/** A call that names no repository is struck whoever makes it. */
async function orderFault(stage: Stage, repository: string, { call, fault, phase }: Case): Promise<number> {
  const where = namesRepository.test(call) ? { repository } : {}
  const made = await stage.order('faults', { call, fault, phase, ...where, seconds: secondsOf(fault) })
  return typeof made === 'object' && made !== null && 'id' in made ? Number(made.id) : 0
}

async function struckOf({ sandbox }: Stage): Promise<ReadonlySet<number>> {
  const answer = await fetch(`${sandbox.github.url}/_sandbox/faults`)
  const faults = (await answer.json()) as readonly { readonly id: number; readonly struck: number }[]
  return new Set(faults.filter((fault) => fault.struck > 0).map((fault) => fault.id))
}

/** I7: no token, no secret, no key in any line. */
export function secretsIn({ sandbox, lines }: Pick<Stage, 'sandbox' | 'lines'>): readonly string[] {
  const { PRIVATE_KEY = '', WEBHOOK_SECRET = '', JIRA_API_TOKEN = '', JIRA_CLIENT_SECRET = '' } = sandbox.environment()
  const ofKey = PRIVATE_KEY.split('\n').filter((line) => line.length > 40)
  const secrets = [...ofKey, WEBHOOK_SECRET, JIRA_API_TOKEN, JIRA_CLIENT_SECRET, 'ghs_']
  const shown = lines.filter((line) => secrets.some((secret) => secret !== '' && line.includes(secret)))
  return shown.length === 0 ? [] : [`I7: ${shown.length} lines of the log show a secret`]
}
