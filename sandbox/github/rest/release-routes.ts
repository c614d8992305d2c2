import { createRelease, type ReleaseContent, updateRelease } from '../acts/publish-release.ts'
import { listCommits } from '../git/commits.ts'
import { listRefs, resolveCommit } from '../git/refs.ts'
import { guardWorkflows } from '../guards-workflows.ts'
import { nodeId } from '../node-id.ts'
import { notFound } from '../refusal.ts'
import type { Release } from '../state/release.ts'
import { created, flag, needText, ok, parameter, type RepositoryCall, type RepositoryRoutes, text } from './call.ts'
import { paginate } from './paginate.ts'
import { serializeRelease } from './serialize-release.ts'
import { repositoryPage, repositoryUrl } from './serialize-repository.ts'

const reads = { app: ['contents:read'], person: 'read' } as const
const writes = { app: ['contents:write'], person: 'write' } as const
const administers = { app: ['administration:write'], person: 'admin' } as const

export const releaseRoutes: RepositoryRoutes = {
  'GET /releases': {
    ...reads,
    handle: (call) =>
      paginate(call, call.repository.releases.toReversed(), (one) =>
        serializeRelease(call.state, call.repository, one),
      ),
  },
  'GET /releases/tags/{tag}': { ...reads, handle: (call) => ok(serialize(call, needRelease(call))) },
  'GET /releases/{release_id}': { ...reads, handle: (call) => ok(serialize(call, needRelease(call))) },
  'POST /releases': {
    ...writes,
    handle: async (call) => {
      const { state, repository, actor } = call
      const content = readContent(call, undefined)
      const target = (await resolveCommit(repository.path, `tags/${content.tagName}`)) ?? content.targetCommitish
      const commit = await resolveCommit(repository.path, target)
      if (commit !== undefined) await guardWorkflows(repository, call.principal, commit)
      return created(serialize(call, await createRelease(state, repository, { content, actor })))
    },
  },
  'PATCH /releases/{release_id}': {
    ...writes,
    handle: async (call) => {
      const release = needRelease(call)
      const { state, repository, actor } = call
      await updateRelease(state, repository, { release, content: readContent(call, release), actor })
      return ok(serialize(call, release))
    },
  },
  'DELETE /releases/{release_id}': {
    ...writes,
    handle: (call) => {
      call.repository.releases.splice(call.repository.releases.indexOf(needRelease(call)), 1)
      return { status: 204 }
    },
  },
  'GET /immutable-releases': {
    ...administers,
    handle: ({ repository }) => ok({ enabled: repository.immutableReleases, enforced_by_owner: false }),
  },
  'PUT /immutable-releases': { ...administers, handle: (call) => makeImmutable(call, true) },
  'DELETE /immutable-releases': { ...administers, handle: (call) => makeImmutable(call, false) },
  'POST /releases/generate-notes': { ...writes, handle: generateNotes },
  'GET /tags': { ...reads, handle: listTags },
}

function makeImmutable({ repository }: RepositoryCall, immutable: boolean) {
  repository.immutableReleases = immutable
  return { status: 204 }
}

function readContent(call: RepositoryCall, before: Release | undefined): ReleaseContent {
  const latest = text(call, 'make_latest')
  return {
    tagName: before === undefined ? needText(call, 'tag_name') : (text(call, 'tag_name') ?? before.tagName),
    targetCommitish: text(call, 'target_commitish') ?? before?.targetCommitish ?? call.repository.defaultBranch,
    name: text(call, 'name') ?? before?.name,
    body: text(call, 'body') ?? before?.body,
    draft: flag(call, 'draft') ?? before?.draft ?? false,
    prerelease: flag(call, 'prerelease') ?? before?.prerelease ?? false,
    makeLatest: latest === 'false' || latest === 'legacy' ? latest : (before?.makeLatest ?? 'true'),
  }
}

/** By its id, or by the tag of one that is published. */
function needRelease(call: RepositoryCall): Release {
  const [id, tag] = [Number(parameter(call, 'release_id')), parameter(call, 'tag')]
  const release = call.repository.releases.find((one) => one.id === id || (one.tagName === tag && !one.draft))
  if (release === undefined) throw notFound()
  return release
}

/** What was merged since the tag before: one line a pull request. */
async function generateNotes(call: RepositoryCall) {
  const { repository, state } = call
  const name = needText(call, 'tag_name')
  const target = text(call, 'target_commitish') ?? repository.defaultBranch
  const head = (await resolveCommit(repository.path, name)) ?? (await resolveCommit(repository.path, target))
  if (head === undefined) throw notFound()
  const previous = text(call, 'previous_tag_name')
  const since = previous === undefined ? undefined : await resolveCommit(repository.path, previous)
  const commits = await listCommits(repository.path, [head, ...(since === undefined ? [] : [`^${since}`]), '--'])
  const page = repositoryPage(state, repository)
  const lines = repository.pulls
    .filter(({ mergeCommitSha }) => commits.some(({ sha }) => sha === mergeCommitSha))
    .map(({ title, user, number }) => `* ${title} by @${user.login} in ${page}/pull/${number}`)
  return ok({ name, body: ["## What's Changed", ...lines].join('\n') })
}

async function listTags(call: RepositoryCall) {
  const { repository, state } = call
  const url = repositoryUrl(state, repository)
  const tags = (await listRefs(repository.path, 'refs/tags/')).toReversed()
  return paginate(call, tags, ({ name, commit }) => {
    const short = name.replace('refs/tags/', '')
    return {
      name: short,
      commit: { sha: commit, url: `${url}/commits/${commit}` },
      zipball_url: `${url}/zipball/${name}`,
      tarball_url: `${url}/tarball/${name}`,
      node_id: nodeId('Ref', `${repository.id}:${name}`),
    }
  })
}

function serialize({ state, repository }: RepositoryCall, release: Release) {
  return serializeRelease(state, repository, release)
}
