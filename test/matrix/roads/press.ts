import type { People } from '../../../sandbox/people.ts'
import type { Ended } from '../roads.ts'
import { carried, merged, proposed, told, until } from './steps.ts'

/** Production is reached by the button on the merge. */
export async function playPress(people: People, issue: string): Promise<Ended> {
  const pull = await proposed(people, issue)
  const merge = await merged(people, pull)
  await carried(people, 'staging')
  await until('the button', async () => {
    return (await people.check(merge, 'waybill/line'))?.summary.includes('presses the button here') === true
  })
  await people.press('analyst', merge, 'waybill/line', 'promote:production')
  await carried(people, 'production')
  await told(people, pull.number, /\| production \|.*success/)
  return { pulls: [pull], tags: 1, deployments: { staging: [merge], production: [merge] } }
}
