import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'

export type Life = { readonly head: string; readonly pull: number; readonly merge: string; readonly branch: string }

/** How long Waybill may take for each step while faults strike (ms). */
const patience = 60_000

/** One change from its branch to production, each step as soon as Waybill lets it. */
export async function playLife(people: People, issue: string): Promise<Life> {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch)
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'in_progress')
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  await eventually(
    'a green gate',
    async () => ((await people.check(head, 'waybill/gate'))?.conclusion === 'success' ? true : null),
    patience,
  )
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  await carry(people, 'staging')
  await people.comment('analyst', pull, '/waybill promote production')
  await carry(people, 'production')
  await eventually(
    'the comment to tell of production',
    async () => (await people.comments(pull)).find((one) => /\| production \|.*success/.test(one.body)) ?? null,
    patience,
  )
  return { head, pull, merge, branch }
}

async function carry(people: People, environment: string): Promise<void> {
  const { id } = await eventually(
    `a deployment to ${environment}`,
    async () => (await people.deployments(environment))[0] ?? null,
    patience,
  )
  await people.carry(id, 'in_progress')
  await people.carry(id, 'success')
}
