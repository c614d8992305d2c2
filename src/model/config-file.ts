import type { z } from 'zod'
import type { ConfigProblem } from './config-read.ts'
import { type IssueFound, issuesFound } from './issues-found.ts'
import { isSection, type Value } from './merge-values.ts'
import { readYaml } from './yaml-text.ts'

/** A configuration file as Git holds it; `sha` names the blob. */
export type ConfigFile = { readonly path: string; readonly text: string; readonly sha: string }

export type SectionRead =
  | {
      readonly kind: 'read'
      readonly value: Value
      readonly problemAt: (issue: IssueFound) => ConfigProblem
    }
  | { readonly kind: 'broken'; readonly problems: readonly ConfigProblem[] }

/** The keys of a file and where they stand. Bounded in time and memory for any text; never throws. */
export function readSection(text: string): SectionRead {
  const yaml = readYaml(text)
  if (yaml.kind === 'broken') return yaml
  const { value, lineOf } = yaml
  if (!isSection(value)) {
    const message = `${whatInstead(value)}; it needs at least "version: 1" and "issues: {projects: [SHOP]}"`
    return { kind: 'broken', problems: [{ line: 1, path: '', message }] }
  }
  const problemAt = ({ path, message }: IssueFound) => ({
    line: lineOf(path),
    path: path.map(String).join('.'),
    message,
  })
  return { kind: 'read', value, problemAt }
}

/** A symbolic link reads as the path it leads to. */
function whatInstead(value: unknown): string {
  if (value === null || value === undefined) return 'is empty'
  if (typeof value !== 'string') return 'is not a list of keys'
  if (value.startsWith('version https://git-lfs.github.com/')) return 'is a pointer of Git LFS, not the file itself'
  return 'is no list of keys but one text, or a symbolic link'
}

export function issuesOf(error: z.ZodError): readonly IssueFound[] {
  return error.issues.flatMap((issue) => issuesFound(issue, []))
}

/** Most problems named at once; the file is read again after each change. */
const shown = 20

export function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || (a.path < b.path ? -1 : 1)).slice(0, shown)
}
