import type { z } from 'zod'
import { type IssueFound, issuesFound } from './config-issue.ts'
import type { ConfigProblem, ConfigRead } from './config-read.ts'
import { configSchema } from './config-schema.ts'
import { laterKeysIn } from './later-keys.ts'
import { readYaml } from './yaml-text.ts'

/** Most problems named at once; the file is read again after each change. */
const shown = 20

/**
 * Reads a configuration file: valid as a whole, or broken with every problem's line (from 1), path and a sentence that
 * says how to mend it. Bounded in time and memory for any text; never throws. `sha` names the blob or commit it came from.
 */
export function parseConfig(file: { readonly path: string; readonly text: string; readonly sha: string }): ConfigRead {
  const { path, text, sha } = file
  const yaml = readYaml(text)
  if (yaml.kind === 'broken') return { kind: 'broken', path, problems: yaml.problems }
  const { value, lineOf } = yaml
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = value === null || value === undefined ? 'is empty' : 'is not a list of keys'
    const message = `${what}; it needs at least "version: 1" and "issues: {projects: [SHOP]}"`
    return { kind: 'broken', path, problems: [{ line: 1, path: '', message }] }
  }
  const problemOf = (issue: IssueFound): ConfigProblem => {
    return { line: lineOf(issue.path), path: issue.path.map(String).join('.'), message: issue.message }
  }
  const parsed = configSchema.safeParse(value, { reportInput: true })
  if (!parsed.success) return broken(path, issuesOf(parsed.error).map(problemOf))
  const later = laterKeysIn(parsed.data).map(({ path: at, usual }) => {
    return problemOf({ path: at, message: `is not supported yet; remove it or set it to its default, ${usual}` })
  })
  if (later.length > 0) return broken(path, later)
  return { kind: 'valid', config: parsed.data, path, sha }
}

function issuesOf(error: z.ZodError): readonly IssueFound[] {
  return error.issues.flatMap((issue) => issuesFound(issue, []))
}

function broken(path: string, problems: readonly ConfigProblem[]): ConfigRead {
  const sorted = problems.toSorted((a, b) => a.line - b.line || (a.path < b.path ? -1 : 1))
  return { kind: 'broken', path, problems: sorted.slice(0, shown) }
}
