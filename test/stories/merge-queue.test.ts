import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
afterEach(async () => {
  expect(await town.violations()).toEqual([])
})

/** A pull request in the queue; answers the head of its group. */
async function queued(people: People, issue: string) {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch)
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'success')
  const review = await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  await people.enqueue('developer', pull)
  return { head, pull, review, group: await groupOf(people, pull) }
}

async function groupOf(people: People, pull: number): Promise<string> {
  return eventually(`the group of #${pull}`, async () => {
    const refs = JSON.stringify(await people.call('admin', 'GET :repo/git/matching-refs/heads/gh-readonly-queue'))
    const [, sha = null] = new RegExp(`pr-${pull}-[^}]*?"sha":"([0-9a-f]{40})"`).exec(refs) ?? []
    return sha
  })
}

async function isMerged(people: People, pull: number): Promise<void> {
  await eventually(`#${pull} to be merged`, async () => {
    return JSON.stringify(await people.call('admin', `GET :repo/pulls/${pull}`)).includes('"merged":true') ? true : null
  })
}

describe('a merge queue', () => {
  it('Q1, Q2, Q3: groups wait for their own build, one member without its approval is a no that names it, and the rest merges', async () => {
    const people = await town.repository(undefined, { mergeQueue: true })
    const first = await queued(people, 'SHOP-1')
    await expect(people.merge('developer', first.pull)).rejects.toThrow(/merge queue/)
    const second = await queued(people, 'SHOP-2')
    await people.checkIs(first.group, 'waybill/gate', (check) => check.status === 'in_progress')
    await people.report(second.group, 'in_progress')
    await people.checkIs(second.group, 'waybill/gate', (check) => check.summary.includes('build'))
    await people.dismiss('admin', second.pull, second.review)
    const no = await people.checkIs(second.group, 'waybill/gate', (check) => check.conclusion === 'failure')
    expect(no.title).toBe(`Blocked: #${second.pull}: one approval is missing`)
    await people.report(first.group, 'success')
    await isMerged(people, first.pull)
    expect(await people.commitAt('developer', 'origin/main')).toBe(first.group)
    expect((await people.check(first.group, 'waybill/gate'))?.conclusion).toBe('success')
    await people.report(first.group, 'success')
    expect(await eventually('v0.1.0', () => people.commitAt('developer', 'refs/tags/v0.1.0'))).toBe(first.group)
  })

  it('Q7, Q16: the pull request that brings the configuration goes through a queue that requires the gate', async () => {
    const people = await town.repository(null, { mergeQueue: true })
    const file = {
      file: '.github/waybill.yml',
      body: 'version: 1\nissues: { projects: [SHOP] }\nmerge: { settle: 0s }\n',
    }
    const head = await people.push('developer', 'adopt', file)
    const pull = await people.openPull('developer', { branch: 'adopt', title: 'Adopt Waybill' })
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'neutral')
    await people.enqueue('developer', pull)
    await people.report(await groupOf(people, pull), 'success')
    await isMerged(people, pull)
  })
})
