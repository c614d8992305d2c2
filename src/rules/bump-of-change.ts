import { type BumpOf, highestBump } from '../model/bump.ts'
import type { Bump, Config } from '../model/config-schema.ts'
import { sameName } from '../model/same-name.ts'

/** What a bump is read from: a pull request before or after its merge, or a direct push with its first line as title. */
export type BumpFacts = {
  readonly title: string
  readonly labels: readonly string[]
  /** The types of its issues as they are known, by key. */
  readonly types: ReadonlyMap<string, string>
}

type BumpKeys = NonNullable<Config['release']>['bump']

/**
 * How far a change moves the version: a label says it, else a conventional title, else the type of its issue, else the
 * default. Of several labels the highest counts, but one for `none` keeps the change from being released by itself.
 */
export function bumpOfChange(change: BumpFacts, bump: BumpKeys): BumpOf {
  return byLabel(change.labels, bump) ?? byTitle(change.title) ?? byIssueType(change.types, bump) ?? standard(bump)
}

function byLabel(labels: readonly string[], bump: BumpKeys): BumpOf | null {
  const named = new Map(Object.entries(bump.labels).map(([name, value]) => [name.toLowerCase(), value]))
  const marks = labels.flatMap((label) => {
    const value = named.get(label.toLowerCase())
    return value === undefined ? [] : [{ label, value }]
  })
  const highest = highestBump(marks.map(({ value }) => value))
  const chosen = marks.find(({ value }) => value === 'none') ?? marks.find(({ value }) => value === highest)
  if (chosen === undefined) return null
  const besides = marks.filter(({ value }) => value !== chosen.value).map(({ label }) => label)
  return { bump: chosen.value, why: { kind: 'label', label: chosen.label, besides } }
}

/** The types of a conventional title that move a version; others (docs, chore, refactor, …) say nothing about it. */
const types: Readonly<Record<string, Bump>> = { feat: 'minor', fix: 'patch', perf: 'patch' }

/** `type(scope)!: words`, where an issue's key may stand before it. */
const conventional = /^(?:\[?[A-Z][A-Z0-9_]{1,30}-\d{1,9}\]?:?\s+)?([a-z]{1,20})(?:\([^()]{0,80}\))?(!?):\s/i

function byTitle(title: string): BumpOf | null {
  if (/\bBREAKING[ -]CHANGE\b/.test(title)) {
    return { bump: 'major', why: { kind: 'title', mark: 'BREAKING CHANGE' } }
  }
  const [, type = '', breaking = ''] = conventional.exec(title.slice(0, 500)) ?? []
  if (breaking === '!') return { bump: 'major', why: { kind: 'title', mark: `${type}!` } }
  const name = type.toLowerCase()
  const bump = Object.hasOwn(types, name) ? types[name] : undefined
  return bump === undefined ? null : { bump, why: { kind: 'title', mark: name } }
}

function byIssueType(known: BumpFacts['types'], bump: BumpKeys): BumpOf | null {
  const named = Object.entries(bump['issue-types'])
  const found = [...known].flatMap(([key, type]) => {
    const value = named.find(([name]) => sameName(name, type))?.[1]
    return value === undefined ? [] : [{ bump: value, why: { kind: 'issue-type', key, type } as const }]
  })
  const highest = highestBump(found.map((one) => one.bump))
  return found.find((one) => one.bump === highest) ?? null
}

function standard(bump: BumpKeys): BumpOf {
  return { bump: bump.default, why: { kind: 'default' } }
}
