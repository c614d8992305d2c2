import type { SendRequestOptions } from 'jira.js/core'
import { expect, it } from 'vitest'
import { commentOnIssue } from '../../src/jira/comment-on-issue.ts'
import type { CommentOnIssue } from '../../src/model/issue-action.ts'

const action: CommentOnIssue = {
  kind: 'comment',
  issueKey: 'SHOP-7',
  story: [{ kind: 'paragraph', spans: [{ kind: 'text', text: 'Released as v1.4.0' }] }],
  mark: { repository: 987, pull: 57, news: null },
  since: 0,
}

/** Whether each call tells the people who watch the issue. */
async function told(written: string | null) {
  const calls: string[] = []
  const client = {
    sendRequest: async <T>({ method = 'GET', url, searchParams }: SendRequestOptions<T>): Promise<T> => {
      calls.push(`${method} ${url} ${String(searchParams?.['notifyUsers'] ?? 'Jira decides')}`)
      return JSON.parse('{"id":"5"}')
    },
  }
  await commentOnIssue(client, action, { written, mayExist: false })
  return calls
}

it('an edit of the living comment notifies nobody; a new one is told as comments are', async () => {
  expect(await told('5')).toEqual(['PUT /rest/api/3/issue/SHOP-7/comment/5 false'])
  expect(await told(null)).toEqual(['POST /rest/api/3/issue/SHOP-7/comment Jira decides'])
})
