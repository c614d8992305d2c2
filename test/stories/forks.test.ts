import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
afterEach(async () => {
  expect(await town.violations()).toEqual([])
})

it('B12, C20: the pull request of a fork passes by its title, and is found by its head where checks name no pull request', async () => {
  const people = await town.repository()
  const fork = await town.fork(people, 'developer')
  const first = await fork.push('developer', 'patch-1')
  const pull = await people.openPull('developer', { branch: 'developer:patch-1', title: 'SHOP-7 Gift cards' })
  const gate = await people.checkIs(first, 'waybill/gate', (check) => check.status === 'in_progress')
  expect(gate.summary).toContain('The branch of a fork need not name its issue; the title names `SHOP-7`')
  const head = await fork.push('developer', 'patch-1')
  await people.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
  await people.review('reviewer', pull)
  await people.report(head, 'success')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  expect(await people.merge('reviewer', pull)).toMatch(/^[0-9a-f]{40}$/)
  const untitled = await fork.push('developer', 'patch-2')
  await people.openPull('developer', { branch: 'developer:patch-2', title: 'Something else' })
  const no = await people.checkIs(untitled, 'waybill/gate', (check) => check.conclusion === 'failure')
  expect(no.summary).toContain("Begin the pull request's title with the issue's key.")
})
