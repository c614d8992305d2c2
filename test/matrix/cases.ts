import { faultNames } from '../../sandbox/github/faults.ts'

/** One call that goes wrong in one way: before it was done, or after. */
export type Case = { readonly call: string; readonly fault: string; readonly phase: 'before' | 'after' }

/** Only this one of the faults, only this one of the calls, only these cases, as `nameOf` has them. */
export type Only = {
  readonly fault?: string | undefined
  readonly call?: string | undefined
  readonly cases?: readonly string[] | undefined
}

/** Every call × every fault × before and after, without what can't be: GraphQL's own faults elsewhere, a stale answer to a write. */
export function allCases(calls: readonly string[], only: Only): readonly Case[] {
  const asked = calls.filter((call) => only.call === undefined || call === only.call)
  const all = asked.flatMap((call) =>
    faultNames
      .filter((fault) => only.fault === undefined || fault === only.fault)
      .filter((fault) => call.startsWith('POST /graphql') || !fault.startsWith('graphql-'))
      .filter((fault) => fault !== 'stale' || call.startsWith('GET') || call.startsWith('POST /graphql'))
      .flatMap((fault) => phasesOf(call, fault).map((phase) => ({ call, fault, phase }))),
  )
  return all.filter((one) => only.cases === undefined || only.cases.includes(nameOf(one)))
}

function nameOf({ call, fault, phase }: Case): string {
  return `${call} ${fault} ${phase}`
}

/** GitHub sends a write elsewhere in place of doing it, never after. */
function phasesOf(call: string, fault: string): readonly Case['phase'][] {
  const writes = !call.startsWith('GET') && !call.startsWith('POST /graphql')
  return fault === 'redirect' && writes ? ['before'] : ['before', 'after']
}

/** The part of all cases that the seed picks, the same ones each time, at least one. */
export function pick<T>(cases: readonly T[], { share, seed }: { readonly share: number; readonly seed: number }) {
  return shuffled(cases, seed).slice(0, Math.ceil(cases.length * share))
}

/** A life has each call only once where there are enough of them: two faults on one call strike one after the other. */
export function grouped<T extends Case>(cases: readonly T[], most: number): readonly (readonly T[])[] {
  const enough = new Set(cases.map((one) => one.call)).size >= most
  const groups: T[][] = []
  for (const one of cases) {
    const fits = (group: readonly T[]) => !enough || group.every(({ call }) => call !== one.call)
    const group = groups.find((other) => other.length < most && fits(other))
    if (group === undefined) groups.push([one])
    else group.push(one)
  }
  return groups
}

/** One life's cases, and what did not hold after it. */
export function lineOf(group: readonly (Case & { readonly broken: readonly string[] })[]): string {
  const cases = group.map((one) => nameOf(one)).join('; ')
  const broken = new Set(group.flatMap((one) => one.broken))
  return broken.size === 0 ? `ok     ${cases}` : `BROKEN ${cases}: ${[...broken].join('; ')}`
}

/** In an order that the seed alone decides. */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  return items
    .map((item, at) => ({ item, rank: Math.imul(Math.imul(at + 1, 2_654_435_761) ^ seed, 2_246_822_519) >>> 0 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
