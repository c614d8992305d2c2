import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'

type Tree = { readonly [key: string]: unknown }
type Step = {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
type Workflow = {
  readonly on: unknown
  readonly jobs: Readonly<
    Record<string, { readonly environment?: unknown; readonly env?: Step['env']; readonly steps: readonly Step[] }>
  >
}

export async function readWorkflow(file: string): Promise<Workflow> {
  const parsed: Workflow = parse(await readFile(file, 'utf8'))
  return parsed
}

/**
 * Runs the shell steps of a workflow's only job, as Actions does: expressions from `contexts`, outputs of earlier steps,
 * `if: failure()` after a step that failed. Steps that use an action are left out. Answers what was printed and whether
 * the job succeeded.
 */
export async function runWorkflow(
  { jobs }: Workflow,
  at: { readonly directory: string; readonly contexts: Tree; readonly variables: Readonly<Record<string, string>> },
): Promise<{ readonly success: boolean; readonly ran: readonly string[]; readonly printed: string }> {
  const [job] = Object.values(jobs)
  const outputs: Record<string, { outputs: Record<string, string> }> = {}
  const ran: string[] = []
  let printed = ''
  let success = true
  for (const [number, step] of (job?.steps ?? []).entries()) {
    if (step.run === undefined || (step.if === 'failure()' ? success : !success)) continue
    const contexts = { ...at.contexts, steps: outputs }
    const file = join(at.directory, `output-${number}`)
    const env = {
      PATH: process.env['PATH'],
      ...at.variables,
      ...evaluated(job?.env, contexts),
      ...evaluated(step.env, contexts),
      GITHUB_OUTPUT: file,
    }
    ran.push(step.name ?? '')
    const script = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run]
    try {
      const { stdout, stderr } = await promisify(execFile)('bash', script, { cwd: at.directory, env })
      printed += stdout + stderr
    } catch (error) {
      success = false
      printed += typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : ''
    }
    if (step.id !== undefined) outputs[step.id] = { outputs: await outputsIn(file) }
  }
  return { success, ran, printed }
}

function evaluated(env: Step['env'], contexts: Tree): Record<string, string> {
  return Object.fromEntries(Object.entries(env ?? {}).map(([name, value]) => [name, evaluate(value, contexts)]))
}

/** `${{ a.b.c }}` and `${{ a.b || 'text' }}`; what is missing is empty. */
function evaluate(text: string, contexts: Tree): string {
  return text.replaceAll(/\$\{\{ *([\w.-]+)(?: *\|\| *'([^']*)')? *\}\}/g, (_, path: string, otherwise = '') => {
    const value = path.split('.').reduce<unknown>((at, key) => {
      return typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === key)?.[1] : undefined
    }, contexts)
    return String(value ?? otherwise)
  })
}

async function outputsIn(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => line.includes('='))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}
