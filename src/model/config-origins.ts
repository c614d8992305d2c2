import { canonical } from './canonical.ts'
import type { Config } from './config-schema.ts'
import { isSection, type Value, valueAt } from './merge-values.ts'

/** One value in force, and who set it. `locked`: the repository's own value was refused for it. */
export type Origin = {
  readonly key: string
  /** JSON */
  readonly value: string
  readonly from: 'repository' | 'organisation' | 'locked' | 'operator' | 'default'
}

/** What each side wrote, as its YAML gives it; null where there is no such file. */
export type Written = { readonly own: Value | null; readonly defaults: Value | null }

/** Every value of a configuration with where it comes from. Lists and environments are one value each. */
export function originsOf(config: Config, written: Written): readonly Origin[] {
  return leavesOf(config, []).map(({ path, value }) => {
    return { key: path.join('.'), value: canonical(value), from: fromOf({ path, value }, written) }
  })
}

type Leaf = { readonly path: readonly string[]; readonly value: unknown }

function fromOf({ path, value }: Leaf, { own, defaults }: Written): Origin['from'] {
  const byOwn = valueAt(own, path)
  const byDefaults = valueAt(defaults, path)
  const written = byOwn ?? byDefaults
  if (path[0] === 'mode' && value === 'report' && written !== 'report') return 'operator'
  if (byOwn !== undefined) return isSame(byOwn, value, path) ? 'repository' : 'locked'
  return byDefaults === undefined ? 'default' : 'organisation'
}

/** Environments are completed by their defaults, so only the names can be compared. */
function isSame(written: unknown, value: unknown, path: readonly string[]): boolean {
  if (path[0] !== 'environments') return canonical(written) === canonical(value)
  return canonical(namesIn(written)) === canonical(namesIn(value))
}

function namesIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.map((one: unknown) => valueAt(one, ['name'])) : []
}

/** Sections are walked; what people name themselves (labels, issue types) belongs to one value. */
function leavesOf(value: unknown, path: readonly string[]): readonly Leaf[] {
  const isMap = path.at(-1) === 'labels' || path.at(-1) === 'issue-types'
  if (!isSection(value) || isMap) return value === undefined ? [] : [{ path, value }]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}
