import { createPeople } from '../sandbox/people.ts'
import { playTheRoad } from '../sandbox/play-the-road.ts'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../sandbox/start-waybill.ts'

export type Ride = {
  /** Every call Waybill made at GitHub, in order. */
  readonly calls: readonly string[]
  readonly seconds: number
  /** What `look` saw while Waybill still ran. */
  readonly seen: string
}

const quiet = { seconds: () => '', step: () => {}, does: () => {}, shows: () => {}, aside: () => {} }

/** Plays the demo's change without words, over the database `environment` names, and looks at Waybill at its end. */
export async function ride(
  environment: Readonly<Record<string, string>>,
  look: (waybill: Waybill) => Promise<string>,
): Promise<Ride> {
  const sandbox = await startSandbox({})
  const waybill = await startWaybill(sandbox, environment)
  const begun = Date.now()
  try {
    const { url, repository, tokens } = sandbox.github
    await playTheRoad(createPeople({ github: url, jira: sandbox.jira.url, repository, tokens }), quiet)
    const seconds = (Date.now() - begun) / 1000
    const answer: unknown = await (await fetch(`${url}/_sandbox/requests?by=waybill`)).json()
    const calls = Array.isArray(answer) ? answer.map((one: { readonly call: string }) => one.call) : []
    return { calls, seconds, seen: await look(waybill) }
  } finally {
    await waybill.close()
    await sandbox.close()
  }
}
