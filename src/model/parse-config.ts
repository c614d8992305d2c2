import { namingProblem } from './branch-name.ts'
import { configChanges } from './config-changes.ts'
import { covers, type Defaults } from './config-defaults.ts'
import { type ConfigFile, inOrder, issuesOf, readSection } from './config-file.ts'
import type { ConfigRead } from './config-read.ts'
import { type Config, configSchema } from './config-schema.ts'
import type { IssueFound } from './issues-found.ts'
import { mergeValues, type Value, valueAt, without } from './merge-values.ts'

/**
 * Reads a configuration file on top of the organisation's defaults: valid as a whole, or broken with every problem's
 * line (from 1), path and a sentence that says how to mend it. What loosens a locked key is such a problem too, but
 * the rest is in force, with the organisation's value. Bounded in time and memory for any text; never throws.
 */
export function parseConfig(file: ConfigFile, defaults: Defaults | null = null): ConfigRead {
  const { path, sha } = file
  const read = readSection(file.text)
  if (read.kind === 'broken') return { kind: 'broken', path, problems: read.problems }
  const broken = (found: readonly IssueFound[]): ConfigRead => {
    return { kind: 'broken', path, problems: inOrder(found.map(read.problemAt)) }
  }
  const whole = check(read.value, defaults)
  if (whole.kind === 'broken') return broken(whole.found)
  if (defaults === null) return { kind: 'valid', config: whole.config, path, sha, problems: [] }
  const refused = refusedKeys(whole.config, read.value, defaults)
  const kept = refused.reduce((value: Value, one) => without(value, one.path), read.value)
  const allowed = check(kept, defaults)
  if (allowed.kind === 'broken') return broken(refused)
  return { kind: 'valid', config: allowed.config, path, sha, problems: inOrder(refused.map(read.problemAt)) }
}

type Checked =
  | { readonly kind: 'valid'; readonly config: Config }
  | { readonly kind: 'broken'; readonly found: readonly IssueFound[] }

function check(own: Value, defaults: Defaults | null): Checked {
  const parsed = configSchema.safeParse(mergeValues(defaults?.value ?? {}, own), { reportInput: true })
  if (!parsed.success) return { kind: 'broken', found: issuesOf(parsed.error) }
  const problem = namingProblem(parsed.data)
  if (problem !== null) return { kind: 'broken', found: [{ path: ['branches', 'pattern'], message: problem }] }
  return { kind: 'valid', config: parsed.data }
}

type Refused = { readonly path: readonly string[]; readonly message: string }

/** Locked keys whose value is not stricter than the organisation's; environments are compared one by one, and go as a whole. */
function refusedKeys(config: Config, own: Value, defaults: Defaults): readonly Refused[] {
  const { owner, locked } = defaults
  if (locked.length === 0) return []
  const needed = { version: 1, issues: { projects: valueAt(own, ['issues', 'projects']) ?? config.issues.projects } }
  const standard = check(mergeValues(needed, defaults.value), null)
  if (standard.kind === 'broken') return []
  return configChanges(standard.config, config, '')
    .filter(({ key, effect }) => effect !== 'tightens' && locked.some((lock) => covers(lock, key)))
    .map(({ key, from }) => {
      const path = key.split('.')
      const what = path[0] === 'environments' ? `${key} ` : ''
      const message = `${what}is locked by the defaults of ${owner} and may only be made stricter; their value stays in force: ${shownStandard(key, from)}`
      return { path: path[0] === 'environments' ? ['environments'] : path, message }
    })
}

/** Which branch is the default one is not known here. */
function shownStandard(key: string, from: string | null): string {
  return key === 'merge.into' && from === '[""]' ? 'the default branch' : (from ?? 'not there')
}
