import { eventually } from '../sandbox/eventually.ts'
import type { Person } from '../sandbox/people/place.ts'
import type { People } from '../sandbox/people.ts'
import type { createCounter } from './count-calls.ts'

/** A repository where every command has something to do. */
export const commandedConfig = `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvals: 0, overriders: [reviewer]}
release: {}
environments:
  - {name: rush, type: development, kind: rush}
  - {name: staging, type: staging, deploy: auto}
  - {name: production, type: production, promoters: ["@acme/analysts"]}
`

type Counter = Pick<ReturnType<typeof createCounter>, 'untilQuiet'>

/**
 * What one command costs: the line read, 👀, the answer and its sign. One more where what the asker pushed has to be read,
 * once for each head of the line, and where other comments say something else from then on; the gate of a head that is
 * judged again; the deployment it makes (4 statuses).
 */
const alone = 4
const budgets: readonly (readonly [RegExp, number])[] = [
  [/^accept /, alone + 1],
  [/^(un)?hold /, alone + 1],
  [/^recheck/, alone + 1],
  [/^override/, alone + 3],
]
const withDeployment = alone + 9

function budgetOf(words: string): number {
  return budgets.find(([pattern]) => pattern.test(words))?.[1] ?? alone
}

/** Each command once, with how often Waybill calls GitHub for it. */
export async function costOfCommands(people: People, counter: Counter): Promise<readonly string[]> {
  const lines: string[] = []
  const asked = async (by: Person, pull: number, words: string, deploysTo: string | null = null) => {
    await counter.untilQuiet()
    const before = deploysTo === null ? 0 : (await people.deployments(deploysTo)).length
    await people.comment(by, pull, `/waybill ${words}`)
    if (deploysTo !== null) await carry(people, { environment: deploysTo, nth: before + 1, state: 'success' })
    lines.push(shown(words, await counter.untilQuiet(), deploysTo === null ? budgetOf(words) : withDeployment))
  }
  const first = await staged(people, 'SHOP-1', 1)
  await asked('developer', first.pull, 'help')
  await asked('developer', first.pull, 'status')
  await asked('analyst', first.pull, 'promote nowhere')
  await asked('developer', first.pull, 'promote production')
  await asked('analyst', first.pull, 'accept v0.1.0 looked at it')
  await asked('reviewer', first.pull, 'hold production stock-taking')
  await asked('analyst', first.pull, 'unhold production')
  await asked('analyst', first.pull, 'sign-off production')
  await asked('analyst', first.pull, 'promote production', 'production')
  await counter.untilQuiet()
  const second = await staged(people, 'SHOP-2', 2)
  await counter.untilQuiet()
  await people.press('analyst', second.merge, 'waybill/line', 'promote:production')
  await carry(people, { environment: 'production', nth: 2, state: 'failure' })
  lines.push(
    shown(
      'a press of Promote, whose deployment fails; and 2 of the App for the press',
      await counter.untilQuiet(),
      withDeployment,
    ),
  )
  await asked('developer', second.pull, 'retry production', 'production')
  await asked('developer', second.pull, 'rollback production it is broken', 'production')
  await onOpenPull(people, asked)
  return lines
}

type Asked = (by: Person, pull: number, words: string, deploysTo?: string) => Promise<void>

async function onOpenPull(people: People, asked: Asked): Promise<void> {
  const head = await people.push('developer', 'SHOP-3-change')
  const open = await people.openPull('developer', { branch: 'SHOP-3-change', title: 'SHOP-3 A change' })
  await people.report(head, 'success')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  await asked('developer', open, 'deploy rush', 'rush')
  await asked('developer', open, 'free rush', 'rush')
  await asked('developer', open, 'recheck')
  await people.report(head, 'failure')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'failure')
  await asked('reviewer', open, 'override the check is wrong')
  await asked('developer', open, 'status')
}

function shown(words: string, calls: readonly string[], budget: number): string {
  const above = calls.length > budget ? `  ABOVE: ${calls.join(', ')}` : ''
  return `${String(calls.length).padStart(5)}  ${words} (budget ${budget})${above}`
}

async function carry(
  people: People,
  which: { readonly environment: string; readonly nth: number; readonly state: 'success' | 'failure' },
): Promise<void> {
  const { id } = await eventually(`deployment ${which.nth} to ${which.environment}`, async () => {
    return (await people.deployments(which.environment)).toReversed()[which.nth - 1] ?? null
  })
  for (const state of ['queued', 'in_progress', 'in_progress', which.state] as const) await people.carry(id, state)
}

async function staged(people: People, issue: string, nth: number) {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch)
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'success')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  await carry(people, { environment: 'staging', nth, state: 'success' })
  await people.checkIs(merge, 'waybill/line', ({ summary }) => summary.includes('production'))
  return { pull, merge }
}
