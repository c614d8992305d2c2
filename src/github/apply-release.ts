import type { PublishRelease } from '../model/effect.ts'
import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import type { Written } from '../reconcile/world.ts'
import { cut } from './apply-check.ts'
import { at, callRest } from './call-rest.ts'
import { integer, record } from './json.ts'
import type { Applies, Writer } from './writer.ts'

/** GitHub's limit for a release's text, in characters. */
const longest = 125_000

/**
 * The release of a tag. `legacy` lets GitHub take the highest version for the latest one, whatever order releases are
 * published in. The commit is named too: were the tag gone, GitHub would put it there and nowhere else.
 */
export const applyRelease: Applies<PublishRelease> = {
  write: async (writer, effect) => {
    const { octokit, repository, crashpoint } = writer
    const { tag, sha, title, body } = effect
    const route = 'POST /repos/{owner}/{repo}/releases'
    const { status, data, message } = await callRest(octokit, {
      route,
      parameters: {
        ...at(repository),
        tag_name: tag,
        target_commitish: sha,
        name: title,
        body: cut(body, longest),
        draft: false,
        prerelease: false,
        make_latest: 'legacy',
      },
      expects: [422],
    })
    crashpoint('release.after-write')
    if (status !== 422) return { id: integer(record(data, 'release'), 'id'), sha: null }
    const there = await lookForRelease(writer, tag)
    if (there.kind === 'found') return there.value
    const remedy = 'publish the release by hand, or give the version up: its name may have been used and deleted'
    const cause = `GitHub answered 422: ${message.slice(0, 200)}`
    throw new Failed({ kind: 'refused', call: route, cause, remedy })
  },
  look: (writer, effect) => lookForRelease(writer, effect.tag),
}

async function lookForRelease({ octokit, repository }: Writer, tag: string): Promise<Lookup<Written>> {
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/releases/tags/{tag}',
    parameters: { ...at(repository), tag },
    expects: [404],
  })
  return status === 404 ? absent : found({ id: integer(record(data, 'release'), 'id'), sha: null })
}
