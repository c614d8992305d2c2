import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './env.ts'

export type LogOptions = {
  readonly level: LogLevel
  /** Values that never appear in a line, whoever logs them. */
  readonly secrets: readonly string[]
  /** Default: standard output. */
  readonly destination?: DestinationStream
}

/**
 * JSON lines. Errors are shown by name, message and stack alone: Octokit's and Probot's carry requests, payloads and
 * signatures. Probot logs whole events when it debugs; only their id and name are kept. Whatever looks like a secret,
 * or is one of ours, is taken out of the finished line.
 */
export function createLog({ level, secrets, destination }: LogOptions): Logger {
  const values = secrets
    .flatMap((secret) => [secret, ...secret.split('\n')])
    .map((value) => JSON.stringify(value).slice(1, -1))
    .filter((value) => value.length >= 8 && !value.startsWith('-----'))
    .sort((a, b) => b.length - a.length)
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: showError, error: showError, event: showEvent },
      hooks: { streamWrite: (line) => withoutSecrets(line, values) },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  )
}

/**
 * The shapes of GitHub's and Jira's tokens, JSON Web Tokens, signatures, and passwords in addresses. Whatever is followed by
 * something else has a longest: a long text of beginnings would take seconds.
 */
const tokens =
  /\bgh[a-z]_[A-Za-z0-9_]{16,}|\bgithub_pat_\w{20,}|\bATATT\S{20,}|\beyJ[\w-]{8,300}\.[\w-]{8,}\.[\w-]*|sha256=[0-9a-f]{64}|(?<=:\/\/[^\s:@/"]{0,100}:)[^\s@/"]+(?=@)/g

function withoutSecrets(line: string, values: readonly string[]): string {
  let clean = line.replace(tokens, '[secret]')
  for (const value of values) clean = clean.replaceAll(value, '[secret]')
  return clean
}

function showError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : 'no error'
  const shown = { type: error.name, message: error.message, stack: error.stack ?? null }
  return error instanceof AggregateError ? { ...shown, errors: error.errors.slice(0, 5).map(showError) } : shown
}

function showEvent(event: unknown): unknown {
  if (typeof event === 'string') return event
  if (typeof event !== 'object' || event === null) return null
  return { id: 'id' in event ? event.id : null, name: 'name' in event ? event.name : null }
}
