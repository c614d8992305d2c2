import type { GitOptions, GitResult } from './run-git.ts'

type Run = () => Promise<GitResult>

/** Commands that change nothing that another command could see. */
const readers = new Set([
  'cat-file',
  'check-ref-format',
  'diff',
  'diff-tree',
  'for-each-ref',
  'log',
  'ls-tree',
  'merge-base',
  'rev-list',
])

/** Answers by repository: those that name commits and objects by their sha hold for good, the others until a write. */
const fixed = new Map<string, Map<string, Promise<GitResult>>>()
const current = new Map<string, Map<string, Promise<GitResult>>>()

/**
 * Asks git only what was not asked before. A process costs some 10 ms, and a page of a GraphQL answer asks the same of
 * the same commit many times. Whatever may write forgets what could have changed, before it runs and after.
 */
export async function rememberGit(
  path: string,
  args: readonly string[],
  options: GitOptions,
  run: Run,
): Promise<GitResult> {
  const command = commandOf(args)
  // It answers whoever fetches, each with something else.
  if (command === 'upload-pack') return run()
  if (!readers.has(command) || options.env !== undefined || typeof options.input === 'object') {
    current.delete(path)
    try {
      return await run()
    } finally {
      current.delete(path)
    }
  }
  const answers = answersOf(isFixed(args, options) ? fixed : current, path)
  const key = [...args, '', options.input ?? ''].join('\n')
  const known = answers.get(key)
  if (known !== undefined) return known
  const asked = run()
  answers.set(key, asked)
  // What is missing today may be there tomorrow.
  const { code } = await asked.catch(() => ({ code: 1 }))
  if (code !== 0) answers.delete(key)
  return asked
}

function commandOf(args: readonly string[]): string {
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c')
  return args[at] ?? ''
}

function isFixed(args: readonly string[], { input }: GitOptions): boolean {
  if (input !== undefined) return false
  const end = args.indexOf('--')
  const named = (end < 0 ? args : args.slice(0, end)).filter(
    (arg, index) => !arg.startsWith('-') && args[index - 1] !== '-c',
  )
  const objects = named
    .slice(1)
    .filter((arg) => !['blob', 'tag', 'commit', 'tree'].includes(arg) && args[args.indexOf(arg) - 1] !== '-n')
  return objects.length > 0 && objects.every((arg) => /^\^?[0-9a-f]{40}(\.{2,3}[0-9a-f]{40})?$/.test(arg))
}

function answersOf(all: Map<string, Map<string, Promise<GitResult>>>, path: string): Map<string, Promise<GitResult>> {
  const known = all.get(path) ?? new Map<string, Promise<GitResult>>()
  all.set(path, known)
  return known
}
