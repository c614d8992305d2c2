import { resolveCommit } from '../git/refs.ts'
import { findEntry, listFolder, readBlob, type TreeEntry } from '../git/tree.ts'
import { notFound } from '../refusal.ts'
import { ok, parameter, query, type RepositoryCall, type RepositoryRoutes } from './call.ts'
import { repositoryPage, repositoryUrl } from './serialize-repository.ts'

export const contentRoutes: RepositoryRoutes = {
  'GET /contents/{path}': { app: ['contents:read'], person: 'read', handle: getContent },
  'GET /contents': { app: ['contents:read'], person: 'read', handle: getContent },
}

async function getContent(call: RepositoryCall) {
  const { repository } = call
  const ref = query(call, 'ref') ?? repository.defaultBranch
  const commit = await resolveCommit(repository.path, ref)
  if (commit === undefined) throw notFound()
  const file = parameter(call, 'path').replace(/^\/+|\/+$/g, '')
  const entry = await findEntry(repository.path, commit, file)
  if (entry === undefined) throw notFound()
  if (entry.type === 'dir') {
    const entries = await listFolder(repository.path, commit, file)
    return ok(entries.map((one) => serializeEntry(call, one, ref)))
  }
  const content = (await readBlob(repository.path, entry.sha)).toString('base64')
  const lines = content.replace(/.{60}/g, '$&\n')
  return ok({ ...serializeEntry(call, entry, ref), encoding: 'base64', content: `${lines}\n` })
}

function serializeEntry({ state, repository }: RepositoryCall, entry: TreeEntry, ref: string) {
  const path = encodeURI(entry.path)
  const self = `${repositoryUrl(state, repository)}/contents/${path}?ref=${encodeURIComponent(ref)}`
  const git = `${repositoryUrl(state, repository)}/git/${entry.type === 'dir' ? 'trees' : 'blobs'}/${entry.sha}`
  const html = `${repositoryPage(state, repository)}/blob/${ref}/${path}`
  return {
    type: entry.type,
    size: entry.size,
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: entry.type === 'dir' ? null : `${repositoryPage(state, repository)}/raw/${ref}/${path}`,
    _links: { self, git, html },
  }
}
