import { type ChildProcess, fork } from 'node:child_process'
import type { ProgramAsked, ProgramEnded } from './program-runner.ts'

export type Program = Omit<ProgramAsked, 'id'>
export type Ended = { readonly code: number; readonly stdout: Buffer; readonly stderr: string }

/**
 * Runs a program to its end and answers all that it printed. It is started from a small process beside this one: starting
 * a program copies the page tables of the process that starts it, which takes tens of milliseconds where that holds
 * hundreds of megabytes, and a sandbox starts git thousands of times. Rejects when the program can't be started.
 */
export function runProgram(program: Program): Promise<Ended> {
  runner ??= startRunner()
  return runner.run(program)
}

/** The same for git in a clone. Rejects with what git said when it fails. */
export async function git(args: readonly string[], where: { readonly cwd?: string } = {}): Promise<{ stdout: string }> {
  const { code, stdout, stderr } = await runProgram({ command: 'git', args, ...where })
  if (code !== 0) throw new Error(`git ${args[0] ?? ''}: ${code}: ${stderr}`)
  return { stdout: stdout.toString('utf8') }
}

let runner: { readonly run: (program: Program) => Promise<Ended> } | null = null

type Waiting = { readonly resolve: (ended: Ended) => void; readonly reject: (error: Error) => void }

function startRunner() {
  const child = fork(new URL('./program-runner.ts', import.meta.url), { execArgv: [], serialization: 'advanced' })
  const waiting = new Map<number, Waiting>()
  let last = 0
  child.on('message', (message: ProgramEnded) => answer(child, waiting, message))
  child.once('exit', () => {
    runner = null
    for (const one of waiting.values()) one.reject(new Error('the process that runs programs ended'))
    waiting.clear()
  })
  rest(child)
  return {
    run: (program: Program) =>
      new Promise<Ended>((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve, reject })
        child.ref()
        child.channel?.ref()
        child.send({ ...program, id: last } satisfies ProgramAsked)
      }),
  }
}

function answer(child: ChildProcess, waiting: Map<number, Waiting>, message: ProgramEnded): void {
  const one = waiting.get(message.id)
  waiting.delete(message.id)
  if (waiting.size === 0) rest(child)
  if (message.kind === 'failed') {
    one?.reject(new Error(message.message))
  } else {
    const { code, stdout, stderr } = message
    one?.resolve({ code, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr).toString('utf8') })
  }
}

/** While nothing runs, the runner keeps nobody alive. */
function rest(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
}
