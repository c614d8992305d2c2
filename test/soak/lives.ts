import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'

export type Lived = {
  readonly pull: number
  readonly merge: string
  /** When the review came that decided, and when the gate was seen to be green (ms, UTC). */
  readonly decided: number
  readonly passed: number
}

/** How long anything may take while Waybill is killed all the time (ms). */
const patience = 240_000
/** How often it is looked (ms): the sandbox has other things to do. */
const every = 250

/** One change from its branch to staging. */
export async function liveOnce(
  people: People,
  { issue, at, opened }: { readonly issue: string; readonly at: number; readonly opened: (pull: number) => void },
): Promise<Lived> {
  const branch = `${issue}-life-${at}`
  const head = await people.push('developer', branch)
  const pull = await people.openPull('developer', { branch, title: `${issue} Life ${at}` })
  opened(pull)
  await people.report(head, 'in_progress')
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  const decided = Date.now()
  await eventually(
    `a green gate on pull request ${pull}`,
    async () => ((await people.check(head, 'waybill/gate'))?.conclusion === 'success' ? true : null),
    patience,
    every,
  )
  const passed = Date.now()
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  const deployment = await eventually(
    `a deployment of pull request ${pull}`,
    async () => (await people.deployments('staging')).find((one) => one.sha === merge) ?? null,
    patience,
    every,
  )
  await people.carry(deployment.id, 'success')
  return { pull, merge, decided, passed }
}

/** What is missing or there twice after all lives in a repository, as sentences. */
export async function tally(people: People, lived: readonly Lived[]) {
  const releases = await people.releases()
  const deployments = await people.deployments('staging')
  const lost: string[] = []
  const doubled: string[] = []
  const count = (what: string, is: number) => {
    if (is === 0) lost.push(what)
    if (is > 1) doubled.push(`${is} × ${what}`)
  }
  for (const { pull, merge } of lived) {
    count(`the deployment of #${pull}`, deployments.filter((one) => one.sha === merge).length)
    const living = (await people.comments(pull)).filter((one) => /\| staging \|/.test(one.body))
    count(`the comment on #${pull}`, living.length)
  }
  const versions = new Set(releases.map((release) => release.tag))
  if (versions.size !== releases.length) doubled.push('a release')
  if (versions.size < lived.length) lost.push(`${lived.length - versions.size} releases`)
  if (versions.size > lived.length) doubled.push(`${versions.size - lived.length} releases too many`)
  return { lost, doubled }
}
