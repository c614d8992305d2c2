import type { Ref } from '../git/refs.ts'
import type { TagObject } from '../git/tag-object.ts'
import { nodeId } from '../node-id.ts'
import type { RepositoryCall } from './call.ts'
import { iso } from './iso.ts'
import { repositoryUrl } from './serialize-repository.ts'

type Where = Pick<RepositoryCall, 'state' | 'repository'>

/** `git-ref`. */
export function serializeGitRef({ state, repository }: Where, { name, sha, type }: Ref) {
  const url = repositoryUrl(state, repository)
  return {
    ref: name,
    node_id: nodeId('Ref', `${repository.id}:${name}`),
    url: `${url}/git/${name}`,
    object: { type, sha, url: `${url}/git/${type}s/${sha}` },
  }
}

/** `git-tag`: an annotated tag's object. */
export function serializeGitTag({ state, repository }: Where, { sha, tag, message, tagger, object, type }: TagObject) {
  const url = repositoryUrl(state, repository)
  return {
    node_id: nodeId('Tag', `${repository.id}:${sha}`),
    tag,
    sha,
    url: `${url}/git/tags/${sha}`,
    message,
    tagger: { name: tagger.name, email: tagger.email, date: iso(tagger.at) },
    object: { sha: object, type, url: `${url}/git/${type}s/${object}` },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  }
}
