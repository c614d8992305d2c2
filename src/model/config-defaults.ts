import { comparedKeys } from './config-changes.ts'
import { type ConfigFile, inOrder, issuesOf, readSection } from './config-file.ts'
import type { ConfigProblem } from './config-read.ts'
import { configSchema, fileSchema } from './config-schema.ts'
import type { IssueFound } from './issues-found.ts'
import { mergeValues, type Value, without } from './merge-values.ts'
import { nearestName } from './nearest-name.ts'

/** What an organisation sets for all its repositories. It activates none of them. */
export type Defaults = {
  readonly owner: string
  /** As written, without `locked`. */
  readonly value: Value
  /** Keys and sections that a repository may only make stricter. */
  readonly locked: readonly string[]
}

export type DefaultsRead =
  | { readonly kind: 'valid'; readonly defaults: Defaults }
  | { readonly kind: 'broken'; readonly path: string; readonly problems: readonly ConfigProblem[] }

/** Which projects are its own a repository may say itself. */
const defaultsSchema = fileSchema.extend({ issues: configSchema.shape.issues.partial().optional() })

/** Reads an organisation's file: like a repository's own, with `locked`, and nothing but `version` must be there. */
export function parseDefaults({ path, text }: ConfigFile, owner: string): DefaultsRead {
  const read = readSection(text)
  if (read.kind === 'broken') return { kind: 'broken', path, problems: read.problems }
  const { value, problemAt } = read
  const broken = (found: readonly IssueFound[]): DefaultsRead => {
    return { kind: 'broken', path, problems: inOrder(found.map(problemAt)) }
  }
  const parsed = defaultsSchema.safeParse(value, { reportInput: true })
  if (!parsed.success) return broken(issuesOf(parsed.error))
  const locked = parsed.data.locked ?? []
  const unknown = locked.flatMap((key, at) => unknownLock(key, at))
  if (unknown.length > 0) return broken(unknown)
  const complete = configSchema.safeParse(mergeValues({ issues: { projects: ['KEY'] } }, without(value, ['locked'])))
  if (!complete.success) return broken(issuesOf(complete.error))
  return { kind: 'valid', defaults: { owner, value: without(value, ['locked']), locked } }
}

function unknownLock(key: string, at: number): readonly IssueFound[] {
  if (comparedKeys.some((one) => covers(key, one))) return []
  const near = nearestName(key.split('.').at(-1) ?? key, comparedKeys)
  const message = near === null ? 'is no key or section that can be locked' : `can't be locked; did you mean ${near}?`
  return [{ path: ['locked', String(at)], message }]
}

/** A key locks itself, and a section everything in it. */
export function covers(lock: string, key: string): boolean {
  return key === lock || key.startsWith(`${lock}.`)
}
