import { type RefMove, recordMoves } from '../acts/record-moves.ts'
import { isAncestor } from '../git/commits.ts'
import { findRef, isRefName, listRefs, moveRef, objectType, type Ref, resolveCommit, zeroSha } from '../git/refs.ts'
import { readTagObject, writeTagObject } from '../git/tag-object.ts'
import { guardWorkflows } from '../guards-workflows.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { refusesPush } from '../refuses-push.ts'
import { created, flag, moment, needText, ok, parameter, type RepositoryCall, type RepositoryRoutes } from './call.ts'
import { serializeGitRef, serializeGitTag } from './serialize-ref.ts'

const reads = { app: ['contents:read'], person: 'read' } as const
const writes = { app: ['contents:write'], person: 'write' } as const

/** git's own refs and tag objects. Creating a ref is atomic: of two at once one gets a 422. */
export const refRoutes: RepositoryRoutes = {
  'GET /git/ref/{ref}': { ...reads, handle: async (call) => ok(serializeGitRef(call, await needRef(call))) },
  'GET /git/matching-refs/{ref}': {
    ...reads,
    handle: async (call) => {
      const prefix = `refs/${parameter(call, 'ref')}`
      const refs = await listRefs(call.repository.path, `${prefix.replace(/[^/]*$/, '')}**`)
      const matching = refs.filter(({ name }) => name.startsWith(prefix))
      return ok(matching.map((ref) => serializeGitRef(call, ref)))
    },
  },
  'POST /git/refs': { ...writes, handle: create },
  'PATCH /git/refs/{ref}': { ...writes, handle: update },
  'DELETE /git/refs/{ref}': { ...writes, handle: remove },
  'POST /git/tags': { ...writes, handle: createTag },
  'GET /git/tags/{tag_sha}': {
    ...reads,
    handle: async (call) => {
      const tag = await readTagObject(call.repository.path, parameter(call, 'tag_sha'))
      if (tag === undefined) throw notFound()
      return ok(serializeGitTag(call, tag))
    },
  },
}

async function create(call: RepositoryCall) {
  const { repository } = call
  const name = needText(call, 'ref')
  const after = needText(call, 'sha')
  if (!/^refs\/[^/]+\/.+/.test(name) || name.startsWith('refs/pull/') || !(await isRefName(repository.path, name))) {
    throw new Refusal(422, 'Reference name is not valid')
  }
  const type = await objectType(repository.path, after)
  if (type === undefined || (name.startsWith('refs/heads/') && type !== 'commit')) {
    throw new Refusal(422, 'Object does not exist')
  }
  const commit = await resolveCommit(repository.path, after)
  if (name.startsWith('refs/tags/') && commit !== undefined) await guardWorkflows(repository, call.principal, commit)
  await move(call, { name, before: zeroSha, after }, 'Reference already exists')
  return created(serializeGitRef(call, await findOrThrow(call, name)))
}

async function update(call: RepositoryCall) {
  const { repository } = call
  const ref = await needRef(call)
  const after = needText(call, 'sha')
  const type = await objectType(repository.path, after)
  if (type === undefined) throw new Refusal(422, 'Object does not exist')
  const forwards = type === 'commit' && (await isAncestor(repository.path, ref.commit, after))
  if (!forwards && flag(call, 'force') !== true) throw new Refusal(422, 'Update is not a fast forward')
  await move(call, { name: ref.name, before: ref.sha, after }, 'Reference was updated in the meantime')
  return ok(serializeGitRef(call, await findOrThrow(call, ref.name)))
}

async function remove(call: RepositoryCall) {
  const ref = await findRef(call.repository.path, `refs/${parameter(call, 'ref')}`)
  if (ref === undefined) throw new Refusal(422, 'Reference does not exist')
  await move(call, { name: ref.name, before: ref.sha, after: zeroSha }, 'Reference does not exist')
  return { status: 204 }
}

async function move(call: RepositoryCall, change: RefMove, refusal: string): Promise<void> {
  const { state, repository, actor, principal } = call
  const refused = refusesPush(repository, principal, change)
  if (refused !== undefined) throw new Refusal(422, refused)
  if (!(await moveRef(repository.path, change.name, change))) throw new Refusal(422, refusal)
  await recordMoves(state, repository, { actor, moves: [change] })
}

async function createTag(call: RepositoryCall) {
  const { state, repository, actor, body } = call
  const object = needText(call, 'object')
  const type = await objectType(repository.path, object)
  if (type === undefined || type !== needText(call, 'type')) {
    throw invalid(undefined, 'Could not verify tag object')
  }
  const given = typeof body['tagger'] === 'object' && body['tagger'] !== null ? { ...body['tagger'] } : {}
  const tagger = {
    name: 'name' in given ? String(given.name) : actor.user.name,
    email: 'email' in given ? String(given.email) : actor.user.email,
    at: ('date' in given ? moment({ body: { ...given } }, 'date') : undefined) ?? state.now(),
  }
  const tag = { object, type, tag: needText(call, 'tag'), message: needText(call, 'message'), tagger }
  if (!(await isRefName(repository.path, `refs/tags/${tag.tag}`))) throw invalid(undefined, 'Tag name is not valid')
  return created(serializeGitTag(call, { ...tag, sha: await writeTagObject(repository.path, tag) }))
}

async function needRef(call: RepositoryCall): Promise<Ref> {
  return findOrThrow(call, `refs/${parameter(call, 'ref')}`)
}

async function findOrThrow(call: RepositoryCall, name: string): Promise<Ref> {
  const ref = await findRef(call.repository.path, name)
  if (ref === undefined) throw notFound()
  return ref
}
