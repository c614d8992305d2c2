import type { SendRequestOptions } from 'jira.js/core'
import { expect, it } from 'vitest'
import { commentOnIssue } from '../../src/jira/comment-on-issue.ts'
import { JiraTrouble } from '../../src/jira/trouble.ts'
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

/** An issue on which no comment can be edited; `status` is what Jira answers to that. */
function stubborn(status: number) {
  const comments: string[] = []
  const client = {
    sendRequest: async <T>({ method = 'GET' }: SendRequestOptions<T>): Promise<T> => {
      if (method === 'PUT') throw new JiraTrouble(refusal(status))
      if (method === 'POST') comments.unshift(String(comments.length + 10))
      const all = comments.map((id) => ({ id, properties: [{ key: 'waybill', value: action.mark }] }))
      return JSON.parse(JSON.stringify(method === 'POST' ? all[0] : { comments: all, total: all.length }))
    },
  }
  return { client, comments }
}

function refusal(status: number) {
  const rest = { message: '', json: true, absence: status === 404, retryAfter: null, perIssue: false }
  return { kind: 'answered', status, ...rest } as const
}

it.each([400, 403])(
  "comments that Jira answers %i to an edit of are replaced once; then it is said that they can't be edited",
  async (status) => {
    const { client, comments } = stubborn(status)
    const say = (written: string | null) => commentOnIssue(client, action, { written, mayExist: true })
    expect(await say(null)).toEqual({ kind: 'did', written: '10' })
    expect(await say('10')).toEqual({ kind: 'did', written: '11' })
    const refused = { kind: 'refused', cause: expect.stringContaining('Edit own comments') }
    expect([await say('11'), await say('11'), await say(null)]).toEqual([refused, refused, refused])
    expect(comments).toHaveLength(2)
  },
)

it('a comment that was deleted by hand is written anew', async () => {
  const { client, comments } = stubborn(404)
  expect(await commentOnIssue(client, action, { written: '3', mayExist: true })).toEqual({ kind: 'did', written: '10' })
  expect(comments).toHaveLength(1)
})
