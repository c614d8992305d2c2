import { spawn } from 'node:child_process'

/** What the process beside a sandbox is asked to run. `env` is the whole environment; undefined leaves the runner's own. */
export type ProgramAsked = {
  readonly id: number
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly input?: string | Uint8Array | undefined
}

export type ProgramEnded =
  | {
      readonly kind: 'ended'
      readonly id: number
      readonly code: number
      readonly stdout: Uint8Array
      readonly stderr: Uint8Array
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

/** The process itself: it runs what it is sent, any number at a time, and ends with the one that started it. */
process.on('message', (asked: ProgramAsked) => start(asked))
process.on('disconnect', () => process.exit(0))
// Ctrl+C reaches every process of a terminal; this one ends when nobody needs it any more.
process.on('SIGINT', () => undefined)

function start({ id, command, args, cwd, env, input }: ProgramAsked): void {
  const child = spawn(command, args, { cwd, env: env ?? process.env })
  const out: Buffer[] = []
  const errors: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  child.once('error', (error) => say({ kind: 'failed', id, message: error.message }))
  child.once('close', (code) =>
    say({ kind: 'ended', id, code: code ?? 1, stdout: Buffer.concat(out), stderr: Buffer.concat(errors) }),
  )
  // It may end before it has read everything.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input ?? '')
}

function say(message: ProgramEnded): void {
  if (process.connected) process.send?.(message)
}
