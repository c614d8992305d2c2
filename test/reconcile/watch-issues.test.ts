import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ref } from '../../src/model/ref.ts'
import { watchIssues } from '../../src/reconcile/watch-issues.ts'
import { pullReport } from '../jira/reports.ts'
import { openPost, shop } from './jira-post.ts'

let post: Awaited<ReturnType<typeof openPost>>
beforeAll(async () => {
  post = await openPost()
  for (const [at, key] of ['SHOP-1', 'SHOP-2', 'SHOP-3', 'SHOP-4', 'SHOP-1'].entries()) await opened(at + 1, key)
  await post.save(pullReport({ number: 9, status: 'DECLINED' }, { issueKeys: ['SHOP-1'] }))
  await post.memory.rememberVerified(shop, 9, { key: 'SHOP-1', at: 1, type: 'Story' })
})
afterAll(() => post.close())

/** An open pull request whose gate found its issue good. */
async function opened(number: number, key: string): Promise<void> {
  await post.save(pullReport({ number }, { issueKeys: [key] }))
  await post.memory.rememberVerified(shop, number, { key, at: 1, type: 'Story' })
}

/** The pull requests that a sweep has looked at because of their issues, and what it called. */
async function swept() {
  const hinted: number[] = []
  const hintAll = async (refs: readonly Ref[]) => {
    hinted.push(...refs.flatMap((ref) => (ref.kind === 'pull' ? [ref.number] : [])))
  }
  const before = (await post.site.calls()).length
  const { issues, memory } = post.world()
  await watchIssues({ issues, memory, queue: { hintAll } }, [shop])
  return { hinted, calls: (await post.site.calls()).slice(before) }
}

const together = 'POST /rest/api/3/issue/bulkfetch'

describe('an issue that changes in Jira', () => {
  it('is asked about together with all others; where nothing changed no pull request is looked at', async () => {
    expect(await swept()).toEqual({ hinted: [], calls: [together] })
    expect(await swept()).toEqual({ hinted: [], calls: [together] })
  })

  it('has every open pull request looked at that names it, once, whoever saw the change before', async () => {
    await post.site.order({ key: 'SHOP-1', status: 'Done' })
    expect(await post.site.issues.readIssue('SHOP-1')).toMatchObject({ value: { status: 'Done' } })
    expect((await swept()).hinted).toEqual([1, 5])
    expect((await swept()).hinted).toEqual([])
  })

  it('is seen after a start too, where it is done by then', async () => {
    const issues = post.site.with({})
    const hinted = await issues.refresh(['SHOP-1', 'SHOP-2'])
    expect(hinted).toEqual(['SHOP-1'])
  })

  it('has them looked at when it was moved, or deleted, or may not be seen any more', async () => {
    await post.site.order({ key: 'SHOP-2', movedTo: 'WEB-1' })
    await post.site.order({ key: 'SHOP-3', hidden: true })
    expect((await swept()).hinted).toEqual([2, 3])
    const read = await Promise.all(['SHOP-2', 'SHOP-3'].map((key) => post.site.issues.readIssue(key, 360_000)))
    expect(read).toMatchObject([{ value: { key: 'WEB-1' } }, { kind: 'absent' }])
  })

  it('waits for the sweep after an outage', async () => {
    await post.site.order({ key: 'SHOP-4', status: 'To Do' })
    for (const fault of ['503', '401', 'html-200', 'truncated-json']) {
      await post.site.fault({ call: together, fault })
      expect((await swept()).hinted).toEqual([])
    }
    await post.site.calm()
    expect((await swept()).hinted).toContain(4)
  })

  it('is not asked about between two sweeps', async () => {
    const before = (await post.site.calls()).length
    post.site.clock.now += 300_000
    expect(await post.site.issues.readIssue('SHOP-4', 360_000)).toMatchObject({ value: { status: 'To Do' } })
    expect((await post.site.calls()).length).toBe(before)
    expect(await post.site.violations()).toEqual([])
  })
})
