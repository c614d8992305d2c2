import type { People } from '../../../sandbox/people.ts'
import type { Ended } from '../roads.ts'
import { merged, proposed, told, until } from './steps.ts'

/** Releases are immutable, and the first name was used before: the first change gets the next one, the second a draft first. */
export async function playNames(people: People, issue: string): Promise<Ended> {
  await people.call('admin', 'PUT :repo/immutable-releases')
  await burn(people, 'v0.1.0')
  const first = await released(people, issue, 1)
  const second = await released(people, `SHOP-${1 + (Number(issue.replace('SHOP-', '')) % 9)}`, 2)
  // The name that was used has a tag, and no release.
  return { pulls: [first, second], tags: 3, releases: 2, deployments: {} }
}

/** GitHub never gives out again what an immutable release was called. */
async function burn(people: People, tag: string): Promise<void> {
  const made = await people.call('admin', 'POST :repo/releases', { tag_name: tag, target_commitish: 'main' })
  const id = typeof made === 'object' && made !== null && 'id' in made ? Number(made.id) : Number.NaN
  await people.call('admin', `DELETE :repo/releases/${id}`)
  await people.call('admin', `DELETE :repo/git/refs/tags/${tag}`)
}

async function released(people: People, issue: string, releases: number) {
  const pull = await proposed(people, issue)
  await merged(people, pull)
  await until(`release ${releases}`, async () => (await people.releases()).length === releases)
  await told(people, pull.number, /^Released as/)
  return pull
}
