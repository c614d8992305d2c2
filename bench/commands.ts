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
 * What one command costs by itself: the line read with the comment and the asker's permission, 👀, the answer and its
 * sign. Whatever else it calls belongs to what the command is about, and each kind of it has a budget of its own.
 */
const alone = 4
const itself = /WaybillLine$|\/reactions$|^POST .*\/comments$/
const beside: readonly (readonly [RegExp, number])[] = [
  // What the asker pushed, once for each head of the line: nobody promotes what they wrote.
  [/^accept /, 1],
  // The living comment of each version on its way says something else from then on.
  [/^(un)?hold /, 1],
  // The look at the pull request that was asked for.
  [/^recheck/, 1],
  // The same, what was pushed to the branch, and the gate of its head.
  [/^override/, 3],
]
const withDeployment = alone + 9

function besideOf(words: string): number {
  return beside.find(([pattern]) => pattern.test(words))?.[1] ?? 0
}

/** Each command once, with how often Waybill calls GitHub for it. */
export async function costOfCommands(people: People, counter: Counter): Promise<readonly string[]> {
  const lines: string[] = []
  const asked = async (by: Person, pull: number, words: string, deploysTo: string | null = null) => {
    await counter.untilQuiet()
    const before = deploysTo === null ? 0 : (await people.deployments(deploysTo)).length
    await people.comment(by, pull, `/waybill ${words}`)
    if (deploysTo !== null) await carry(people, { environment: deploysTo, nth: before + 1, state: 'success' })
    const calls = await counter.untilQuiet()
    lines.push(deploysTo === null ? shownAlone(words, calls) : shown(words, calls, withDeployment))
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

function shownAlone(words: string, calls: readonly string[]): string {
  const own = calls.filter((call) => itself.test(call)).length
  const more = calls.filter((call) => !itself.test(call))
  const above = own > alone || more.length > besideOf(words) ? `  ABOVE: ${calls.join(', ')}` : ''
  const said = more.length === 0 ? '' : ` and ${more.length}: ${more.join(', ')}`
  return `${String(own).padStart(5)}  ${words} (budget ${alone})${said}${above}`
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
