import { findRef, moveRef, resolveCommit, zeroSha } from '../git/refs.ts'
import { nodeId } from '../node-id.ts'
import { invalid } from '../refusal.ts'
import { serializeRelease } from '../rest/serialize-release.ts'
import type { Actor } from '../state/accounts.ts'
import type { Release } from '../state/release.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { emit } from './emit.ts'
import { recordMoves } from './record-moves.ts'

export type ReleaseContent = Pick<
  Release,
  'tagName' | 'targetCommitish' | 'name' | 'body' | 'draft' | 'prerelease' | 'makeLatest'
>

/** Makes a release; one that is no draft is published. A tag that is missing is made, lightweight, at the target. */
export async function createRelease(
  state: State,
  repository: Repository,
  { content, actor }: { readonly content: ReleaseContent; readonly actor: Actor },
): Promise<Release> {
  refuseDouble(repository, content.tagName, undefined)
  const id = state.nextId()
  const release: Release = {
    id,
    nodeId: nodeId('Release', id),
    ...content,
    author: actor.user,
    createdAt: state.now(),
    publishedAt: undefined,
    immutable: false,
  }
  if (!content.draft) await ensureTag(state, repository, { release, actor })
  repository.releases.push(release)
  if (!content.draft) publish(state, repository, { release, actor })
  return release
}

/** Changes a release; a draft that is one no more is published. */
export async function updateRelease(
  state: State,
  repository: Repository,
  { release, content, actor }: { readonly release: Release; readonly content: ReleaseContent; readonly actor: Actor },
): Promise<void> {
  refuseDouble(repository, content.tagName, release)
  Object.assign(release, content)
  if (release.draft || release.publishedAt !== undefined) return
  await ensureTag(state, repository, { release, actor })
  publish(state, repository, { release, actor })
}

function refuseDouble(repository: Repository, tagName: string, self: Release | undefined): void {
  const double = repository.releases.some((one) => one !== self && one.tagName === tagName && !one.draft)
  if (repository.burnedTags.has(tagName) && self?.immutable !== true) {
    const message = 'tag_name was used by an immutable release'
    throw invalid([{ resource: 'Release', code: 'custom', field: 'tag_name', message }], message)
  }
  if (double) throw invalid([{ resource: 'Release', code: 'already_exists', field: 'tag_name' }])
}

async function ensureTag(
  state: State,
  repository: Repository,
  { release, actor }: { readonly release: Release; readonly actor: Actor },
): Promise<void> {
  const name = `refs/tags/${release.tagName}`
  if ((await findRef(repository.path, name)) !== undefined) return
  const target = await resolveCommit(repository.path, release.targetCommitish)
  if (target === undefined) {
    throw invalid([{ resource: 'Release', code: 'invalid', field: 'target_commitish' }])
  }
  const move = { name, before: zeroSha, after: target }
  if (!(await moveRef(repository.path, name, move))) {
    throw invalid([{ resource: 'Release', code: 'custom', field: 'tag_name', message: 'tag_name is not a valid tag' }])
  }
  await recordMoves(state, repository, { actor, moves: [move] })
}

function publish(
  state: State,
  repository: Repository,
  { release, actor }: { readonly release: Release; readonly actor: Actor },
): void {
  release.publishedAt = state.now()
  release.immutable = repository.immutableReleases
  if (release.immutable) repository.burnedTags.add(release.tagName)
  for (const action of ['published', 'released'] as const) {
    if (action === 'released' && release.prerelease) continue
    const payload = { action, release: serializeRelease(state, repository, release) }
    emit(state, { name: 'release', repository, sender: actor.user, payload })
  }
}
