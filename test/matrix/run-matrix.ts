import { faultNames } from '../../sandbox/github/faults.ts'
import { brokenInvariants } from './invariants.ts'
import type { Stage } from './open-stage.ts'
import { playLife } from './play-life.ts'

/** One call that goes wrong in one way: before it was done, or after. */
export type Case = { readonly call: string; readonly fault: string; readonly phase: 'before' | 'after' }

export type MatrixOptions = {
  /** Which part of all cases: `seed` picks the same ones each time. */
  readonly share: number
  /** Only this one of the faults. */
  readonly fault?: string
  readonly seed: number
  /** Lives at a time, and cases in one life. */
  readonly lives: number
  readonly together: number
  readonly report: (line: string) => void
}

export type MatrixResult = {
  readonly cases: number
  /** Those whose call came, and went wrong. */
  readonly struck: number
  readonly calls: readonly string[]
  /** Calls of the dearest life, token exchanges and sweeps left out. */
  readonly dearest: number
  /** What did not hold, by the cases of its life. */
  readonly broken: readonly string[]
}

/** Longer limits and hangs than this would only be waited for (s). */
const seconds = 1

/** Plays lives, each with a few of the cases in it, and looks at the invariants after each. */
export async function runMatrix(stage: Stage, options: MatrixOptions): Promise<MatrixResult> {
  const calls = await recordCalls(stage)
  const cases = shuffled(allCases(calls, options.fault), options.seed)
  const groups = grouped(cases.slice(0, Math.ceil(cases.length * options.share)), options.together)
  const broken: string[] = []
  let struck = 0
  let dearest = 0
  const work = async () => {
    for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
      const life = await liveThrough(stage, group)
      struck += life.struck
      dearest = Math.max(dearest, life.calls)
      broken.push(...life.broken.map((one) => `${one} [${group.map(wordOf).join('; ')}]`))
      options.report(`${life.broken.length === 0 ? 'ok    ' : 'BROKEN'} ${group.map(wordOf).join('; ')}`)
    }
  }
  const wanted = groups.flat().length
  await Promise.all(Array.from({ length: options.lives }, work))
  return { cases: wanted, struck, calls, dearest, broken: [...broken, ...secretsIn(stage)] }
}

/** Every call Waybill makes for one change, once each. */
async function recordCalls(stage: Stage): Promise<readonly string[]> {
  const people = await stage.repository('recorded')
  await playLife(people, 'SHOP-1')
  const calls = await callsOf(stage, 'recorded')
  return [...new Set(calls)].toSorted()
}

async function callsOf({ sandbox }: Stage, repository: string): Promise<readonly string[]> {
  const answer = await fetch(`${sandbox.github.url}/_sandbox/requests?by=waybill`)
  const requests = (await answer.json()) as readonly { readonly call: string; readonly repository: string }[]
  return requests.filter((one) => one.repository === repository).map((one) => one.call)
}

function allCases(calls: readonly string[], only: string | undefined): readonly Case[] {
  return calls
    .filter((call) => !call.includes('WaybillRefs'))
    .flatMap((call) =>
      faultNames
        .filter((fault) => only === undefined || fault === only)
        .filter((fault) => call.startsWith('POST /graphql') || !fault.startsWith('graphql-'))
        .filter((fault) => fault !== 'stale' || call.startsWith('GET') || call.startsWith('POST /graphql'))
        .flatMap((fault) => (['before', 'after'] as const).map((phase) => ({ call, fault, phase }))),
    )
}

let lives = 0

async function liveThrough(stage: Stage, group: readonly Case[]) {
  lives += 1
  const name = `life-${lives}`
  const people = await stage.repository(name)
  for (const one of group) await stage.order('faults', { ...one, repository: name, seconds })
  try {
    const life = await playLife(people, `SHOP-${1 + (lives % 9)}`)
    const broken = await brokenInvariants(stage, { name, people, life })
    const calls = await callsOf(stage, name)
    const dear = calls.filter((call) => !call.includes('WaybillRefs')).length
    // I6: each fault may cost a few calls more than the 40 of a whole life.
    const tooMany = dear > 40 + 8 * group.length ? [`I6: ${dear} calls`] : []
    return { broken: [...broken, ...tooMany], calls: dear, struck: await struckIn(stage, name) }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    return { broken: [`the life stood still: ${cause}`], calls: 0, struck: await struckIn(stage, name) }
  }
}

async function struckIn({ sandbox }: Stage, repository: string): Promise<number> {
  const answer = await fetch(`${sandbox.github.url}/_sandbox/faults`)
  const faults = (await answer.json()) as readonly { readonly repository?: string; readonly struck: number }[]
  return faults.filter((fault) => fault.repository === repository && fault.struck > 0).length
}

/** I7: no token, no secret, no key in any line. */
function secretsIn({ sandbox, lines }: Stage): readonly string[] {
  const { PRIVATE_KEY = '', WEBHOOK_SECRET = '', JIRA_API_TOKEN = '', JIRA_CLIENT_SECRET = '' } = sandbox.environment()
  const ofKey = PRIVATE_KEY.split('\n').filter((line) => line.length > 40)
  const secrets = [...ofKey, WEBHOOK_SECRET, JIRA_API_TOKEN, JIRA_CLIENT_SECRET, 'ghs_']
  const shown = lines.filter((line) => secrets.some((secret) => secret !== '' && line.includes(secret)))
  return shown.length === 0 ? [] : [`I7: ${shown.length} lines of the log show a secret`]
}

function wordOf({ call, fault, phase }: Case): string {
  return `${call} ${fault} ${phase}`
}

/** A life has each call only once: two faults on one call would hide each other. */
function grouped(cases: readonly Case[], most: number): Case[][] {
  const groups: Case[][] = []
  for (const one of cases) {
    const group = groups.find((other) => other.length < most && other.every(({ call }) => call !== one.call))
    if (group === undefined) groups.push([one])
    else group.push(one)
  }
  return groups
}

/** In an order that the seed alone decides. */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  return items
    .map((item, at) => ({ item, rank: Math.imul(Math.imul(at + 1, 2_654_435_761) ^ seed, 2_246_822_519) >>> 0 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
