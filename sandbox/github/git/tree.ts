import { runGit, tryGit } from './run-git.ts'

export type TreeEntry = {
  readonly type: 'file' | 'dir' | 'symlink' | 'submodule'
  /** As git writes it, a number: 0o100755 for a program. */
  readonly mode: number
  readonly sha: string
  /** Bytes; 0 for folders. */
  readonly size: number
  /** From the root of the repository. */
  readonly path: string
}

/**
 * What is at `file` (without slashes at either end; empty for the root) in a commit; undefined when nothing is. Its folder
 * is listed, which is remembered: mostly several files of one folder are asked for.
 */
export async function findEntry(path: string, commit: string, file: string): Promise<TreeEntry | undefined> {
  if (file === '') return { type: 'dir', mode: 0o040000, sha: commit, size: 0, path: '' }
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')))
  return (await listFolder(path, commit, folder)).find((entry) => entry.path === file)
}

/** The entries directly within a folder, by name. */
export function listFolder(path: string, commit: string, folder: string): Promise<readonly TreeEntry[]> {
  return listTree(path, commit, folder === '' ? undefined : `${folder}/`)
}

/** The bytes of a blob. */
export async function readBlob(path: string, sha: string): Promise<Buffer> {
  const { code, stdout, stderr } = await tryGit(path, ['cat-file', 'blob', sha])
  if (code !== 0) throw new Error(`no blob ${sha}: ${stderr}`)
  return stdout
}

async function listTree(path: string, commit: string, pathspec: string | undefined): Promise<readonly TreeEntry[]> {
  const only = pathspec === undefined ? [] : ['--', pathspec]
  const text = await runGit(path, ['--literal-pathspecs', 'ls-tree', '-z', '-l', commit, ...only])
  return text.split('\0').flatMap((line) => {
    const [about = '', name] = line.split('\t')
    if (name === undefined) return []
    const [mode = '', type = '', sha = '', size = ''] = about.split(/ +/)
    return { type: typeOf(mode, type), mode: Number.parseInt(mode, 8), sha, size: Number(size) || 0, path: name }
  })
}

function typeOf(mode: string, type: string): TreeEntry['type'] {
  if (type === 'tree') return 'dir'
  if (type === 'commit') return 'submodule'
  return mode === '120000' ? 'symlink' : 'file'
}
