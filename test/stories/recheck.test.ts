import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

it('looks again at what no delivery told of: by the command, which is answered once, and by the button', async () => {
  const people = await town.repository()
  const head = await people.push('developer', 'SHOP-7-gift-cards')
  const pull = await people.openPull('developer', { branch: 'SHOP-7-gift-cards', title: 'SHOP-7 Gift cards' })
  await people.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
  await town.webhooks({ mode: 'drop' })
  await people.report(head, 'success')
  const review = await people.review('reviewer', pull)
  await town.webhooks({ mode: 'deliver' })
  await people.comment('analyst', pull, '/waybill recheck')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const answers = await eventually('an answer', async () => {
    const said = (await people.comments(pull)).filter((comment) => comment.body.startsWith('Looked at again'))
    return said.length > 0 ? said : null
  })
  expect(answers).toHaveLength(1)
  await town.webhooks({ mode: 'drop' })
  await people.dismiss('admin', pull, review)
  await town.webhooks({ mode: 'deliver' })
  await people.press('developer', head, 'waybill/gate', 'recheck')
  await people.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
  expect(await town.violations()).toEqual([])
})
