import type { Command } from './wish.ts'

/**
 * What a comment asks for, or null when it asks for nothing: its first line must start with `/waybill`. Anything quoted,
 * fenced or hidden in an HTML comment does not start the first line, so it does not count.
 */
export function parseCommand(body: string): Command | null {
  const line = body.split(/\r?\n/, 1)[0] ?? ''
  const words = line.slice(0, 1000).trimEnd().split(/\s+/)
  if (words[0] !== '/waybill') return null
  const [, verb = '', first, second] = words
  if (verb === 'help' || verb === '') return { kind: 'help' }
  if (verb === 'promote' && first !== undefined) return { kind: 'promote', environment: first, version: second ?? null }
  return { kind: 'unknown', word: verb === 'promote' ? 'promote without an environment' : verb }
}
