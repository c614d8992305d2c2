import type { CommitStatus } from '../state/check.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { iso } from './iso.ts'
import { repositoryUrl } from './serialize-repository.ts'
import { serializeUser } from './serialize-user.ts'

/** `status`. */
export function serializeStatus(state: State, repository: Repository, status: CommitStatus) {
  return { ...serializeSimpleStatus(state, repository, status), creator: serializeUser(state, status.creator) }
}

/** `simple-commit-status`: a status without its creator. */
export function serializeSimpleStatus(state: State, repository: Repository, status: CommitStatus) {
  return {
    url: `${repositoryUrl(state, repository)}/statuses/${status.sha}`,
    avatar_url: `${state.url}/avatars/${status.creator.id}`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
    context: status.context,
    created_at: iso(status.createdAt),
    updated_at: iso(status.createdAt),
  }
}
