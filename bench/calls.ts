import { eventually } from '../sandbox/eventually.ts'
import { createPeople, type People } from '../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../sandbox/start-sandbox.ts'
import { startWaybill } from '../sandbox/start-waybill.ts'
import { commandedConfig, costOfCommands } from './commands.ts'
import { byKind, createCounter } from './count-calls.ts'
import { atMost, type Measured, type Row } from './row.ts'

type Counter = ReturnType<typeof createCounter>

/** How often Waybill calls GitHub and Jira for a change, for a command and in a storm, by call and against the budget. */
export async function benchCalls(): Promise<Measured> {
  const sandbox = await startSandbox({})
  const waybill = await startWaybill(sandbox)
  try {
    const counter = createCounter(sandbox)
    await counter.untilQuiet(1000)
    const one = await life(peopleOf(sandbox), counter)
    const jira = await jiraCalls(sandbox)
    const commands = await costOfCommands(await commandedPeople(sandbox), counter)
    const last = await storm(peopleOf(sandbox), counter)
    return [...one, '', ...jira, '', 'each command by itself', ...commands, '', ...last]
  } finally {
    await waybill.close()
    await sandbox.close()
  }
}

/** What the change's life cost at Jira: the panels once a state, the rest against its budget. */
async function jiraCalls({ jira }: Sandbox): Promise<Measured> {
  const answer: unknown = await (await fetch(`${jira.url}/_sandbox/requests`)).json()
  const calls = Array.isArray(answer) ? answer.map((one: { readonly call: string }) => one.call) : []
  const panels = calls.filter((call) => / \/jira\//.test(call))
  const issues = calls.filter((call) => / \/rest\/api\//.test(call))
  return [
    'the same life at Jira',
    ...byKind([...panels, ...issues]),
    '',
    `${String(panels.length).padStart(5)}  for the panels`,
    against(issues.length, 6, 'of Jira for the same, beyond the panels'),
  ]
}

function peopleOf({ github, jira }: Sandbox): People {
  const { url, repository, tokens } = github
  return createPeople({ github: url, jira: jira.url, repository, tokens })
}

async function commandedPeople({ github, jira }: Sandbox): Promise<People> {
  const body = JSON.stringify({ name: 'commands', config: commandedConfig })
  const order = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  await fetch(`${github.url}/_sandbox/repositories`, order)
  return createPeople({ github: github.url, jira: jira.url, repository: 'acme/commands', tokens: github.tokens })
}

/** A branch, three pushes, a pull request, 40 checks, a review, a merge, a release, two deployments, three commands. */
async function life(people: People, counter: Counter): Promise<Measured> {
  const { pull, merge } = await untilMerged(people)
  await people.report(merge, 'success')
  await eventually('the release', async () => (await people.releases())[0] ?? null)
  const toRelease = upToRelease(await counter.untilQuiet())
  await carryAll(people, 'staging')
  const staging = [...toRelease.after, ...(await counter.untilQuiet())]
  await people.comment('analyst', pull, '/waybill promote production')
  await carryAll(people, 'production')
  const production = await counter.untilQuiet()
  const commands: (readonly string[])[] = []
  for (const command of ['status', 'help', 'promote nowhere']) {
    await people.comment('analyst', pull, `/waybill ${command}`)
    commands.push(await counter.untilQuiet())
  }
  return [
    'from the first push to the release',
    ...byKind(toRelease.before),
    'a deployment to staging, 4 statuses',
    ...byKind(staging),
    'a command and a deployment to production, 4 statuses',
    ...byKind(production),
    'three commands',
    ...byKind(commands.flat()),
    '',
    against(toRelease.before.length, 20, 'from the first push to the published release'),
    against(staging.length, 9, 'for the deployment to staging'),
    against(production.length, 13, 'for the command to promote and the deployment to production'),
    against(Math.max(...commands.map((calls) => calls.length)), 4, 'for the dearest of three other commands'),
  ]
}

async function untilMerged(people: People) {
  const branch = 'SHOP-7-gift-cards'
  await people.push('developer', branch)
  await people.push('developer', branch)
  const head = await people.push('developer', branch)
  const pull = await people.openPull('developer', { branch, title: 'SHOP-7 Sell gift cards' })
  const names = Array.from({ length: 40 }, (_, at) => `check ${at}`)
  for (const name of names) await people.report(head, 'in_progress', name)
  for (const name of names) await people.report(head, 'success', name)
  await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  return { pull, merge: await people.merge('developer', pull) }
}

function upToRelease(calls: readonly string[]) {
  const end = calls.findIndex((call) => /POST .*\/releases$/.test(call)) + 1
  return { before: calls.slice(0, end), after: calls.slice(end) }
}

async function carryAll(people: People, environment: string): Promise<void> {
  const { id } = await eventually(
    `a deployment to ${environment}`,
    async () => (await people.deployments(environment))[0] ?? null,
  )
  for (const state of ['queued', 'in_progress', 'in_progress', 'success'] as const) await people.carry(id, state)
}

/** 25 pull requests, each on top of the one before, with 40 checks each that begin and end all at once. */
async function storm(people: People, counter: Counter): Promise<Measured> {
  await counter.take()
  const begun = performance.now()
  const heads: string[] = []
  for (let at = 1; at <= 25; at++) {
    const branch = `SHOP-${1 + (at % 9)}-storm-${at}`
    const parent = heads.at(-1)
    if (parent !== undefined) await people.pushAs('developer', parent, branch)
    const head = await people.push('developer', branch)
    await people.openPull('developer', { branch, title: `SHOP-${1 + (at % 9)} Storm ${at}` })
    heads.push(head)
  }
  const each = async (run: (head: string, name: string) => Promise<unknown>) => {
    for (let at = 0; at < 40; at++) await Promise.all(heads.map((head) => run(head, `check ${at}`)))
  }
  const ids = new Map<string, number>()
  await each(async (head, name) => {
    ids.set(`${head} ${name}`, await people.begin(head, name))
  })
  await each(async (head, name) => people.finish(ids.get(`${head} ${name}`) ?? 0, 'success'))
  const end = performance.now()
  const calls = await counter.untilQuiet()
  const seconds = ((end - begun) / 1000).toFixed(0)
  return [
    'the storm',
    ...byKind(calls),
    '',
    against(calls.length, 300, `for the storm of 25 stacked pull requests with 40 checks each, in ${seconds} s`),
  ]
}

function against(count: number, budget: number, what: string): Row {
  return atMost(`calls ${what}`, count, { goal: budget })
}
