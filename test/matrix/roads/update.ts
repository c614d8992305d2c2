import type { People } from '../../../sandbox/people.ts'
import type { Ended } from '../roads.ts'
import { found, until } from './steps.ts'

/** A change that a team approved is brought up to date with the line and stays approved; its next commit is let through by an override. */
export async function playUpdate(people: People, issue: string): Promise<Ended> {
  const branch = `${issue}-change`
  const { number, head } = await approved(people, branch)
  const other = await approved(people, `SHOP-${1 + (Number(issue.replace('SHOP-', '')) % 9)}-other`)
  await people.merge('developer', other.number)
  await people.call('reviewer', `PUT :repo/pulls/${number}/update-branch`)
  const updated = await found('its new head', async () => {
    const shown = JSON.stringify(await people.call('developer', `GET :repo/pulls/${number}`))
    const sha = /"head":\{[^}]*?"sha":"([0-9a-f]{40})"/.exec(shown)?.[1]
    return sha === undefined || sha === head ? null : sha
  })
  await people.report(updated, 'success')
  await green(people, updated)
  const last = await people.push('developer', branch, { message: `${issue} A word more` })
  await people.report(last, 'success')
  // A word for a head counts if it is younger, by GitHub's whole seconds.
  const second = Math.floor(Date.now() / 1000)
  await until('a later second', async () => Date.now() / 1000 > second + 1)
  await people.comment('analyst', number, '/waybill override nobody else is awake')
  await green(people, last)
  return { pulls: [{ number, head: last, reviewed: false }], tags: 0, deployments: {} }
}

async function approved(people: People, branch: string) {
  const head = await people.push('developer', branch)
  const number = await people.openPull('developer', { branch, title: branch })
  await people.report(head, 'success')
  await people.review('analyst', number)
  await green(people, head)
  return { number, head }
}

async function green(people: People, head: string): Promise<void> {
  await until('a green gate', async () => (await people.check(head, 'waybill/gate'))?.conclusion === 'success')
}
