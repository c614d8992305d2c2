import type { Effect } from '../model/effect.ts'
import { absent } from '../model/lookup.ts'
import { at, callRest } from './call-rest.ts'
import { integer, record } from './json.ts'
import type { Applies } from './writer.ts'

/** GitHub keeps one reaction of each kind for each account, so a second one is the first. A deleted comment needs none. */
export const applyReaction: Applies<Extract<Effect, { kind: 'react' }>> = {
  write: async ({ octokit, repository }, { commentId, reaction }) => {
    const { status, data } = await callRest(octokit, {
      route: 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
      parameters: { ...at(repository), comment_id: commentId, content: reaction },
      expects: [404, 410],
    })
    return { id: status < 300 ? integer(record(data, 'reaction'), 'id') : 0, sha: null }
  },
  look: async () => absent,
}
