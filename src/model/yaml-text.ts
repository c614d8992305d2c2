import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, type Range } from 'yaml'
import { yamlProblem } from './yaml-problem.ts'

/** Longest text that is parsed at all (UTF-16 units), and the deepest nesting taken. */
const longestText = 64 * 1024
const deepest = 12
/** Brackets or list marks open at once, and lines, items and marks in all, for which a text is parsed: each takes time. */
const mostOpen = 100
const mostParts = 2000
const mostSigns = 4000

export type YamlProblem = { readonly line: number; readonly path: string; readonly message: string }

export type YamlText =
  | {
      readonly kind: 'read'
      readonly value: unknown
      /** The line (from 1) of the key or item at a path; of its nearest parent where it is missing. */
      readonly lineOf: (path: readonly PropertyKey[]) => number
    }
  | { readonly kind: 'broken'; readonly problems: readonly YamlProblem[] }

/**
 * Reads YAML 1.2 (core schema) from a stranger in bounded time and memory: at most 64 KiB, no aliases, no `__proto__`,
 * no types of YAML 1.1, bounded depth, every key once and a plain text. Never throws.
 */
export function readYaml(text: string): YamlText {
  if (text.length > longestText) return broken(1, 'is larger than 64 KiB; a configuration never needs that much')
  if (opensTooMany(text)) return broken(1, 'is nested too deeply')
  if ((text.match(/[\n,&!*]/g) ?? []).length > mostParts) {
    return broken(1, 'has more than 2,000 lines and items; a configuration never needs that many')
  }
  if ((text.match(/["'{}[\]:\\]/g) ?? []).length > mostSigns) {
    return broken(
      1,
      'has more than 4,000 quotes, brackets, colons and backslashes; a configuration never needs that many',
    )
  }
  try {
    return read(text)
  } catch (error) {
    return broken(1, `can't be read as YAML: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Counted without regard to quotes and comments: nothing that a person writes comes near. */
function opensTooMany(text: string): boolean {
  let open = 0
  let marks = 0
  for (const character of text) {
    if (character === '[' || character === '{') open += 1
    else if (character === ']' || character === '}') open = Math.max(0, open - 1)
    if (character === '-' || character === '?' || character === ':') marks += 1
    else if (character !== ' ' && character !== '\t') marks = 0
    if (open > mostOpen || marks > mostOpen) return true
  }
  return false
}

function read(text: string): YamlText {
  const counter = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    schema: 'core',
    // A set, an ordered map or bytes would read as a section without keys.
    resolveKnownTags: false,
  })
  const lineAt = (range: Range | null | undefined) => Math.max(1, counter.linePos(range?.[0] ?? 0).line)
  const syntax = [...document.errors, ...document.warnings].slice(0, 3).map((error) => {
    const line = Math.max(1, counter.linePos(error.pos[0]).line)
    const start = counter.lineStarts[line - 1] ?? 0
    return { line, path: '', message: yamlProblem(error, text.slice(start).split(/\r?\n/, 1)[0] ?? '') }
  })
  if (syntax.length > 0) return { kind: 'broken', problems: syntax.filter(isFirst) }
  const lines = new Map<string, number>()
  const problems: YamlProblem[] = []
  walk(document.contents, { path: [], lines, problems, lineAt })
  if (problems.length > 0) return { kind: 'broken', problems: problems.slice(0, 20) }
  return { kind: 'read', value: document.toJS({ maxAliasCount: 0 }), lineOf: (path) => nearest(lines, path) }
}

/** One mistake is often several to the parser. */
function isFirst(one: YamlProblem, at: number, all: readonly YamlProblem[]): boolean {
  return all.findIndex(({ line, message }) => line === one.line && message === one.message) === at
}

function broken(line: number, message: string): YamlText {
  return { kind: 'broken', problems: [{ line, path: '', message }] }
}

type Walk = {
  readonly path: readonly string[]
  readonly lines: Map<string, number>
  readonly problems: YamlProblem[]
  readonly lineAt: (range: Range | null | undefined) => number
}

function walk(node: Node | null, at: Walk): void {
  if (node === null) return
  const line = at.lineAt(node.range)
  if (!at.lines.has(pathText(at.path))) at.lines.set(pathText(at.path), line)
  if (isAlias(node)) {
    refuse(at, line, 'is an alias; write the value out instead, or put it into quotes')
  } else if (at.path.length > deepest) {
    refuse(at, line, 'is nested too deeply')
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) walk(asNode(item), { ...at, path: [...at.path, String(index)] })
  } else if (isMap(node)) {
    for (const pair of node.items) walkPair(pair, at)
  }
}

function walkPair(pair: unknown, at: Walk): void {
  if (!isPair(pair)) return
  const { key } = pair
  const name = isScalar(key) ? String(key.value) : ''
  const line = isScalar(key) ? at.lineAt(key.range) : 1
  const inside = { ...at, path: [...at.path, name] }
  if (name === '__proto__') {
    refuse(inside, line, 'is not a key that can be used; remove it')
  } else if (at.lines.has(pathText(inside.path))) {
    refuse(inside, line, 'is written twice; keep one of the two')
  } else {
    at.lines.set(pathText(inside.path), line)
    walk(asNode(pair.value), inside)
  }
}

function refuse(at: Walk, line: number, message: string): void {
  at.problems.push({ line, path: at.path.join('.'), message })
}

function asNode(value: unknown): Node | null {
  return isAlias(value) || isMap(value) || isSeq(value) || isScalar(value) ? value : null
}

function nearest(lines: ReadonlyMap<string, number>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const line = lines.get(pathText(path.slice(0, length)))
    if (line !== undefined) return line
  }
  return 1
}

function pathText(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String))
}
