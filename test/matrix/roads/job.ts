import type { People } from '../../../sandbox/people.ts'
import type { Stage } from '../open-stage.ts'
import type { Ended } from '../roads.ts'
import { carried, found, merged, proposed, told, until } from './steps.ts'

/** Production is reached by a job of GitHub Actions that asks Waybill's protection rule. */
export async function playJob(people: People, issue: string, stage: Pick<Stage, 'order'>): Promise<Ended> {
  const pull = await proposed(people, issue)
  const merge = await merged(people, pull)
  await carried(people, 'staging')
  await told(people, pull.number, /\| staging \|.*success/)
  const { repository } = people
  const begun = await stage.order('runs', { repository, by: 'analyst', environment: 'production', ref: 'v0.1.0' })
  const run = typeof begun === 'object' && begun !== null && 'id' in begun ? Number(begun.id) : Number.NaN
  await until('the job to be let through', async () => {
    const reports = await people.call('developer', `GET :repo/actions/runs/${run}/approvals`)
    return Array.isArray(reports) && reports.some((one) => one.state === 'approved')
  })
  await stage.order('runs/end', { repository, run, conclusion: 'success' })
  await told(people, pull.number, /\| production \|.*success/)
  await found('its record', async () => (await people.deployments('production'))[0] ?? null)
  return { pulls: [pull], tags: 1, deployments: { staging: [merge], production: [merge] } }
}
