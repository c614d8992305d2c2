import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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

const file = '.github/waybill.yml'
const good = 'version: 1\nissues: {projects: [SHOP]}\nmerge: {approvals: 1, checks: [], settle: 0s}\n'

const neutral = (check: CheckShown): boolean => check.conclusion === 'neutral'
const waits = (check: CheckShown): boolean => check.status === 'in_progress'
const passes = (check: CheckShown): boolean => check.conclusion === 'success'
const fails = (check: CheckShown): boolean => check.conclusion === 'failure'

async function proposed(people: People, branch: string, body: string | null, name = file) {
  const head = await people.push('developer', branch, { file: name, body, message: branch })
  return { head, pull: await people.openPull('developer', { branch, title: branch }) }
}

describe.concurrent('a configuration comes, breaks, is mended and goes', () => {
  it('Q7 Q16 Q8 F74 Q10 Q17: each time its own pull request and every other one is answered', async () => {
    const people = await town.repository(null)
    const other = await proposed(people, 'SHOP-1-other', 'x', 'other.txt')
    await people.checkIs(other.head, 'waybill/gate', (check) => neutral(check) && check.title === 'Not configured here')

    const release = `${good}release: {}\nenvironments: [{name: staging, type: staging, deploy: auto}]\n`
    const adoption = await proposed(people, 'SHOP-2-adopt', release)
    const adopted = await people.checkIs(adoption.head, 'waybill/config', passes)
    expect(adopted.title).toBe('Waybill starts here: 0 of 1 open pull requests would pass')
    expect(adopted.summary).toContain('The next merge becomes `v0.1.0`: there is no version tag yet.')
    expect(adopted.summary).toContain('goes to `staging` by itself')
    expect(adopted.summary).toContain('one approval is missing')
    await people.merge('admin', adoption.pull)
    await people.checkIs(other.head, 'waybill/gate', waits)

    const breaking = await proposed(people, 'SHOP-3-break', `${release}merge: {aprovals: 0}\n`)
    await people.checkIs(breaking.head, 'waybill/config', fails)
    expect(await people.annotations(breaking.head, 'waybill/config')).toEqual([
      `${file}:6 merge is written twice; keep one of the two.`,
    ])
    await people.push('admin', 'main', { file, body: 'version: 1\nmerge: {aprovals: 0}\n' })
    const held = await people.checkIs(other.head, 'waybill/gate', (check) => check.summary.includes('not in force'))
    expect(held.summary).toContain('No approval yet; 1 is needed')
    expect(held.summary).toContain('Line 1, `issues`: it is missing')

    const loose = good.replace('approvals: 1', 'approvals: 0')
    const mending = await proposed(people, 'SHOP-4-mend', loose)
    const loosened = await people.checkIs(mending.head, 'waybill/config', passes)
    expect(loosened.title).toMatch(/^Loosens merge.approvals and \d more; \d open pull requests would be judged differ/)
    expect(loosened.summary).toMatch(/\| #1 SHOP-1-other \| 🕐 one approval is missing \| ✅ passes \|/)
    await people.checkIs(mending.head, 'waybill/gate', waits)
    await people.merge('admin', mending.pull)
    await people.checkIs(other.head, 'waybill/gate', passes)

    const leaving = await proposed(people, 'SHOP-5-leave', null)
    const left = await people.checkIs(leaving.head, 'waybill/config', passes)
    expect(left.title).toBe('Merging this ends Waybill here')
    await people.merge('admin', leaving.pull)
    await people.checkIs(other.head, 'waybill/gate', neutral)
  })
})

describe.concurrent('a file that never could be read', () => {
  it('Q8: only the pull request that repairs it can pass, judged by the defaults', async () => {
    const people = await town.repository('version: 1\n')
    const other = await proposed(people, 'SHOP-1-other', 'x', 'other.txt')
    await people.checkIs(other.head, 'waybill/gate', fails)
    const repair = await proposed(people, 'SHOP-2-repair', `${good}mode: report\n`)
    await people.report(repair.head, 'success')
    await people.checkIs(repair.head, 'waybill/gate', (check) => check.summary.includes('No approval yet; 1 is needed'))
    await people.review('reviewer', repair.pull)
  })
})

// Its defaults are for every repository, those of other tests too.
describe('an organisation', () => {
  it('Q12 Q15: defaults come into force when they are pushed, and a locked key stays as it is', async () => {
    const people = await town.repository(good)
    const { head } = await proposed(people, 'SHOP-1-other', 'x', 'other.txt')
    await people.checkIs(head, 'waybill/gate', (check) => check.summary.includes('No approval yet; 1 is needed'))
    const organisation = await town.organisation()
    const defaults = 'version: 1\nmerge: {approvals: 2}\nlocked: [merge.approvals]\n'
    await organisation.push('admin', 'main', { file, body: defaults })
    const locked = await people.checkIs(head, 'waybill/gate', (check) =>
      check.summary.includes('No approval yet; 2 are needed'),
    )
    expect(locked.summary).toContain('is locked by the defaults of acme')
    const stricter = await proposed(people, 'SHOP-2-strict', good.replace('approvals: 1', 'approvals: 3'))
    await people.checkIs(stricter.head, 'waybill/config', passes)
    const looser = await proposed(people, 'SHOP-3-loose', good.replace('approvals: 1', 'approvals: 0'))
    await people.checkIs(looser.head, 'waybill/config', fails)
    await organisation.push('admin', 'main', { file, body: 'version: 1\n' })
    await people.checkIs(head, 'waybill/gate', (check) => check.summary.includes('No approval yet; 1 is needed'))
  })
})
