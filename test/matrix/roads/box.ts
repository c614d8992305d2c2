import type { People } from '../../../sandbox/people.ts'
import type { Ended } from '../roads.ts'
import { carried, proposed, told } from './steps.ts'

/** A branch is tried in the rush box and gives it back. */
export async function playBox(people: People, issue: string): Promise<Ended> {
  const pull = await proposed(people, issue, false)
  await people.comment('developer', pull.number, '/waybill deploy rush')
  await carried(people, 'rush')
  await told(people, pull.number, /there until/)
  await people.comment('developer', pull.number, '/waybill free rush')
  await told(people, pull.number, /is given back/)
  return { pulls: [pull], tags: 0, deployments: { rush: [pull.head] } }
}
