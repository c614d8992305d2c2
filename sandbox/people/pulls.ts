import type { Call } from './call.ts'
import { asJson, numberAt, textAt } from './json.ts'
import type { Person, Program } from './place.ts'

export function pulls(call: Call) {
  return {
    async openPull(
      who: Person | Program,
      pull: { readonly branch: string; readonly title: string; readonly base?: string; readonly draft?: boolean },
    ): Promise<number> {
      const { branch, title, base = 'main', draft = false } = pull
      const made = await call(who, 'POST :repo/pulls', { title, head: branch, base, draft, body: '' })
      return numberAt(made, 'number')
    },
    async review(
      who: Person,
      pull: number,
      event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT' = 'APPROVE',
    ): Promise<number> {
      return numberAt(
        await call(who, `POST :repo/pulls/${pull}/reviews`, { event, body: event === 'APPROVE' ? '' : 'please look' }),
        'id',
      )
    },
    async dismiss(who: Person, pull: number, review: number): Promise<void> {
      await call(who, `PUT :repo/pulls/${pull}/reviews/${review}/dismissals`, { message: 'not any more' })
    },
    /** Puts it into the base's merge queue; rejects when GitHub refuses. */
    async enqueue(who: Person, pull: number): Promise<void> {
      const pullRequestId = textAt(await call(who, `GET :repo/pulls/${pull}`), 'node_id')
      const query =
        'mutation($input: EnqueuePullRequestInput!) { enqueuePullRequest(input: $input) { clientMutationId } }'
      const answer = await call(who, 'POST /graphql', { query, variables: { input: { pullRequestId } } })
      const refused = JSON.stringify(answer).includes('"errors"')
      if (refused) throw new Error(`#${pull} can't be queued: ${JSON.stringify(answer).slice(0, 300)}`)
    },
    /** Answers the merge commit; rejects when GitHub refuses. */
    async merge(who: Person, pull: number, how: 'merge' | 'squash' | 'rebase' = 'squash'): Promise<string> {
      return textAt(await call(who, `PUT :repo/pulls/${pull}/merge`, { merge_method: how }), 'sha')
    },
    async comment(who: Person | Program, pull: number, body: string): Promise<number> {
      return numberAt(await call(who, `POST :repo/issues/${pull}/comments`, { body }), 'id')
    },
  }
}

export function conversations(call: Call) {
  return {
    /** Begins a conversation about a line of a file; answers its id. */
    async beginConversation(who: Person, pull: number, path: string): Promise<string> {
      const pullRequestId = textAt(await call(who, `GET :repo/pulls/${pull}`), 'node_id')
      const query =
        'mutation($input: AddPullRequestReviewThreadInput!) { addPullRequestReviewThread(input: $input) { thread { id } } }'
      const input = { pullRequestId, path, line: 1, body: 'why so?' }
      const { data } = asJson(await call(who, 'POST /graphql', { query, variables: { input } }))
      return textAt(asJson(asJson(data)['addPullRequestReviewThread'])['thread'], 'id')
    },
    async resolveConversation(who: Person, threadId: string): Promise<void> {
      const query =
        'mutation($input: ResolveReviewThreadInput!) { resolveReviewThread(input: $input) { clientMutationId } }'
      await call(who, 'POST /graphql', { query, variables: { input: { threadId } } })
    },
  }
}
