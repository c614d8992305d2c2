import type { Command } from './wish.ts'

/** Makes a command of the words after its verb, or null when one that it needs is missing. */
type Parse = (words: readonly string[]) => Command | null

/**
 * What Waybill can be asked for, by verb. A new command is a line here, a member of `Command`, a line in
 * `words/command-help`, and the case in `plan/plan-wishes` that obeys it.
 */
const grammar = {
  promote: ([environment, ...rest]) => (environment === undefined ? null : promotion(environment, rest)),
  'sign-off': ([environment, version]) =>
    environment === undefined ? null : { kind: 'sign-off', environment, version: version ?? null },
  accept: ([version, ...rest]) =>
    version !== undefined && rest.length > 0 ? { kind: 'accept', version, reason: rest.join(' ') } : null,
  rollback: ([environment, ...rest]) => (environment === undefined ? null : rollback(environment, rest)),
  retry: ([environment]) => (environment === undefined ? null : { kind: 'retry', environment }),
  hold: ([environment, ...rest]) =>
    environment !== undefined && rest.length > 0 ? { kind: 'hold', environment, reason: rest.join(' ') } : null,
  unhold: ([environment]) => (environment === undefined ? null : { kind: 'unhold', environment }),
  deploy: ([environment]) => (environment === undefined ? null : { kind: 'deploy', environment }),
  free: ([environment]) => (environment === undefined ? null : { kind: 'free', environment }),
  status: () => ({ kind: 'status' }),
  recheck: () => ({ kind: 'recheck' }),
  override: (words) =>
    words.length === 0 ? null : { kind: 'override', reason: words.join(' '), sha: null, base: null },
  help: () => ({ kind: 'help' }),
} satisfies Readonly<Record<string, Parse>>

export type Verb = keyof typeof grammar

/** The longest command that is read (characters). */
const longest = 1000

/**
 * What a comment asks for, or null when it asks for nothing: its first line must start with `/waybill`. Anything quoted,
 * fenced or hidden in an HTML comment does not start the first line, so it does not count. Both words may be written in any
 * case: a telephone begins a line with a capital by itself, and silence would be taken for an answer.
 */
export function parseCommand(body: string): Command | null {
  const line = body.split(/\r?\n/, 1)[0] ?? ''
  const [first, verb, ...words] = line.slice(0, longest).trimEnd().split(/\s+/)
  if (first?.toLowerCase() !== '/waybill') return null
  if (verb === undefined) return { kind: 'help' }
  const known = verb.toLowerCase()
  if (!isVerb(known)) return { kind: 'unknown', word: verb }
  return grammar[known](words) ?? { kind: 'incomplete', verb: known }
}

function isVerb(word: string): word is Verb {
  return Object.hasOwn(grammar, word)
}

/**
 * `--emergency` asks for a reason; what stands before it may name a version. A version that stands behind it may be meant,
 * or be part of the reason: in a hurry nothing is guessed.
 */
function promotion(environment: string, words: readonly string[]): Command | null {
  const at = words.indexOf('--emergency')
  const version = (at < 0 ? words : words.slice(0, at))[0] ?? null
  if (at < 0) return { kind: 'promote', environment, version, emergency: null }
  const reason = words.slice(at + 1)
  const isUnclear = version === null && /^v?\d+\.\d+(?:\.\d+)?$/i.test(reason[0] ?? '')
  return reason.length === 0 || isUnclear
    ? null
    : { kind: 'promote', environment, version, emergency: reason.join(' ') }
}

/** The first word of a rollback's reason is a version if it looks like one, or like the beginning of one (`v1.4`). */
function rollback(environment: string, words: readonly string[]): Command | null {
  const [first = '', ...rest] = words
  const version = /\d\.\d+\.\d|^v\d+(?:\.\d+)?$/i.test(first) ? first : null
  const reason = (version === null ? words : rest).join(' ')
  return reason === '' ? null : { kind: 'rollback', environment, version, reason }
}
