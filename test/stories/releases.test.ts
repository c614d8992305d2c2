import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { CheckShown } from '../../sandbox/people/checks.ts'
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

const passed = (check: CheckShown): boolean => check.conclusion === 'success'

/** A pull request whose gate passes. */
async function accepted(people: People, issue: string, commits = 1) {
  const branch = `${issue}-change`
  let head = ''
  for (let at = 0; at < commits; at++) head = await people.push('developer', branch, { message: `${issue} part ${at}` })
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  const gate = await people.checkIs(head, 'waybill/gate', passed)
  return { pull, gate }
}

async function merged(people: People, issue: string, how: 'merge' | 'squash' | 'rebase' = 'squash', commits = 1) {
  const { pull, gate } = await accepted(people, issue, commits)
  return { pull, gate, merge: await people.merge('developer', pull, how) }
}

const tagAt = (people: People, tag: string): Promise<string> =>
  eventually(`tag ${tag}`, () => people.commitAt('developer', `refs/tags/${tag}`))

const releaseOf = (people: People, tag: string) =>
  eventually(`release ${tag}`, async () => (await people.releases()).find((one) => one.tag === tag) ?? null)

describe.concurrent('what becomes a version', () => {
  it('V13: a merge commit and a rebase of three commits, as the gate foretold', async () => {
    const people = await town.repository()
    const first = await merged(people, 'SHOP-2', 'merge')
    expect(first.gate.summary).toContain('merged now it becomes `v0.1.0`, the first one: patch')
    await people.report(first.merge, 'success')
    expect(await tagAt(people, 'v0.1.0')).toBe(first.merge)
    await people.checkIs(first.merge, 'waybill/line', (check) => passed(check) && check.title.startsWith('v0.1.0'))

    const second = await merged(people, 'SHOP-1', 'rebase', 3)
    expect(second.gate.summary).toContain('becomes `v0.2.0` after `v0.1.0`: minor, by the type of `SHOP-1` (`Story`)')
    await people.report(second.merge, 'success')
    expect(await tagAt(people, 'v0.2.0')).toBe(second.merge)
    await releaseOf(people, 'v0.2.0')
    expect((await people.releases()).map((one) => one.tag)).toEqual(['v0.2.0', 'v0.1.0'])
  })

  it('V14: three pull requests that a merge queue lands at once become three versions, in their order', async () => {
    const people = await town.repository(undefined, { mergeQueue: true })
    const groups: string[] = []
    for (const issue of ['SHOP-2', 'SHOP-4', 'SHOP-6']) {
      const { pull } = await accepted(people, issue)
      await people.enqueue('developer', pull)
      groups.push(
        await eventually(`the group of #${pull}`, async () => {
          const refs = JSON.stringify(await people.call('admin', 'GET :repo/git/matching-refs/heads/gh-readonly-queue'))
          return new RegExp(`pr-${pull}-[^}]*?"sha":"([0-9a-f]{40})"`).exec(refs)?.[1] ?? null
        }),
      )
    }
    for (const group of groups.toReversed()) await people.report(group, 'success')
    for (const [at, group] of groups.entries()) expect(await tagAt(people, `v0.1.${at}`)).toBe(group)
  })
})

describe.concurrent('what GitHub refuses', () => {
  it('V18, F58: a tag ruleset parks the line with its remedy, and it goes on by itself once that is followed', async () => {
    const people = await town.repository()
    const made = await people.call('admin', 'POST :repo/rulesets', {
      name: 'versions',
      target: 'tag',
      enforcement: 'active',
      conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } },
      rules: [{ type: 'creation' }],
    })
    const { merge } = await merged(people, 'SHOP-2')
    await people.report(merge, 'success')
    const parked = await people.checkIs(merge, 'waybill/line', (check) => check.conclusion === 'failure')
    expect([parked.title, parked.summary]).toEqual([
      'No version could be made',
      expect.stringContaining('add it to the bypass list of the ruleset for tags'),
    ])
    expect([await people.releases(), await people.deployments('staging')]).toEqual([[], []])
    const id = typeof made === 'object' && made !== null && 'id' in made ? made.id : ''
    await people.call('admin', `PUT :repo/rulesets/${id}`, { enforcement: 'disabled' })
    await people.report(merge, 'success', 'again')
    expect(await tagAt(people, 'v0.1.0')).toBe(merge)
    await people.checkIs(merge, 'waybill/line', (check) => passed(check) && check.title.startsWith('v0.1.0'))
  })

  it('V19: a name that an immutable release had is given up: the next one is taken, and the line says so', async () => {
    const people = await town.repository()
    await people.call('admin', 'PUT :repo/immutable-releases')
    const old = { tag_name: 'v0.1.0', target_commitish: 'main', draft: false }
    const made = await people.call('admin', 'POST :repo/releases', old)
    const id = typeof made === 'object' && made !== null && 'id' in made ? made.id : ''
    await people.call('admin', `DELETE :repo/releases/${id}`)
    await people.call('admin', 'DELETE :repo/git/refs/tags/v0.1.0')
    const { merge } = await merged(people, 'SHOP-2')
    await people.report(merge, 'success')
    expect(await tagAt(people, 'v0.1.1')).toBe(merge)
    await releaseOf(people, 'v0.1.1')
    const told = await people.checkIs(merge, 'waybill/line', (check) => check.title.startsWith('v0.1.1'))
    expect(told.summary).toContain('`v0.1.0` is void')
  })
})
