import type { Effect } from '../model/effect.ts'
import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import type { AnswerWish, SayOnPull } from '../model/talk-effects.ts'
import type { Written } from '../reconcile/world/code.ts'
import { cut } from './apply-check.ts'
import { at, callRest } from './call-rest.ts'
import { integer, isJson, type Json, record } from './json.ts'
import type { Applies, Writer } from './writer.ts'

/** GitHub's limit for a comment is 65,536 characters; the marker must fit in it. */
const longest = 65_000

/** Pages of 100 comments that are looked through for our own. */
const mostPages = 20

/** The living comment: written once, then edited; written anew where somebody deleted it. */
export const applyLivingComment: Applies<SayOnPull> = {
  write: (writer, effect, known) =>
    say(writer, effect.pull, { ...said(writer, `pull:${effect.pull}`, effect.body), known }),
  look: (writer, effect) => look(writer, effect.pull, said(writer, `pull:${effect.pull}`, effect.body)),
}

/** The one answer to a command, a comment of its own so that the person is told; what comes of it later is edited in. */
export const applyAnswer: Applies<AnswerWish> = {
  write: (writer, effect, known) =>
    say(writer, effect.pull, { ...said(writer, `answer:${effect.wish}`, effect.body), known }),
  look: (writer, effect) => look(writer, effect.pull, said(writer, `answer:${effect.wish}`, effect.body)),
}

/** A comment that calls people. It is not edited: who was called read it. */
export const applyCall: Applies<Extract<Effect, { kind: 'call-people' }>> = {
  write: (writer, { pull, key, body }) => post(writer, pull, said(writer, key, body).body),
  look: (writer, { pull, key, body }) => look(writer, pull, said(writer, key, body)),
}

type Said = { readonly subject: string; readonly body: string }

function said({ marker, repository }: Writer, subject: string, body: string): Said {
  return { subject, body: `${cut(body, longest)}\n\n${marker.write(repository.id, subject)}` }
}

function keyOf({ repository }: Writer, subject: string): string {
  return `${repository.id}:${subject}`
}

async function say(
  writer: Writer,
  pull: number,
  { subject, body, known }: Said & { readonly known: number | null },
): Promise<Written> {
  const there = known ?? writer.comments.get(keyOf(writer, subject)) ?? null
  if (there !== null) {
    const edited = (await edit(writer, there, body)) ?? (await editListed(writer, pull, { subject, body }))
    if (edited !== null) return edited
  }
  return post(writer, pull, body)
}

/** GitHub says that it is gone: only a list without it proves that. */
async function editListed(writer: Writer, pull: number, { subject, body }: Said): Promise<Written | null> {
  const listed = await findOwn(writer, pull, subject)
  return listed === null ? null : edit(writer, integer(listed, 'id'), body)
}

async function post({ octokit, repository, crashpoint }: Writer, pull: number, body: string): Promise<Written> {
  const { data } = await callRest(octokit, {
    route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    parameters: { ...at(repository), issue_number: pull, body },
  })
  crashpoint('comment.after-write')
  return { id: integer(record(data, 'comment'), 'id'), sha: null }
}

/** Null: the comment is gone. */
async function edit({ octokit, repository, crashpoint }: Writer, id: number, body: string): Promise<Written | null> {
  const { status } = await callRest(octokit, {
    route: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    parameters: { ...at(repository), comment_id: id, body },
    expects: [404, 410],
  })
  crashpoint('comment.after-write')
  return status === 200 ? { id, sha: null } : null
}

/** A comment that says something else is remembered, so that the write that follows edits it. */
async function look(writer: Writer, pull: number, { subject, body }: Said): Promise<Lookup<Written>> {
  const comment = await findOwn(writer, pull, subject)
  if (comment === null) return absent
  const id = integer(comment, 'id')
  writer.comments.set(keyOf(writer, subject), id)
  return comment['body'] === body ? found({ id, sha: null }) : absent
}

/** Our own App's comment with the right marker; a copied marker in somebody else's comment is nothing. */
async function findOwn(
  { octokit, repository, app, marker }: Writer,
  pull: number,
  subject: string,
): Promise<Json | null> {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
  for (let page = 1; page <= mostPages; page++) {
    const parameters = { ...at(repository), issue_number: pull, per_page: 100, page }
    const { data } = await callRest(octokit, { route, parameters })
    const comments: readonly unknown[] = Array.isArray(data) ? data : []
    const own = comments
      .filter(isJson)
      .find((one) => isByApp(one, app.slug) && marker.isIn(String(one['body'] ?? ''), repository.id, subject))
    if (own !== undefined) return own
    if (comments.length < 100) return null
  }
  throw new Failed({ kind: 'bug', call: route, cause: `more than ${mostPages * 100} comments` })
}

/** REST shows an App's account as `SLUG[bot]`; nobody else can have that name. */
function isByApp(comment: Json, slug: string): boolean {
  const user = comment['user']
  return isJson(user) && user['type'] === 'Bot' && user['login'] === `${slug}[bot]`
}
