import { listCommits, readCommit, type Signature } from './commits.ts'
import { runGit, tryGit } from './run-git.ts'

/** What is merged: `head` into `base`, both full shas. */
export type Sides = { readonly base: string; readonly head: string }

export type NewCommit = {
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
  readonly author: Signature
  readonly committer: Signature
}

/** The tree of the merge; undefined when there is a conflict. */
export async function mergeTree(path: string, { base, head }: Sides): Promise<string | undefined> {
  const { code, stdout } = await tryGit(path, ['merge-tree', '--write-tree', '--no-messages', base, head])
  return code === 0 ? stdout.toString('utf8').split('\n')[0] : undefined
}

/** Writes a commit object and answers its sha. No ref moves. */
export async function writeCommit(path: string, commit: NewCommit): Promise<string> {
  const text = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signature(commit.author)}`,
    `committer ${signature(commit.committer)}`,
    '',
    `${commit.message}\n`,
  ].join('\n')
  return runGit(path, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: text })
}

/**
 * Puts the head's commits (merges left out, as GitHub does) one by one on the base, with `committer` as the committer of each; answers
 * the last one, or undefined at the first conflict. A fast-forward makes new commits too.
 */
export async function rebase(path: string, sides: Sides, committer: Signature): Promise<string | undefined> {
  const commits = await listCommits(path, [
    '--reverse',
    '--topo-order',
    '--no-merges',
    sides.head,
    `^${sides.base}`,
    '--',
  ])
  let onto = sides.base
  for (const commit of commits) {
    const tree = await cherryPick(path, { onto, sha: commit.sha })
    if (tree === undefined) return undefined
    const { author, message } = commit
    onto = await writeCommit(path, { tree, parents: [onto], message, author, committer })
  }
  return onto
}

/**
 * The tree of one commit on another parent. Git 2.39's merge-tree takes no merge base, so the commit is put on a made-up
 * parent of `onto`'s line: a commit of the parent's tree that both sides have as their only ancestor.
 */
async function cherryPick(
  path: string,
  { onto, sha }: { readonly onto: string; readonly sha: string },
): Promise<string | undefined> {
  const [picked, target] = await Promise.all([readCommit(path, sha), readCommit(path, onto)])
  const [parent] = picked.parents
  if (parent === onto) return picked.tree
  const base = parent === undefined ? undefined : await readCommit(path, parent)
  const { author, committer } = picked
  const root = await writeCommit(path, {
    tree: base?.tree ?? (await runGit(path, ['hash-object', '-t', 'tree', '-w', '--stdin'])),
    parents: [],
    message: 'base',
    author,
    committer,
  })
  const side = (tree: string) => writeCommit(path, { tree, parents: [root], message: 'side', author, committer })
  const [ours, theirs] = await Promise.all([side(target.tree), side(picked.tree)])
  return mergeTree(path, { base: ours, head: theirs })
}

function signature({ name, email, at }: Signature): string {
  return `${name} <${email}> ${Math.floor(at / 1000)} +0000`
}
