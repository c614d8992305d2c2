import { listChanges } from '../git/changes.ts'
import { type Commit, listCommits, readCommit, type Signature } from '../git/commits.ts'
import { resolveCommit, zeroSha } from '../git/refs.ts'
import { iso } from '../rest/iso.ts'
import { userByEmail } from '../rest/serialize-commit.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { Actor } from '../state/accounts.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import type { RefMove } from './record-moves.ts'

/** GitHub lists no more in one payload (https://docs.github.com/webhooks/webhook-events-and-payloads#push). */
const mostCommits = 2048

/** What a `push` event says beyond repository and sender. */
export async function serializePush(
  state: State,
  repository: Repository,
  { move, actor, forced }: { readonly move: RefMove; readonly actor: Actor; readonly forced: boolean },
) {
  const { name, before, after } = move
  const page = repositoryPage(state, repository)
  const commits = await newCommits(repository, move)
  const head = after === zeroSha ? undefined : await resolveCommit(repository.path, after)
  const serialize = (commit: Commit) => serializePushedCommit(state, repository, commit)
  return {
    ref: name,
    before,
    after,
    created: before === zeroSha,
    deleted: after === zeroSha,
    forced,
    base_ref: null,
    compare: `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: await Promise.all(commits.map(serialize)),
    head_commit: head === undefined ? null : await serialize(await readCommit(repository.path, head)),
    pusher: { name: actor.user.login, email: actor.user.email },
  }
}

/** Oldest first; for a new branch what no other branch has. Tags bring none. */
async function newCommits({ path }: Repository, { name, before, after }: RefMove): Promise<readonly Commit[]> {
  if (after === zeroSha || !name.startsWith('refs/heads/')) return []
  const known =
    before === zeroSha ? ['--not', `--exclude=${name.replace('refs/heads/', '')}`, '--branches'] : [`^${before}`]
  return listCommits(path, ['--reverse', '--topo-order', `--max-count=${mostCommits}`, after, ...known, '--'])
}

async function serializePushedCommit(state: State, repository: Repository, commit: Commit) {
  const changes = await listChanges(repository.path, commit.parents[0], commit.sha)
  const pathsOf = (...statuses: readonly string[]) =>
    changes.filter(({ status }) => statuses.includes(status)).map(({ path }) => path)
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: iso(commit.committer.at),
    url: `${repositoryPage(state, repository)}/commit/${commit.sha}`,
    author: committer(state, commit.author),
    committer: committer(state, commit.committer),
    added: pathsOf('added', 'renamed'),
    removed: pathsOf('removed'),
    modified: pathsOf('modified'),
  }
}

function committer(state: State, { name, email }: Signature) {
  const user = userByEmail(state, email)
  return { name, email, ...(user === undefined ? {} : { username: user.login }) }
}
