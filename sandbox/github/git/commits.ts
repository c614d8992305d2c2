import { runGit } from './run-git.ts'

export type Signature = {
  readonly name: string
  readonly email: string
  /** Milliseconds since 1970, UTC; git keeps whole seconds. */
  readonly at: number
}

export type Commit = {
  readonly sha: string
  readonly tree: string
  /** First parent first. */
  readonly parents: readonly string[]
  readonly author: Signature
  readonly committer: Signature
  readonly message: string
}

const format = 'tformat:%H%x00%T%x00%P%x00%an%x00%ae%x00%at%x00%cn%x00%ce%x00%ct%x00%B'
const fields = 10
const known = new Map<string, Commit>()

/** The commits that `git log` lists for these arguments, in its order (newest first unless told otherwise). */
export async function listCommits(path: string, args: readonly string[]): Promise<readonly Commit[]> {
  const text = await runGit(path, ['log', '-z', `--format=${format}`, ...args])
  const parts = text.split('\0')
  const commits = Array.from({ length: Math.floor(parts.length / fields) }, (_, index) =>
    toCommit(parts.slice(index * fields, (index + 1) * fields)),
  )
  for (const commit of commits) known.set(`${path} ${commit.sha}`, commit)
  return commits
}

/** One commit by its full sha. Rejects when the repository has none. Commits never change, so each is read once. */
export async function readCommit(path: string, sha: string): Promise<Commit> {
  const cached = known.get(`${path} ${sha}`)
  if (cached !== undefined) return cached
  const [commit] = await listCommits(path, ['--no-walk', sha, '--'])
  if (commit === undefined) throw new Error(`no commit ${sha}`)
  return commit
}

/** Whether `ancestor` is reachable from `descendant`; a commit is its own ancestor. */
export async function isAncestor(path: string, ancestor: string, descendant: string): Promise<boolean> {
  if (ancestor === descendant) return true
  const behind = await runGit(path, ['rev-list', '--count', '-n', '1', ancestor, `^${descendant}`])
  return behind === '0'
}

/** The best common ancestor; undefined for unrelated histories. */
export async function mergeBase(path: string, one: string, other: string): Promise<string | undefined> {
  const found = await runGit(path, ['merge-base', one, other]).catch(() => '')
  return found === '' ? undefined : found
}

function toCommit(parts: readonly string[]): Commit {
  const [sha = '', tree = '', parents = '', an = '', ae = '', at = '', cn = '', ce = '', ct = '', message = ''] = parts
  return {
    sha,
    tree,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: an, email: ae, at: Number(at) * 1000 },
    committer: { name: cn, email: ce, at: Number(ct) * 1000 },
    message: message.replace(/\n+$/, ''),
  }
}
