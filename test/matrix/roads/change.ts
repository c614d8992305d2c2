import type { People } from '../../../sandbox/people.ts'
import type { Ended } from '../roads.ts'
import { carried, merged, proposed, told } from './steps.ts'

/** One change from its branch to production, each step as soon as Waybill lets it. */
export async function playChange(people: People, issue: string): Promise<Ended> {
  const pull = await proposed(people, issue)
  const merge = await merged(people, pull)
  await carried(people, 'staging')
  await people.comment('analyst', pull.number, '/waybill promote production')
  await carried(people, 'production')
  await told(people, pull.number, /\| production \|.*success/)
  return { pulls: [pull], tags: 1, deployments: { staging: [merge], production: [merge] } }
}
