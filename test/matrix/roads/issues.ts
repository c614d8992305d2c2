import type { People } from '../../../sandbox/people.ts'
import type { Stage } from '../open-stage.ts'
import type { Ended } from '../roads.ts'
import { playChange } from './change.ts'
import { until } from './steps.ts'

/** A change whose issue is moved in Jira, and gets its version there, which is released in production. */
export async function playIssues(people: People, issue: string, { sandbox }: Pick<Stage, 'sandbox'>): Promise<Ended> {
  const ended = await playChange(people, issue)
  const version = `${people.repository.replace(/^.*\//, '')} v0.1.0`
  await until('its fix version', async () => {
    const { fixVersions = [] } = await people.issue(issue)
    return fixVersions.filter((one) => String(one) === version).length === 1
  })
  await until('the release of that version', async () => {
    return sandbox.jira.state.versions.some(({ name, released }) => name === version && released)
  })
  return ended
}
