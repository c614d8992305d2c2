import { readCommit } from '../git/commits.ts'
import { listRefs } from '../git/refs.ts'
import { nodeId } from '../node-id.ts'
import { iso } from '../rest/iso.ts'
import { serializeCommit } from '../rest/serialize-commit.ts'
import { fullName, repositoryUrl } from '../rest/serialize-repository.ts'
import type { Actor } from '../state/accounts.ts'
import type { CommitStatus } from '../state/check.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { emit } from './emit.ts'

/** Writes a commit status and sends `status`. */
export async function reportStatus(
  state: State,
  repository: Repository,
  {
    wanted,
    actor,
  }: {
    readonly wanted: Pick<CommitStatus, 'sha' | 'state' | 'context' | 'description' | 'targetUrl'>
    readonly actor: Actor
  },
): Promise<CommitStatus> {
  const id = state.nextId()
  const status: CommitStatus = {
    id,
    nodeId: nodeId('StatusContext', id),
    ...wanted,
    creator: actor.user,
    app: actor.app,
    createdAt: state.now(),
  }
  repository.statuses.push(status)
  const payload = await serializeEvent(state, repository, status)
  emit(state, { name: 'status', repository, sender: actor.user, payload })
  return status
}

async function serializeEvent(state: State, repository: Repository, status: CommitStatus) {
  const { sha, createdAt } = status
  const refs = await listRefs(repository.path, 'refs/heads/')
  const commit = serializeCommit(state, repository, await readCommit(repository.path, sha))
  const { verified, reason, signature, payload } = commit.commit.verification
  return {
    id: status.id,
    sha,
    name: fullName(repository),
    avatar_url: `${state.url}/avatars/${status.creator.id}`,
    target_url: status.targetUrl ?? null,
    context: status.context,
    description: status.description ?? null,
    state: status.state,
    commit: { ...commit, commit: { ...commit.commit, verification: { verified, reason, signature, payload } } },
    branches: refs
      .filter((ref) => ref.commit === sha)
      .map(({ name }) => ({
        name: name.replace('refs/heads/', ''),
        commit: { sha, url: `${repositoryUrl(state, repository)}/commits/${sha}` },
        protected: repository.protection.has(name.replace('refs/heads/', '')),
      })),
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
  }
}
