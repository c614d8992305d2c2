import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { emptyLists } from '../make-repository.ts'
import { nodeId } from '../node-id.ts'
import { invalid } from '../refusal.ts'
import type { User } from '../state/accounts.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'

/** A person's own copy of a repository, branches and all; nobody else may push to it, and no App is installed there. */
export async function forkRepository(state: State, parent: Repository, user: User): Promise<Repository> {
  const owner = { id: user.id, nodeId: user.nodeId, login: user.login, members: [user], teams: [] }
  if (state.repositories.some((one) => one.owner.login === owner.login && one.name === parent.name)) {
    throw invalid([`${owner.login} has a fork already`])
  }
  const id = state.nextId()
  const path = join(dirname(parent.path), `${id}.git`)
  await cp(parent.path, path, { recursive: true })
  const fork: Repository = {
    ...parent,
    id,
    nodeId: nodeId('Repository', id),
    owner,
    parent,
    permissions: new Map([[user.id, 'admin']]),
    path,
    ...emptyLists(),
    protection: new Map(),
    mergeQueues: new Map(),
    nextNumber: 1,
    createdAt: state.now(),
    pushedAt: state.now(),
  }
  state.repositories.push(fork)
  return fork
}
