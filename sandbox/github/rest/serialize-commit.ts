import { listChanges, readPatches } from '../git/changes.ts'
import type { Commit, Signature } from '../git/commits.ts'
import { nodeId } from '../node-id.ts'
import type { User } from '../state/accounts.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { iso } from './iso.ts'
import { repositoryPage, repositoryUrl } from './serialize-repository.ts'
import { serializeUser } from './serialize-user.ts'

/** Whose commit it is: a person or a bot by the noreply address, with or without the account's id in front of the login. */
export function userByEmail(state: State, email: string): User | undefined {
  const [, id, login] = /^(?:(\d+)\+)?(.+)@users\.noreply\.github\.com$/i.exec(email) ?? []
  if (login === undefined) return undefined
  if (id !== undefined) return state.users.find((user) => user.id === Number(id))
  return state.users.find((user) => user.login.toLowerCase() === login.toLowerCase())
}

/** `commit`, without its files. */
export function serializeCommit(state: State, repository: Repository, commit: Commit) {
  const { sha, tree, parents, author, committer, message } = commit
  const url = repositoryUrl(state, repository)
  const page = repositoryPage(state, repository)
  return {
    sha,
    node_id: commitNodeId(repository, sha),
    url: `${url}/commits/${sha}`,
    html_url: `${page}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    commit: {
      url: `${url}/git/commits/${sha}`,
      author: signature(author),
      committer: signature(committer),
      message,
      comment_count: 0,
      tree: { sha: tree, url: `${url}/git/trees/${tree}` },
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    author: accountOf(state, author),
    committer: accountOf(state, committer),
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${page}/commit/${parent}`,
    })),
  }
}

/** `commit` with what it changed against its first parent. */
export async function serializeCommitWithFiles(state: State, repository: Repository, commit: Commit) {
  const [parent] = commit.parents
  const files = await serializeFiles(state, repository, { from: parent, to: commit.sha })
  const count = (key: 'additions' | 'deletions') => files.reduce((sum, file) => sum + file[key], 0)
  const additions = count('additions')
  const deletions = count('deletions')
  const stats = { total: additions + deletions, additions, deletions }
  return { ...serializeCommit(state, repository, commit), stats, files }
}

/** `diff-entry` for each file that differs. */
export async function serializeFiles(
  state: State,
  repository: Repository,
  { from, to }: { readonly from: string | undefined; readonly to: string },
) {
  const changes = await listChanges(repository.path, from, to)
  const patches = await readPatches(repository.path, from, to)
  const page = repositoryPage(state, repository)
  return changes.map(({ path, previousPath, status, sha, additions, deletions }) => ({
    sha,
    filename: path,
    status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${page}/blob/${to}/${encodeURI(path)}`,
    raw_url: `${page}/raw/${to}/${encodeURI(path)}`,
    contents_url: `${repositoryUrl(state, repository)}/contents/${encodeURI(path)}?ref=${to}`,
    ...(patches.has(path) ? { patch: patches.get(path) } : {}),
    ...(previousPath === undefined ? {} : { previous_filename: previousPath }),
  }))
}

/** `simple-commit`, as check suites carry it. */
export function serializeSimpleCommit({ sha, tree, message, author, committer }: Commit) {
  return {
    id: sha,
    tree_id: tree,
    message,
    timestamp: iso(committer.at),
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  }
}

export function commitNodeId(repository: Repository, sha: string): string {
  return nodeId('Commit', `${repository.id}:${sha}`)
}

function accountOf(state: State, { email }: Signature) {
  const user = userByEmail(state, email)
  return user === undefined ? null : serializeUser(state, user)
}

function signature({ name, email, at }: Signature) {
  return { name, email, date: iso(at) }
}
