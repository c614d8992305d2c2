import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { Person, Program } from '../../sandbox/people/place.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

const minute = 60_000
const config = `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvals: 0}
release: {}
environments:
  - {name: staging, type: staging, deploy: auto}
  - {name: production, type: production, promoters: ["@acme/analysts"]}
`

/** Everybody's clock, as far ahead of the machine's as the tests went (ms). */
let ahead = 0

let town: Town
beforeAll(async () => {
  town = await openTown({ now: () => Date.now() + ahead })
})
afterAll(() => town.close())
afterEach(async () => {
  await town.webhooks({ mode: 'deliver' })
  expect(await town.violations()).toEqual([])
})

/** A merged pull request of the developer's that is live in staging. */
async function staged(people: People, issue = 'SHOP-1') {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch, { message: `${issue} change` })
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'success')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  const staging = await eventually('staging', async () => (await people.deployments('staging'))[0] ?? null)
  await people.carry(staging.id, 'success')
  await people.checkIs(merge, 'waybill/line', ({ summary }) => summary.includes('production'))
  return { pull, merge }
}

async function answersOn(people: People, pull: number, part: string): Promise<readonly string[]> {
  const bodies = (await people.comments(pull)).filter(({ by }) => by === 'waybill[bot]').map(({ body }) => body)
  return bodies.filter((body) => body.includes(part))
}

async function answered(people: People, pull: number, part: string): Promise<void> {
  await eventually(`an answer with "${part}"`, async () => {
    return (await answersOn(people, pull, part)).length > 0 ? true : null
  })
}

/** Whatever was asked before is done with once this is answered: commands are obeyed in the order they come. */
async function upToHere(people: People, pull: number): Promise<void> {
  const word = `nothing-${Math.random().toString(36).slice(2)}`
  await people.comment('developer', pull, `/waybill ${word}`)
  await answered(people, pull, word)
}

async function reactionsTo(people: People, comment: number): Promise<readonly string[]> {
  const listed = await people.call('developer', `GET :repo/issues/comments/${comment}/reactions`)
  return Array.isArray(listed) ? listed.map((one) => String(one.content)) : []
}

// Before the clock is moved: GitHub's record of a press goes by the machine's.
it('a press whose record GitHub refuses to show once stops nothing, and is obeyed soon', async () => {
  const people = await town.repository(config)
  const { merge } = await staged(people)
  await people.checkIs(merge, 'waybill/line', ({ summary }) => summary.includes('presses the button here'))
  await town.githubFault({ call: 'GET /app/hook/deliveries/{delivery_id}', fault: '401', times: 1 })
  await people.press('analyst', merge, 'waybill/line', 'promote:production')
  const [production] = await eventually('production', async () => {
    const there = await people.deployments('production')
    return there.length > 0 ? there : null
  })
  expect(production?.sha).toBe(merge)
})

it('X8: a command that is heard of an hour late is answered once and not obeyed, however often it is delivered', async () => {
  const people = await town.repository(config)
  const { pull } = await staged(people)
  await town.webhooks({ mode: 'hold' })
  const old = await people.comment('analyst', pull, '/waybill promote production')
  ahead += 60 * minute
  await town.webhooks({ mode: 'deliver' })
  await answered(people, pull, 'more than 15 minutes old')
  await redeliver(old)
  await upToHere(people, pull)
  expect(await answersOn(people, pull, 'more than 15 minutes old')).toHaveLength(1)
  expect(await reactionsTo(people, old)).toEqual(['eyes', '-1'])
  expect(await people.deployments('production')).toEqual([])
})

it('X8: a command that was obeyed is not run again when it is delivered once more an hour later', async () => {
  const people = await town.repository(config)
  const { pull } = await staged(people)
  const asked = await people.comment('analyst', pull, '/waybill promote production')
  const production = await eventually('production', async () => (await people.deployments('production'))[0] ?? null)
  await people.carry(production.id, 'failure')
  await answered(people, pull, 'failed (the deployer says failure)')
  ahead += 60 * minute
  await redeliver(asked)
  await upToHere(people, pull)
  expect(await people.deployments('production')).toHaveLength(1)
  expect(await answersOn(people, pull, 'more than 15 minutes old')).toEqual([])
})

it('a command that was heard of in time and could not be read for an hour is not obeyed any more', async () => {
  const people = await town.repository(config)
  const { pull } = await staged(people)
  await blind(people)
  const asked = await people.comment('analyst', pull, '/waybill promote production')
  await eventually('it to be heard of', async () => envelopeOf(asked, 202) ?? null)
  ahead += 60 * minute
  await seeAgain()
  await answered(people, pull, 'more than 15 minutes old')
  expect(await people.deployments('production')).toEqual([])
})

