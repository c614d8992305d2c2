import { canonical } from './canonical.ts'
import type { ChecksWanted, People } from './config-schema.ts'
import { durationOf } from './duration.ts'

/** What a changed value does to the policy: lets more through, lets less through, or neither for certain. */
export type Strictness = 'loosens' | 'tightens' | 'changes'

/** How two values of one key compare; never called for equal ones. */
export type Order<T> = (from: T, to: T) => Strictness

/** Values from the loosest to the strictest. */
export function ranked<T>(...values: readonly T[]): Order<T> {
  return (from, to) => (values.indexOf(to) < values.indexOf(from) ? 'loosens' : 'tightens')
}

export const moreIsStricter: Order<number> = (from, to) => (to < from ? 'loosens' : 'tightens')
export const longerIsStricter: Order<string> = (from, to) => moreIsStricter(durationOf(from), durationOf(to))
export const free: Order<unknown> = () => 'changes'

/** Each entry lets something through. */
export function admits<T>(from: readonly T[], to: readonly T[]): Strictness {
  if (lacks(from, to)) return 'loosens'
  return lacks(to, from) ? 'tightens' : 'changes'
}

/** Each entry asks for something. */
export function demands<T>(from: readonly T[], to: readonly T[]): Strictness {
  if (lacks(to, from)) return 'loosens'
  return lacks(from, to) ? 'tightens' : 'changes'
}

/** The same where an empty list asks for nothing, and any entry is enough. */
export function anyOf<T>(from: readonly T[], to: readonly T[]): Strictness {
  if (to.length === 0) return 'loosens'
  return from.length === 0 ? 'tightens' : admits(from, to)
}

/** Fewer people is stricter; what a team's members are can't be seen here, so another team is more people. */
export function peopleOrder(from: People, to: People): Strictness {
  if (from === 'nobody' || to === 'write-access') return 'loosens'
  if (to === 'nobody' || from === 'write-access') return 'tightens'
  return admits(lowercase(from), lowercase(to))
}

/** `all` over `required` over none; what a list misses of `all`, and `all` of a list, can't be told. */
export function checksOrder(from: ChecksWanted, to: ChecksWanted): Strictness {
  if (typeof from !== 'string' && typeof to !== 'string') return demands(from.map(textOf), to.map(textOf))
  if (typeof from === 'string' && typeof to === 'string') return to === 'all' ? 'tightens' : 'loosens'
  if (typeof to !== 'string') return to.length === 0 || from === 'all' ? 'loosens' : 'changes'
  return from.length === 0 ? 'tightens' : 'changes'
}

/** `names` has something that `among` lacks. */
function lacks<T>(among: readonly T[], names: readonly T[]): boolean {
  const known = new Set(among.map(textOf))
  return names.some((name) => !known.has(textOf(name)))
}

function textOf(value: unknown): string {
  return canonical(value)
}

function lowercase(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase())
}
