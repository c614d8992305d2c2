import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { defaultConfig } from '../../sandbox/github/default-config.ts'
import type { CheckShown } from '../../sandbox/people/checks.ts'
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

it('B18: a revert of a released change carries its issue although that is done, and still needs approval and checks', async () => {
  const people = await town.repository()
  const head = await people.push('developer', 'SHOP-9-change')
  const pull = await people.openPull('developer', { branch: 'SHOP-9-change', title: 'SHOP-9 A change' })
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', passed)
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  await eventually('v0.1.0', () => people.commitAt('developer', 'refs/tags/v0.1.0'))
  await town.changeIssue({ key: 'SHOP-9', status: 'Done' })
  const branch = `revert-${pull}-SHOP-9-change`
  const undone = await people.pushRevert('developer', merge, branch)
  const revert = await people.openPull('developer', { branch, title: 'Revert "SHOP-9 A change"' })
  await people.checkIs(undone, 'waybill/gate', ({ status, title, summary }) => {
    const waits = status === 'in_progress' && title === 'Waits: one approval is missing (and 1 more)'
    return waits && summary.includes(`It undoes #${pull}`)
  })
  await people.report(undone, 'success')
  await people.review('reviewer', revert)
  await people.checkIs(undone, 'waybill/gate', passed)
  await town.changeIssue({ key: 'SHOP-9', status: 'In Progress' })
})

it('B20: a pull request opened before the configuration came passes by its title; C14, B8: and says since when Jira is away', async () => {
  const people = await town.repository(null)
  const head = await people.push('developer', 'gift-cards')
  const pull = await people.openPull('developer', { branch: 'gift-cards', title: 'SHOP-8 Gift cards' })
  // GitHub's times are whole seconds: the file comes in a later one.
  const opened = Math.floor(Date.now() / 1000)
  await eventually('the next second', async () => (Math.floor(Date.now() / 1000) > opened ? true : null))
  await people.push('admin', 'main', { file: '.github/waybill.yml', body: defaultConfig })
  await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', ({ status, title, summary }) => {
    return status === 'in_progress' && title === 'Waits: no check has reported' && summary.includes('opened before')
  })
  await town.jiraFault({ call: 'GET /rest/api/3/issue', times: 1000, fault: '503', phase: 'before' })
  // What was read a moment ago is good enough, unless somebody asks for more.
  await people.comment('developer', pull, '/waybill recheck')
  await people.checkIs(head, 'waybill/gate', (check) => check.summary.includes('Jira unreachable'))
  const next = await people.push('developer', 'gift-cards')
  await people.review('reviewer', pull)
  await people.report(next, 'success')
  const gate = await people.checkIs(next, 'waybill/gate', passed)
  expect(gate.summary).toMatch(/`SHOP-8` was verified \d{4}-.* UTC; Jira unreachable since \d{4}-.* UTC/)
  await town.jiraFault(null)
  const late = await people.push('developer', 'more-cards')
  await people.openPull('developer', { branch: 'more-cards', title: 'SHOP-8 More cards' })
  const no = await people.checkIs(late, 'waybill/gate', (check) => check.conclusion === 'failure')
  expect(no.summary).toContain('git switch -c SHOP-8-more-cards origin/more-cards')
})
