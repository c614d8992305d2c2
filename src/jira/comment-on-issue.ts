import type { Client } from 'jira.js/core'
import type { Acting, CommentMark, CommentOnIssue } from '../model/issue-action.ts'
import type { ActionOutcome } from './act.ts'
import { listOf, objectOf } from './json.ts'
import { addComment, getComments, updateComment } from './library.ts'
import { toDocument } from './to-document.ts'
import { JiraTrouble } from './trouble.ts'

/** Under this name a comment of Waybill's carries what it is about, invisibly. */
const property = 'waybill'

/** How many of an issue's newest comments are looked through. */
const mostSeen = 500

/**
 * Says something on an issue: the comment that is there is edited, which notifies nobody; otherwise a new one is written.
 * Jira knows no identity of comments, so one that may be there is looked for by what it carries.
 */
export async function commentOnIssue(
  client: Client,
  action: CommentOnIssue,
  { written, mayExist }: Pick<Acting, 'written' | 'mayExist'>,
): Promise<ActionOutcome> {
  const known = written ?? (mayExist ? await find(client, action, null) : null)
  const edited = known === null ? 'gone' : await edit(client, action, known)
  if (known !== null && edited === 'done') return { kind: 'did', written: known }
  // One that can't be edited, another account's perhaps, is replaced once; were it so again, each change would be told to all.
  const other = edited === 'refused' ? await find(client, action, known) : null
  if (other !== null) {
    if ((await edit(client, action, other)) === 'done') return { kind: 'did', written: other }
    return {
      kind: 'refused',
      cause: "Waybill's account can't edit its own comment; it needs the permission Edit own comments",
    }
  }
  const { issueKey: issueIdOrKey, story, mark } = action
  const properties = [{ key: property, value: mark }]
  const made: unknown = await addComment(client, { issueIdOrKey, body: toDocument(story), properties })
  const { id } = objectOf(made)
  // Without its id it would be written again at the next news.
  const found = typeof id === 'string' ? id : await find(client, action, null)
  return found === null ? { kind: 'did' } : { kind: 'did', written: found }
}

/** `gone`: it is not there any more; `refused`: not ours to edit. */
async function edit(
  client: Client,
  { issueKey: issueIdOrKey, story }: CommentOnIssue,
  id: string,
): Promise<'done' | 'gone' | 'refused'> {
  if (!/^\d{1,20}$/.test(id)) return 'gone'
  try {
    await updateComment(client, { issueIdOrKey, id, body: { body: toDocument(story) }, notifyUsers: false })
    return 'done'
  } catch (error) {
    if (!(error instanceof JiraTrouble) || error.trouble.kind === 'lost') throw error
    const { status, json, absence } = error.trouble
    if (absence) return 'gone'
    if ((status === 403 || status === 400) && json) return 'refused'
    throw error
  }
}

/** The newest that carries the mark, beside the one that is known already. */
async function find(
  client: Client,
  { issueKey: issueIdOrKey, mark }: CommentOnIssue,
  beside: string | null,
): Promise<string | null> {
  for (let startAt = 0; startAt < mostSeen; startAt += 100) {
    const page = { startAt, maxResults: 100, orderBy: '-created' as const, expand: 'properties' }
    const answer: unknown = await getComments(client, { issueIdOrKey, ...page })
    const { comments, total } = objectOf(answer)
    const own = listOf(comments)
      .map(objectOf)
      .find(({ id, properties }) => id !== beside && carries(properties, mark))
    if (own !== undefined) return typeof own['id'] === 'string' ? own['id'] : null
    if (typeof total !== 'number' || startAt + 100 >= total) return null
  }
  return null
}

function carries(properties: unknown, { repository, pull, news }: CommentMark): boolean {
  return listOf(properties)
    .map(objectOf)
    .some(({ key, value }) => {
      const mark = objectOf(value)
      return key === property && mark['repository'] === repository && mark['pull'] === pull && mark['news'] === news
    })
}
