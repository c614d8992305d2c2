import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import type { PublishRelease } from '../model/release-effects.ts'
import type { Written } from '../reconcile/world/code.ts'
import { cut } from './apply-check.ts'
import { burnedName } from './burned-name.ts'
import { at, callRest, type RestAnswer } from './call-rest.ts'
import { integer, isJson, record } from './json.ts'
import type { Applies, Writer } from './writer.ts'

/** GitHub's limit for a release's text, in characters. */
const longest = 125_000

/**
 * The release of a tag: one call, so that it is there whole or not at all. Where releases are immutable it is a draft
 * first, then published, since nothing can be put right afterwards. `legacy` lets GitHub take the highest version for
 * the latest one, whatever order releases are published in. The commit is named too: were the tag gone, GitHub would put
 * it there and nowhere else.
 */
export const applyRelease: Applies<PublishRelease> = {
  write: async (writer, effect) => {
    const isImmutable = writer.immutable.has(writer.repository.id)
    const call = isImmutable ? await publishDraft(writer, effect) : await create(writer, effect, false)
    writer.crashpoint('release.after-write')
    if (call.status !== 422) return publishedBy(writer, call.data)
    const there = await lookForRelease(writer, effect.tag)
    if (there.kind === 'found') return there.value
    throw new Failed(burnedName(call.route, call.message, effect.tag) ?? refused(call.route, call.message))
  },
  look: async (writer, { tag }) => {
    const there = await lookForRelease(writer, tag)
    // A process that was started since the draft was made does not know yet that releases are immutable here.
    if (there.kind === 'absent' && (await leftDraft(writer, tag)) !== null) writer.immutable.add(writer.repository.id)
    return there
  },
}

type Call = RestAnswer & { readonly route: string }

async function create({ octokit, repository }: Writer, effect: PublishRelease, draft: boolean): Promise<Call> {
  const route = 'POST /repos/{owner}/{repo}/releases'
  const parameters = { ...at(repository), ...contentOf(effect), draft }
  return { ...(await callRest(octokit, { route, parameters, expects: [422] })), route }
}

/** A draft that a lost answer or a crash left behind is taken up again. */
async function publishDraft(writer: Writer, effect: PublishRelease): Promise<Call> {
  const { octokit, repository, crashpoint } = writer
  const left = await leftDraft(writer, effect.tag)
  const made = left === null ? await create(writer, effect, true) : null
  if (made?.status === 422) return made
  crashpoint('release.after-draft')
  const id = left ?? integer(record(made?.data, 'release'), 'id')
  const route = 'PATCH /repos/{owner}/{repo}/releases/{release_id}'
  const parameters = { ...at(repository), release_id: id, ...contentOf(effect), draft: false }
  return { ...(await callRest(octokit, { route, parameters, expects: [422] })), route }
}

async function leftDraft({ octokit, repository, app }: Writer, tag: string): Promise<number | null> {
  const { data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/releases',
    parameters: { ...at(repository), per_page: 30 },
  })
  const releases = Array.isArray(data) ? data.filter(isJson) : []
  const draft = releases.find((one) => {
    const author = isJson(one['author']) ? one['author']['login'] : null
    return one['draft'] === true && one['tag_name'] === tag && author === `${app.slug}[bot]`
  })
  return draft === undefined ? null : integer(draft, 'id')
}

function contentOf({ tag, sha, title, body }: PublishRelease) {
  const text = { name: title, body: cut(body, longest) }
  return { tag_name: tag, target_commitish: sha, ...text, prerelease: false, make_latest: 'legacy' }
}

/** GitHub says of each release whether it can be changed: the next one here is made accordingly. */
function publishedBy({ immutable, repository }: Writer, data: unknown): Written {
  const release = record(data, 'release')
  if (release['immutable'] === true) immutable.add(repository.id)
  return { id: integer(release, 'id'), sha: null }
}

function refused(call: string, message: string): Failed['failure'] {
  const isRule = /rule violation|ruleset/i.test(message)
  const remedy = isRule
    ? 'add the App to the bypass list of the ruleset for tags'
    : 'look at the message; publish the release by hand if it can be, and Waybill goes on from there'
  return { kind: 'refused', call, cause: `GitHub answered 422: ${message.slice(0, 200)}`, remedy }
}

async function lookForRelease({ octokit, repository }: Writer, tag: string): Promise<Lookup<Written>> {
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/releases/tags/{tag}',
    parameters: { ...at(repository), tag },
    expects: [404],
  })
  return status === 404 ? absent : found({ id: integer(record(data, 'release'), 'id'), sha: null })
}
