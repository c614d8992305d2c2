import { runProgram } from '../../run-program.ts'
import { rememberGit } from './remember-git.ts'

export type GitResult = { readonly code: number; readonly stdout: Buffer; readonly stderr: string }

export type GitOptions = {
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
}

/** Runs git on the bare repository at `path` and answers what it printed, without the newline at the end. Rejects when git fails. */
export async function runGit(path: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await tryGit(path, args, options)
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${code}: ${stderr}`)
  return stdout.toString('utf8').replace(/\n$/, '')
}

/** Runs git and answers its exit code with all that it printed. No shell, and no configuration but the repository's own. */
export function tryGit(path: string, args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  return rememberGit(path, args, options, () => startGit(path, args, options))
}

function startGit(path: string, args: readonly string[], { env, input }: GitOptions): Promise<GitResult> {
  return runProgram({ command: 'git', args: ['--git-dir', path, ...args], env: { ...gitEnvironment, ...env }, input })
}

const gitEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
}
