import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { defaultConfig } from '../../sandbox/github/default-config.ts'
import { queueDefaults } from '../../src/store/queue-options.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ soon: queueDefaults.soon })
})
afterAll(() => town.close())

it.concurrent('looks again at what no delivery told of: by the command, which is answered once, and by the button', async () => {
  const people = await town.repository()
  const head = await people.push('developer', 'SHOP-7-gift-cards')
  const pull = await people.openPull('developer', { branch: 'SHOP-7-gift-cards', title: 'SHOP-7 Gift cards' })
  await people.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
  await town.webhooks({ mode: 'drop' }, people)
  await people.report(head, 'success')
  const review = await people.review('reviewer', pull)
  await town.webhooks({ mode: 'deliver' }, people)
  await people.comment('analyst', pull, '/waybill recheck')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const answers = await eventually('an answer', async () => {
    const said = (await people.comments(pull)).filter((comment) => comment.body.startsWith('Looked at again'))
    return said.length > 0 ? said : null
  })
  expect(answers).toHaveLength(1)
  await town.webhooks({ mode: 'drop' }, people)
  await people.dismiss('admin', pull, review)
  await town.webhooks({ mode: 'deliver' }, people)
  await people.press('developer', head, 'waybill/gate', 'recheck')
  await people.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
  expect(await town.violations()).toEqual([])
})

it.concurrent('X40, C16: only a run of the App that is named counts, whoever else calls itself so; Q14: what else is red is shown', async () => {
  const pinned = defaultConfig.replace('checks: all', 'checks: [{name: build, app: ci}]')
  const people = await town.repository(pinned)
  const head = await people.push('developer', 'SHOP-6-pinned')
  const pull = await people.openPull('developer', { branch: 'SHOP-6-pinned', title: 'SHOP-6 Pinned' })
  await people.review('reviewer', pull)
  await people.call('developer', `POST :repo/statuses/${head}`, { state: 'success', context: 'build' })
  await people.call('developer', `POST :repo/statuses/${head}`, { state: 'failure', context: 'preview' })
  const waits = await people.checkIs(head, 'waybill/gate', ({ title }) => title === 'Waits: waiting for build (ci)')
  expect(waits.status).toBe('in_progress')
  expect(waits.summary).toContain('Not reported yet')
  await people.report(head, 'success')
  const passes = await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  expect(passes.summary).toContain('Not green and not required: `preview` (failure)')
  expect(await town.violations()).toEqual([])
})

it.concurrent('C21: in a storm of checks on stacked pull requests each gate comes right, and each is looked at a few times only', async () => {
  const people = await town.repository()
  const names = Array.from({ length: 15 }, (_, at) => `check ${at}`)
  const heads: string[] = []
  for (let at = 1; at <= 4; at++) {
    const branch = `SHOP-1-storm-${at}`
    const parent = heads.at(-1)
    if (parent !== undefined) await people.pushAs('developer', parent, branch)
    heads.push(await people.push('developer', branch, { message: `SHOP-1 part ${at}` }))
    await people.review('reviewer', await people.openPull('developer', { branch, title: branch }))
  }
  for (const head of heads) await people.checkIs(head, 'waybill/gate', ({ status }) => status === 'in_progress')
  await town.forgetRequests()
  const begun = performance.now()
  const runs: { readonly name: string; readonly id: number; readonly head: string }[] = []
  for (const name of names) {
    for (const head of heads) runs.push({ name, head, id: await people.begin(head, name) })
  }
  const [red] = heads
  for (const { id, name, head } of runs) {
    await people.finish(id, name === 'check 3' && head === red ? 'failure' : 'success')
  }
  for (const head of heads) {
    await people.checkIs(head, 'waybill/gate', ({ conclusion, title }) => {
      return head === red ? title === 'Blocked: check 3 failed' : conclusion === 'success'
    })
  }
  const looks = (await town.requests(people)).filter(({ call }) => call === 'POST /graphql WaybillPull')
  // The first four at once, and then one in three seconds.
  expect(looks.length).toBeLessThanOrEqual(heads.length * (5 + (performance.now() - begun) / 3000))
})