it('X33: a comment that is edited into a command asks for nothing, one that was edited since is refused', async () => {
  const people = await town.repository(config)
  const { pull } = await staged(people)
  const edited = await people.comment('analyst', pull, 'I will look at it')
  await edit(people, edited, '/waybill promote production')
  await upToHere(people, pull)
  expect(await reactionsTo(people, edited)).toEqual([])
  await town.webhooks({ mode: 'hold' })
  const since = await people.comment('analyst', pull, '/waybill status')
  await edit(people, since, '/waybill promote production')
  await town.webhooks({ mode: 'deliver' })
  await answered(people, pull, 'The comment was edited')
  await upToHere(people, pull)
  expect(await reactionsTo(people, since)).toEqual(['eyes', '-1'])
  expect(await people.deployments('production')).toEqual([])
})

it.each<readonly [string, Person | Program, string]>([
  ['a bot', 'ci', '/waybill promote production'],
  ['a reply by e-mail', 'analyst', '> /waybill promote production\r\n\r\nLet us wait.'],
  ['a reply that quotes the whole', 'analyst', 'On Monday developer wrote:\n> /waybill promote production'],
  ['a fence', 'analyst', '```\n/waybill promote production\n```'],
  ['an indented block', 'analyst', '    /waybill promote production'],
  ['a code span', 'analyst', '`/waybill promote production`'],
  ['a hidden comment', 'analyst', '<!--\n/waybill promote production\n-->'],
  ['a mention of it', 'analyst', 'Say `/waybill promote production` when you are ready.'],
  ['a zero-width space before it', 'analyst', '\u200b/waybill promote production'],
])('X33, E28: %s commands nothing', async (_, by, body) => {
  const { people, pull } = await shared()
  const comment = await people.comment(by, pull, body)
  await upToHere(people, pull)
  expect(await reactionsTo(people, comment)).toEqual([])
  expect(await people.deployments('production')).toEqual([])
})

it('of several commands in one comment only the first line is run, and said so', async () => {
  const people = await town.repository(config)
  const { pull } = await staged(people)
  await people.comment(
    'analyst',
    pull,
    '/waybill hold production stock-taking\n/waybill promote production\n/waybill unhold production',
  )
  await answered(people, pull, '`production` is held, as analyst asked')
  await upToHere(people, pull)
  expect(await people.deployments('production')).toEqual([])
})

it('two commands within one second are obeyed as they were written, though their deliveries come the other way round', async () => {
  const people = await town.repository(config)
  const { pull } = await staged(people)
  await blind(people)
  await town.webhooks({ url: 'http://127.0.0.1:9/nobody' })
  const first = await people.comment('reviewer', pull, '/waybill hold production stock-taking')
  const second = await people.comment('analyst', pull, '/waybill promote production')
  for (const comment of [first, second]) await eventually('its delivery', async () => envelopeOf(comment) ?? null)
  await town.webhooks({ url: `${town.waybill.url}/api/github/webhooks` })
  for (const comment of [second, first]) await deliver(comment, randomUUID())
  await seeAgain()
  await answered(people, pull, '`production` is held, as reviewer asked')
  await answered(people, pull, 'It waits.')
  expect(await people.deployments('production')).toEqual([])
})

/** From now on GitHub shows only a part of a repository's line. */
async function blind(people: People): Promise<void> {
  const repository = people.repository.replace('acme/', '')
  await town.githubFault({ call: 'POST /graphql WaybillLine', fault: 'graphql-partial', times: 1000, repository })
}

async function seeAgain(): Promise<void> {
  await fetch(`${town.sandbox.github.url}/_sandbox/faults`, { method: 'DELETE' })
}

/** What GitHub sent of a comment, answered with that status. */
function envelopeOf(comment: number, status?: number) {
  return town.sandbox.github.deliveries().find(({ envelope, statusCode }) => {
    const { action, comment: sent } = JSON.parse(envelope.body)
    return action === 'created' && sent?.id === comment && (status === undefined || statusCode === status)
  })?.envelope
}

/** The same signed body once more, under the name of a delivery. */
async function deliver(comment: number, guid?: string): Promise<void> {
  const envelope = envelopeOf(comment)
  if (envelope === undefined) throw new Error('GitHub sent nothing of it')
  const signature = createHmac('sha256', town.sandbox.webhookSecret).update(envelope.body).digest('hex')
  const response = await fetch(`${town.waybill.url}/api/github/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': envelope.event,
      'x-github-delivery': guid ?? envelope.guid,
      'x-hub-signature-256': `sha256=${signature}`,
    },
    body: envelope.body,
  })
  expect(response.status).toBe(202)
}

/** Delivered again by GitHub, and replayed by somebody else. */
async function redeliver(comment: number): Promise<void> {
  await deliver(comment)
  await deliver(comment, randomUUID())
}

/** One version in staging, for all that ask for nothing. */
let quiet: Promise<{ readonly people: People; readonly pull: number }> | null = null
function shared(): NonNullable<typeof quiet> {
  const make = async () => {
    const people = await town.repository(config)
    return { people, pull: (await staged(people)).pull }
  }
  quiet ??= make()
  return quiet
}

async function edit(people: People, comment: number, body: string): Promise<void> {
  await people.call('analyst', `PATCH :repo/issues/comments/${comment}`, { body })
}
