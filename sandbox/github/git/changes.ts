import { runGit } from './run-git.ts'

export type FileChange = {
  readonly path: string
  readonly previousPath: string | undefined
  readonly status: 'added' | 'removed' | 'modified' | 'renamed'
  /** The blob's sha afterwards; before, for a removed file. */
  readonly sha: string
  /** Lines; 0 for binary files. */
  readonly additions: number
  readonly deletions: number
}

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const known = new Map<string, readonly FileChange[]>()

/** What differs between two commits, by path; `from` undefined means from nothing. Renames are found as git finds them. */
export async function listChanges(path: string, from: string | undefined, to: string): Promise<readonly FileChange[]> {
  const key = `${path} ${from} ${to}`
  const cached = known.get(key)
  if (cached !== undefined) return cached
  const text = await runGit(path, [
    'diff-tree',
    '-r',
    '-z',
    '-M',
    '--raw',
    '--numstat',
    '--no-abbrev',
    from ?? emptyTree,
    to,
  ])
  const changes = parse(text)
  known.set(key, changes)
  return changes
}

/** The patch of each changed file, by its path afterwards, without git's header lines. */
export async function readPatches(
  path: string,
  from: string | undefined,
  to: string,
): Promise<ReadonlyMap<string, string>> {
  const text = await runGit(path, ['-c', 'core.quotepath=off', 'diff', '-M', from ?? emptyTree, to])
  const patches = text.split(/^diff --git /m).slice(1)
  return new Map(
    patches.flatMap((patch) => {
      const name = /^\+\+\+ b\/(.+)$/m.exec(patch)?.[1] ?? /^--- a\/(.+)$/m.exec(patch)?.[1]
      const start = patch.search(/^@@ /m)
      return name === undefined || start < 0 ? [] : [[name, patch.slice(start).replace(/\n$/, '')] as const]
    }),
  )
}

function parse(text: string): readonly FileChange[] {
  const parts = text.split('\0')
  const raw: Omit<FileChange, 'additions' | 'deletions'>[] = []
  const counts = new Map<string, readonly [number, number]>()
  for (let index = 0; index < parts.length; ) {
    const part = parts[index] ?? ''
    if (part.startsWith(':')) {
      const [, , before = '', after = '', letter = ''] = part.split(' ')
      const renamed = letter.startsWith('R')
      const first = parts[index + 1] ?? ''
      const path = renamed ? (parts[index + 2] ?? '') : first
      const status = statusOf(letter)
      raw.push({ path, previousPath: renamed ? first : undefined, status, sha: status === 'removed' ? before : after })
      index += renamed ? 3 : 2
    } else {
      const [additions = '', deletions = '', path = ''] = part.split('\t')
      // A renamed file's two names follow in parts of their own.
      const renamed = path === '' && additions !== ''
      counts.set(renamed ? (parts[index + 2] ?? '') : path, [Number(additions) || 0, Number(deletions) || 0])
      index += renamed ? 3 : 1
    }
  }
  return raw.map((one) => {
    const [additions, deletions] = counts.get(one.path) ?? [0, 0]
    return { ...one, additions, deletions }
  })
}

function statusOf(letter: string): FileChange['status'] {
  switch (letter.charAt(0)) {
    case 'A':
      return 'added'
    case 'D':
      return 'removed'
    case 'R':
      return 'renamed'
    default:
      return 'modified'
  }
}
