import { z } from 'zod'
import { configSchema } from './config-schema.ts'
import { nearestName } from './nearest-name.ts'

export type IssueFound = { readonly path: readonly PropertyKey[]; readonly message: string }

type Issue = z.core.$ZodIssue

/** What to write where something required is missing. */
const missing: Readonly<Record<string, string>> = {
  version: 'version: 1',
  issues: 'issues: {projects: [SHOP]}',
  'issues.projects': 'projects: [SHOP]',
  name: 'name: production',
  type: 'type: staging, or development, testing or production',
}

/** What is wrong, as whole sentences that begin with the path and say how to mend it. `under` is the path of a union. */
export function issuesFound(issue: Issue, under: readonly PropertyKey[]): readonly IssueFound[] {
  const path = [...under, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    // Each takes a search for the key that was meant; more are not shown at once.
    return issue.keys.slice(0, 20).map((key) => ({ path: [...path, key], message: unknownKey(key, path) }))
  }
  if (issue.code === 'invalid_union') {
    const inside = issue.errors.find((errors) =>
      errors.some((one) => one.path.length > 0 || one.code === 'unrecognized_keys'),
    )
    if (inside !== undefined) return inside.flatMap((one) => issuesFound(one, path))
    const sized = issue.errors.flat().find((one) => one.code === 'too_small' || one.code === 'too_big')
    if (sized !== undefined) return issuesFound(sized, path)
  }
  return [{ path, message: sentence(issue, path) }]
}

function sentence(issue: Issue, path: readonly PropertyKey[]): string {
  const absent = issue.code !== 'custom' && issue.input === undefined
  const required = missing[path.map(String).join('.')] ?? missing[String(path.at(-1))]
  if (absent && required !== undefined) return `is missing; add ${required}`
  if (issue.code !== 'custom' && issue.input === null) {
    return 'is empty; remove it, or give it a value ({} takes the defaults of a section)'
  }
  switch (issue.code) {
    case 'invalid_type':
      if (absent) return `is missing; it must be ${wordFor(issue.expected)}`
      return issue.message.startsWith('must ') ? issue.message : `must be ${wordFor(issue.expected)}${quotes(issue)}`
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}${quotes(issue)}`
    case 'too_small':
      return issue.origin === 'array'
        ? issue.message.startsWith('must ')
          ? issue.message
          : 'must name at least one'
        : issue.origin === 'string'
          ? 'must not be empty'
          : `must be at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string'
        ? `must be at most ${issue.maximum} characters long`
        : issue.message.startsWith('must ')
          ? issue.message
          : `must be at most ${issue.maximum}`
    case 'invalid_union':
      return issue.message + quotes(issue)
    default:
      return issue.message
  }
}

/** YAML reads `3.10` as a number, and `"2"` as a text: what stands there looks right. */
function quotes(issue: Issue): string {
  const { input } = issue
  const expected = issue.code === 'invalid_type' ? issue.expected : null
  if (typeof input === 'number') {
    return expected === 'string' || issue.code === 'invalid_union' ? '; put it into quotes' : ''
  }
  const wanted = issue.code === 'invalid_value' ? issue.values.map(String) : []
  const isNumber = expected === 'number' || expected === 'int'
  const isQuoted = typeof input === 'string' && (wanted.includes(input) || (isNumber && /^\d+$/.test(input)))
  return isQuoted ? ', without quotes' : ''
}

function wordFor(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list, such as [a, b]',
    object: 'a section with keys',
    record: 'a section with keys',
  }
  return words[expected] ?? expected
}

function unknownKey(key: string, at: readonly PropertyKey[]): string {
  if (key === 'locked' && at.length === 0) return "can only stand in the organisation's defaults; remove it"
  const known = keysAt(at)
  const elsewhere = at.length > 0 ? [] : known.flatMap((section) => keysAt([section]).map((one) => `${section}.${one}`))
  const near = nearestName(key, known) ?? nearestName(key, elsewhere)
  return near === null
    ? `is not a key of Waybill; known here: ${known.join(', ')}`
    : `is not a key of Waybill; did you mean ${near}?`
}

/** The keys the schema knows at a path. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = configSchema
  for (const step of path) {
    schema = unwrap(schema)
    if (schema instanceof z.ZodObject) schema = schema.shape[String(step)]
    else if (schema instanceof z.ZodArray) schema = schema.element
    else if (schema instanceof z.ZodRecord) schema = schema.valueType
  }
  const section = unwrap(schema)
  return section instanceof z.ZodObject ? Object.keys(section.shape) : []
}

function unwrap(schema: unknown): unknown {
  let inner = schema
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable
  ) {
    inner = inner.unwrap()
  }
  if (!(inner instanceof z.ZodUnion)) return inner
  return inner.options.find((option: unknown) => option instanceof z.ZodObject || option instanceof z.ZodArray) ?? inner
}
