import { setTimeout as pause } from 'node:timers/promises'
import { createPeople, type People } from '../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../sandbox/start-sandbox.ts'
import { startWaybill } from '../sandbox/start-waybill.ts'
import { letItRain } from '../test/soak/rain.ts'
import { percentile, percentiles } from './percentiles.ts'
import { atMost, type Measured, without } from './row.ts'

/** How many pull requests are decided, one after the other, for each figure. */
const samples = 40
/** An answer that takes longer counts as this long (ms). */
const longest = 5000

/** From the approval that decides to the check that says so: with nothing else going on, and at 10 deliveries a second. */
export async function benchLatency(): Promise<Measured> {
  const sandbox = await startSandbox({})
  const waybill = await startWaybill(sandbox)
  try {
    const { url, repository, tokens } = sandbox.github
    const people = createPeople({ github: url, jira: sandbox.jira.url, repository, tokens })
    const idle = await decide(people, 'idle')
    const rain = letItRain({
      url: () => waybill.url,
      secret: sandbox.webhookSecret,
      rate: 10,
      up: async () => {},
      targets: () => [targetIn(sandbox, 1), targetIn(sandbox, 2), targetIn(sandbox, 3)],
    })
    const busy = await decide(people, 'busy')
    await rain.stop()
    return [
      without(`deciding event to posted check, idle, ${samples} of them: 50th, 95th, 99th`, percentiles(idle)),
      atMost('the same at the 95th', percentile(idle, 0.95), { goal: 1000, unit: ' ms' }),
      without('deciding event to posted check, at 10 deliveries a second: 50th, 95th, 99th', percentiles(busy)),
    ]
  } finally {
    await waybill.close()
    await sandbox.close()
  }
}

function targetIn({ github }: Sandbox, number: number) {
  const repository = [...github.state.repositories.values()][0]
  const installationId = github.state.installations[0]?.id ?? 0
  return { installationId, repository: { id: repository?.id ?? 0, name: repository?.name ?? '' }, number }
}

/** All are ready but for the approval before the first is approved: making one does not disturb the answer to another. */
async function decide(people: People, name: string): Promise<readonly number[]> {
  const ready: { readonly head: string; readonly pull: number }[] = []
  for (let at = 0; at < samples; at++) {
    const branch = `SHOP-${1 + (at % 9)}-${name}-${at}`
    const head = await people.push('developer', branch)
    ready.push({ head, pull: await people.openPull('developer', { branch, title: branch }) })
    await people.report(head, 'success')
  }
  for (const { head } of ready) await people.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
  // A pull request that was just looked at is looked at again only after this.
  await pause(3500)
  const times: number[] = []
  for (const { head, pull } of ready) {
    const begun = performance.now()
    await people.review('reviewer', pull)
    while (performance.now() - begun < longest && !(await isGreen(people, head))) await pause(10)
    times.push(performance.now() - begun)
  }
  return times
}

async function isGreen(people: People, head: string): Promise<boolean> {
  return (await people.check(head, 'waybill/gate'))?.conclusion === 'success'
}
