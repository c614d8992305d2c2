import type { People } from '../../../sandbox/people.ts'
import type { Ended } from '../roads.ts'
import { carried, found, proposed, told, until } from './steps.ts'

/** A change that a merge queue lands once its group is green. */
export async function playQueue(people: People, issue: string): Promise<Ended> {
  const pull = await proposed(people, issue)
  await people.enqueue('developer', pull.number)
  const group = await found('its group', async () => {
    const refs = JSON.stringify(await people.call('admin', 'GET :repo/git/matching-refs/heads/gh-readonly-queue'))
    return new RegExp(`pr-${pull.number}-[^}]*?"sha":"([0-9a-f]{40})"`).exec(refs)?.[1] ?? null
  })
  await people.report(group, 'success')
  await until('it to be merged', async () => {
    const shown = JSON.stringify(await people.call('admin', `GET :repo/pulls/${pull.number}`))
    return shown.includes('"merged":true')
  })
  await people.report(group, 'success')
  await carried(people, 'staging')
  await told(people, pull.number, /\| staging \|.*success/)
  return { pulls: [pull], tags: 1, deployments: { staging: [group], production: [] } }
}
