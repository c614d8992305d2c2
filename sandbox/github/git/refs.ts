import { runGit, tryGit } from './run-git.ts'

export const zeroSha = '0'.repeat(40)

export type Ref = {
  /** Whole: `refs/heads/main`. */
  readonly name: string
  /** What it points at: for an annotated tag the tag object. */
  readonly sha: string
  readonly type: 'commit' | 'tag' | 'tree' | 'blob'
  /** The commit it comes down to. */
  readonly commit: string
}

/** Refs whose names begin with one of the prefixes, by name. A prefix without `/` at the end matches whole names and folders only. */
export async function listRefs(path: string, ...prefixes: readonly string[]): Promise<readonly Ref[]> {
  if (prefixes.some((prefix) => prefix.includes('*'))) return readRefs(path, prefixes)
  // All of them: between two writes git is asked once, whatever part of them is asked for.
  const all = await readRefs(path, [])
  return all.filter(({ name }) => prefixes.some((prefix) => isUnder(name, prefix)))
}

/** One ref by its whole name. */
export async function findRef(path: string, name: string): Promise<Ref | undefined> {
  if (!isSafeName(name)) return undefined
  return (await listRefs(path, name)).find((ref) => ref.name === name)
}

/** The commit that a branch, a tag, a (short) sha or `heads/…`, `tags/…` means; branches win over tags. */
export async function resolveCommit(path: string, ref: string): Promise<string | undefined> {
  if (!isSafeName(ref)) return undefined
  if ((await objectType(path, ref)) === 'commit') return ref
  const branch = await findRef(path, `refs/heads/${ref}`)
  if (branch?.type === 'commit') return branch.sha
  const names = [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/${ref}`, ref].filter(
    (name) => /^(?:refs\/|HEAD$)/.test(name) || /^[0-9a-f]{4,40}$/.test(name),
  )
  const input = names.map((name) => `${name}^{commit}\n`).join('')
  const lines = (await runGit(path, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input })).split('\n')
  return lines.flatMap((line) => /^([0-9a-f]{40}) commit$/.exec(line)?.[1] ?? [])[0]
}

/** The kind of an object by its full sha; undefined when there is none. */
export async function objectType(path: string, sha: string): Promise<Ref['type'] | undefined> {
  if (!/^[0-9a-f]{40}$/.test(sha)) return undefined
  const { code, stdout } = await tryGit(path, ['cat-file', '-t', sha])
  return code === 0 ? toType(stdout.toString('utf8').trim()) : undefined
}

/**
 * Moves, creates (`before` is `zeroSha`) or deletes (`after` is `zeroSha`) a ref; false when it is not, or no longer, at `before`.
 * This is git's own compare-and-swap.
 */
export async function moveRef(
  path: string,
  name: string,
  move: { readonly before: string; readonly after: string },
): Promise<boolean> {
  const args = move.after === zeroSha ? ['-d', name, move.before] : [name, move.after, move.before]
  return (await tryGit(path, ['update-ref', ...args])).code === 0
}

/** Whether git takes it as a ref's whole name. */
export async function isRefName(path: string, name: string): Promise<boolean> {
  return isSafeName(name) && (await tryGit(path, ['check-ref-format', name])).code === 0
}

function isSafeName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come through
  return name !== '' && !/^-|[\u0000-\u0020\u007f^~:?*[\\]|\.\.|@\{|\/\//.test(name)
}

async function readRefs(path: string, patterns: readonly string[]): Promise<readonly Ref[]> {
  const format = '%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)'
  const text = await runGit(path, ['for-each-ref', `--format=${format}`, ...patterns])
  return text === '' ? [] : text.split('\n').map(toRef)
}

function isUnder(name: string, prefix: string): boolean {
  return name === prefix || name.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`)
}

function toRef(line: string): Ref {
  const [name = '', sha = '', type = '', peeled = ''] = line.split('\0')
  return { name, sha, type: toType(type), commit: peeled === '' ? sha : peeled }
}

function toType(text: string): Ref['type'] {
  return text === 'tag' || text === 'tree' || text === 'blob' ? text : 'commit'
}
