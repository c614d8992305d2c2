import type { Command } from './wish.ts'

/** Makes a command of the words after its verb, or null when one that it needs is missing. */
type Parse = (words: readonly string[]) => Command | null

/**
 * What Waybill can be asked for, by verb. A new command is a line here, a member of `Command`, a line in
 * `words/command-help`, and the case in `plan/plan-wishes` that obeys it.
 */
const grammar = {
  promote: ([environment, version]) =>
    needs(environment, (name) => {
      return { kind: 'promote', environment: name, version: version ?? null }
    }),
  deploy: ([environment]) => needs(environment, (name) => ({ kind: 'deploy', environment: name })),
  free: ([environment]) => needs(environment, (name) => ({ kind: 'free', environment: name })),
  recheck: () => ({ kind: 'recheck' }),
  help: () => ({ kind: 'help' }),
} satisfies Readonly<Record<string, Parse>>

export type Verb = keyof typeof grammar

/** The longest command that is read (characters). */
const longest = 1000

/**
 * What a comment asks for, or null when it asks for nothing: its first line must start with `/waybill`. Anything quoted,
 * fenced or hidden in an HTML comment does not start the first line, so it does not count.
 */
export function parseCommand(body: string): Command | null {
  const line = body.split(/\r?\n/, 1)[0] ?? ''
  const [first, verb, ...words] = line.slice(0, longest).trimEnd().split(/\s+/)
  if (first !== '/waybill') return null
  if (verb === undefined) return { kind: 'help' }
  if (!isVerb(verb)) return { kind: 'unknown', word: verb }
  return grammar[verb](words) ?? { kind: 'incomplete', verb }
}

function isVerb(word: string): word is Verb {
  return Object.hasOwn(grammar, word)
}

function needs(word: string | undefined, make: (word: string) => Command): Command | null {
  return word === undefined ? null : make(word)
}
