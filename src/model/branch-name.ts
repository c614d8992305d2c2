import { RE2JS } from 're2js'
import type { Config } from './config-schema.ts'

type Naming = { readonly projects: readonly string[]; readonly types: readonly string[] }

/** Longest pattern that is compiled; the configuration refuses longer ones. */
export const longestPattern = 512

/** Whether a branch has the shape of one of the configured patterns, as a whole. Linear time, whatever the pattern. */
export function fitsPattern(config: Config, branch: string): boolean {
  const naming = namingOf(config)
  return config.branches.pattern.some((pattern) => compiled(expand(pattern, naming)).matches(branch))
}

/** Compiling takes longer than matching by far, and the same few patterns come again with every pass. */
const known = new Map<string, RE2JS>()

function compiled(pattern: string): RE2JS {
  const found = known.get(pattern)
  if (found !== undefined) return found
  if (known.size >= 200) known.clear()
  const fresh = RE2JS.compile(pattern)
  known.set(pattern, fresh)
  return fresh
}

/** Why a pattern can't be used, or null. `{key}`, `{slug}` and `{type}` stand for what their names say; the rest is RE2. */
export function patternProblem(pattern: string): string | null {
  const strange = [...pattern.matchAll(/(?<!\\[pP])\{([A-Za-z][A-Za-z-]*)\}/g)].find(
    ([, name = '']) => !isPlaceholder(name),
  )
  if (strange !== undefined) return `${strange[0]} is unknown; use {key}, {slug} and {type}`
  try {
    RE2JS.compile(expand(pattern, { projects: ['KEY'], types: ['type'] }))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Characters of all patterns, with everything written out that their placeholders stand for: each takes time to compile. */
const mostWrittenOut = 100_000

/** Why the patterns can't be used together with all the projects and types, or null. */
export function namingProblem(config: Config): string | null {
  const { key, type } = placeholdersOf(namingOf(config))
  const sizes = config.branches.pattern.map((pattern) => {
    return pattern.length + countOf(pattern, '{key}') * key.length + countOf(pattern, '{type}') * type.length
  })
  return sizes.reduce((sum, size) => sum + size, 0) <= mostWrittenOut
    ? null
    : "can't be matched in time: with all of issues.projects and branches.types written out for {key} and {type} it is longer than 100,000 characters; use fewer of them"
}

function countOf(pattern: string, placeholder: string): number {
  return pattern.split(placeholder).length - 1
}

/**
 * A branch name that fits, for an issue and whatever words are at hand; null when no pattern can be filled in. `words`
 * are tried in order: the first that leaves something to say becomes the slug.
 */
export function proposeBranch(
  config: Config,
  what: { readonly key: string; readonly words: readonly string[] },
): string | null {
  const slug = what.words.map((words) => slugOf(words, what.key)).find((one) => one !== '')
  if (slug === undefined) return null
  const type = config.branches.types[0] ?? 'feature'
  const names = config.branches.pattern.map((pattern) => {
    return pattern
      .replaceAll('{key}', () => what.key)
      .replaceAll('{slug}', () => slug)
      .replaceAll('{type}', () => type)
  })
  return names.find((name) => /^[\p{L}\p{N}._/-]+$/u.test(name) && fitsPattern(config, name)) ?? null
}

function namingOf(config: Config): Naming {
  return { projects: config.issues.projects, types: config.branches.types }
}

function isPlaceholder(name: string): boolean {
  return name === 'key' || name === 'slug' || name === 'type'
}

function placeholdersOf(naming: Naming): { readonly key: string; readonly type: string } {
  return {
    key: `(?:${naming.projects.map(anyCase).join('|')})-[1-9][0-9]{0,9}`,
    type: `(?:${naming.types.map((one) => RE2JS.quote(one)).join('|')})`,
  }
}

function expand(pattern: string, naming: Naming): string {
  const { key, type } = placeholdersOf(naming)
  return pattern
    .replaceAll('{key}', () => key)
    .replaceAll('{slug}', () => '[\\p{L}\\p{M}\\p{N}._-]+')
    .replaceAll('{type}', () => type)
}

/** ASCII letters in either case; RE2's own folding would also take the long s and the Kelvin sign. */
function anyCase(project: string): string {
  return [...project].map((letter) => (/[A-Z]/.test(letter) ? `[${letter}${letter.toLowerCase()}]` : letter)).join('')
}

function slugOf(words: string, key: string): string {
  return words
    .slice(0, 1000)
    .toLowerCase()
    .replaceAll(key.toLowerCase(), ' ')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '')
}
