import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../../sandbox/eventually.ts'
import { type OpenGitHub, openGitHub } from './open-github.ts'

let github: OpenGitHub

beforeAll(async () => {
  github = await openGitHub()
})
afterAll(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

type Shop = Awaited<ReturnType<OpenGitHub['repository']>>

async function queued(shop: Shop, branch: string, files?: Readonly<Record<string, string>>) {
  const pull = await shop.pull(branch, files)
  await shop.pass(pull.sha)
  return { ...pull, answer: await change(shop, pull.number, 'enqueuePullRequest') }
}

/** Answers what GitHub has against it, or null. */
async function change(shop: Shop, number: number, mutation: 'enqueuePullRequest' | 'dequeuePullRequest') {
  const id = (await shop.api('developer', `GET /pulls/${number}`)).body['node_id']
  const input = mutation === 'enqueuePullRequest' ? { pullRequestId: id } : { id }
  const type = mutation === 'enqueuePullRequest' ? 'EnqueuePullRequestInput' : 'DequeuePullRequestInput'
  const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { clientMutationId } }`
  const { body } = await github.call('developer', 'POST /graphql', { query, variables: { input } })
  return body['errors'] ?? null
}

async function entriesOf(shop: Shop): Promise<readonly (readonly [number, string])[]> {
  const entries = 'entries(first: 9) { nodes { position pullRequest { number } headCommit { oid } } }'
  const query = `{ repository(owner: "acme", name: "${shop.name}") { mergeQueue(branch: "main") { ${entries} } } }`
  const { body } = await github.call('developer', 'POST /graphql', { query })
  const found = [...JSON.stringify(body).matchAll(/"number":(\d+)\},"headCommit":\{"oid":"(\w+)"/g)]
  return found.map(([, number, sha = '']) => [Number(number), sha] as const)
}

it('builds a group on each other, merges a green front, and throws a red one out', async () => {
  const shop = await github.repository()
  await github.call('', 'POST /_sandbox/merge-queues', { repository: shop.name })
  const first = await queued(shop, 'SHOP-1-a')
  const second = await queued(shop, 'SHOP-2-b')
  const third = await queued(shop, 'SHOP-3-c')
  expect(shop.events().slice(-3)).toEqual(['create', 'push', 'merge_group.checks_requested'])
  const before = await entriesOf(shop)
  expect(before.map(([number]) => number)).toEqual([first.number, second.number, third.number])
  await shop.pass(before[1]?.[1] ?? '', 'failure')
  const after = await eventually('#2 to leave and #3 to be built anew', async () => {
    const entries = await entriesOf(shop)
    return entries.length === 2 && entries[1]?.[1] !== before[2]?.[1] ? entries : null
  })
  expect(after[0]).toEqual(before[0])
  await shop.pass(after[0]?.[1] ?? '')
  await eventually('#1 to merge', async () => ((await entriesOf(shop)).length === 1 ? true : null))
  await first.developer.git('fetch', '-q', '--prune')
  expect(await first.developer.git('rev-parse', 'origin/main')).toBe(after[0]?.[1])
  expect((await shop.api('developer', `GET /pulls/${first.number}`)).body['merged']).toBe(true)
  expect(shop.events()).toContain('merge_group.destroyed')
  expect(await entriesOf(shop)).toEqual([after[1]])
})

it('refuses what may not be queued, and gives back what is taken out', async () => {
  const shop = await github.repository()
  const early = await shop.pull('SHOP-1-a')
  expect(await change(shop, early.number, 'enqueuePullRequest')).toMatchObject([{ type: 'UNPROCESSABLE' }])
  await github.call('', 'POST /_sandbox/merge-queues', { repository: shop.name })
  expect(await change(shop, early.number, 'enqueuePullRequest')).toMatchObject([
    { message: 'Required status check "waybill/gate" is expected.' },
  ])
  const same = await queued(shop, 'SHOP-2-b', { 'same.txt': 'two' })
  expect(same.answer).toBeNull()
  const other = await queued(shop, 'SHOP-3-c', { 'same.txt': 'three' })
  expect(other.answer).toMatchObject([{ message: 'Pull request has merge conflicts with the queue' }])
  expect(await change(shop, same.number, 'dequeuePullRequest')).toBeNull()
  expect(await entriesOf(shop)).toEqual([])
  expect(shop.payload('merge_group')).toMatchObject({ action: 'destroyed', reason: 'dequeued' })
})
