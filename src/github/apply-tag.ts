import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import type { CreateTag } from '../model/release-effects.ts'
import type { Written } from '../reconcile/world/code.ts'
import { burnedName } from './burned-name.ts'
import { at, callRest } from './call-rest.ts'
import { child, record, text } from './json.ts'
import type { Applies, Writer } from './writer.ts'

/**
 * An annotated tag: first the object, which nothing points to, then the ref, whose creation is the claim. A tag that
 * is there already is answered as it stands, so that the caller compares the commit.
 */
export const applyTag: Applies<CreateTag> = {
  write: async (writer, effect) => {
    const { octokit, repository, crashpoint } = writer
    const { tag, sha, message } = effect
    const object = await callRest(octokit, {
      route: 'POST /repos/{owner}/{repo}/git/tags',
      parameters: { ...at(repository), tag, message, object: sha, type: 'commit' },
    })
    crashpoint('tag.after-object')
    const route = 'POST /repos/{owner}/{repo}/git/refs'
    const parameters = { ...at(repository), ref: `refs/tags/${tag}`, sha: text(record(object.data, 'tag'), 'sha') }
    const { status, message: refusal } = await callRest(octokit, { route, parameters, expects: [422] })
    crashpoint('tag.after-ref')
    if (status !== 422) return { id: 0, sha }
    const there = await lookForTag(writer, tag)
    if (there.kind === 'found') return there.value
    throw new Failed(burnedName(route, refusal, tag) ?? refused(route, refusal))
  },
  look: (writer, effect) => lookForTag(writer, effect.tag),
}

function refused(call: string, message: string): Failed['failure'] {
  const remedy = 'let the App create tags: add it to the bypass list of the ruleset for tags'
  return { kind: 'refused', call, cause: `GitHub answered 422: ${message.slice(0, 200)}`, remedy }
}

/** The tag as it stands, with the commit it comes down to. */
async function lookForTag({ octokit, repository }: Writer, tag: string): Promise<Lookup<Written>> {
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/git/ref/{ref}',
    parameters: { ...at(repository), ref: `tags/${tag}` },
    expects: [404],
  })
  if (status === 404) return absent
  let object = child(record(data, 'ref'), 'object')
  for (let depth = 0; object['type'] === 'tag' && depth < 3; depth++) {
    const peeled = await callRest(octokit, {
      route: 'GET /repos/{owner}/{repo}/git/tags/{tag_sha}',
      parameters: { ...at(repository), tag_sha: text(object, 'sha') },
    })
    object = child(record(peeled.data, 'tag'), 'object')
  }
  return found({ id: 0, sha: text(object, 'sha') })
}
