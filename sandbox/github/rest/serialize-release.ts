import type { Release } from '../state/release.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { iso } from './iso.ts'
import { repositoryPage, repositoryUrl } from './serialize-repository.ts'
import { serializeUser } from './serialize-user.ts'

/** `release`. */
export function serializeRelease(state: State, repository: Repository, release: Release) {
  const url = `${repositoryUrl(state, repository)}/releases/${release.id}`
  const page = repositoryPage(state, repository)
  const tag = encodeURIComponent(release.tagName)
  const balls = release.draft
    ? { tarball_url: null, zipball_url: null }
    : {
        tarball_url: `${repositoryUrl(state, repository)}/tarball/${tag}`,
        zipball_url: `${repositoryUrl(state, repository)}/zipball/${tag}`,
      }
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${page}/releases/tag/${tag}`,
    id: release.id,
    node_id: release.nodeId,
    tag_name: release.tagName,
    target_commitish: release.targetCommitish,
    name: release.name ?? '',
    draft: release.draft,
    immutable: release.immutable,
    author: serializeUser(state, release.author),
    prerelease: release.prerelease,
    created_at: iso(release.createdAt),
    updated_at: iso(release.publishedAt ?? release.createdAt),
    published_at: iso(release.publishedAt),
    assets: [],
    ...balls,
    body: release.body ?? '',
  }
}
