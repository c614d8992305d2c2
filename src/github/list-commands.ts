import { parseCommand } from '../model/command.ts'
import type { Repository } from '../model/ref.ts'
import type { NewWish } from '../reconcile/world/inbox.ts'
import { actorFragment } from './fragments.ts'
import { child, integer, isJson, type Json, list, text, textOrNull, time } from './json.ts'
import { parseActor } from './parse-account.ts'
import { missing, parseRepository, type Reader } from './reader.ts'
import { runQuery } from './run-query.ts'

/** The last comments of the pull requests that something happened on last. */
export const commandsQuery = `
query WaybillCommands($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    databaseId
    pullRequests(first: 20, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number comments(last: 5) { nodes { id fullDatabaseId body createdAt lastEditedAt author { ...WaybillActor } } } }
    }
  }
}
${actorFragment}`

/** Commands that people wrote there lately, whether or not they were heard of; edited ones and those of bots are none. */
export async function listCommands(reader: Reader, repository: Repository): Promise<readonly NewWish[]> {
  const octokit = await reader.octokitFor(repository.installationId)
  const variables = { owner: repository.owner, name: repository.name }
  const query = { name: 'WaybillCommands', text: commandsQuery, variables, mayMiss: missing() }
  const found = parseRepository(await runQuery(octokit, query), repository)
  if (found.kind !== 'found') return []
  const pulls = list(child(found.value, 'pullRequests'), 'nodes').filter(isJson)
  return pulls.flatMap((pull) => {
    const comments = list(child(pull, 'comments'), 'nodes').filter(isJson)
    return comments.flatMap((comment) => parseWish(comment, { repository, pull: integer(pull, 'number') }))
  })
}

function parseWish(comment: Json, on: { readonly repository: Repository; readonly pull: number }): readonly NewWish[] {
  const by = parseActor(comment, 'author')
  if (by?.kind !== 'user' || textOrNull(comment, 'lastEditedAt') !== null) return []
  if (parseCommand(text(comment, 'body')) === null) return []
  return [
    {
      repositoryId: on.repository.id,
      pull: on.pull,
      commentId: integer(comment, 'fullDatabaseId'),
      commentNodeId: text(comment, 'id'),
      press: null,
      by,
      writtenAt: time(comment, 'createdAt'),
    },
  ]
}
