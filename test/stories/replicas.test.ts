import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { createPeople, type People } from '../../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts'
import { connectGithub } from '../../src/connect-github.ts'
import { appEnvironment } from '../../src/env.ts'
import { lagOf, usualPace } from '../../src/github/pace.ts'
import { openIssues } from '../../src/jira/open-issues.ts'
import { createLog } from '../../src/log.ts'
import { type Ref, type Repository, refKey } from '../../src/model/ref.ts'
import { passOver } from '../../src/reconcile/pass.ts'
import type { Queue } from '../../src/reconcile/world/queue.ts'
import type { World } from '../../src/reconcile/world/world.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { postgresPlace, quiet } from '../store/databases.ts'

/**
 * Two replicas on one PostgreSQL, without the queue that gives a subject to one of them at a time, and each sure of its
 * right to write: as when one is taken for dead right before it writes, and is not. Every pass is made by both at once.
 */
let sandbox: Sandbox
const opened: Database[] = []
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(async () => {
  for (const database of opened) await database.close()
  await sandbox.close()
})

/** GitHub answers at once here: what was begun a second ago has arrived. */
const pace = { ...usualPace, timeout: 1000 }

type Replica = World & { readonly hinted: Map<string, Ref> }

async function replica(url: string): Promise<Replica> {
  const database = await openDatabase({ url }, quiet)
  opened.push(database)
  const memory = { ...createMemory(database), holds: async () => true }
  const environment = appEnvironment({ ...sandbox.environment(), DATABASE_URL: url })
  const log = createLog({ level: 'silent', secrets: [] })
  const { code } = await connectGithub(environment, { log, markerSecret: 'the same for both', kept: memory, pace })
  const issues = await openIssues({ settings: environment.jira, now: Date.now })
  const hinted = new Map<string, Ref>()
  const hint = async (ref: Ref) => void hinted.set(refKey(ref), ref)
  const queue: Queue = {
    hint,
    hintAll: async (refs) => refs.forEach((ref) => void hinted.set(refKey(ref), ref)),
    remind: async () => {},
    expect: async () => {},
    hintOutbox: async () => {},
    remindOutbox: async () => {},
  }
  const world = { code, issues, memory, queue, log, now: Date.now, lag: lagOf(pace), crashpoint: () => {} }
  return { ...world, hinted }
}

/** Both look at a subject at once, and at what that leads to, until there is nothing left to look at. */
async function bothLookAt(replicas: readonly Replica[], first: Ref): Promise<void> {
  for (let refs: readonly Ref[] = [first]; refs.length > 0; ) {
    for (const ref of refs) await Promise.all(replicas.map((one) => untilDone(one, ref)))
    refs = replicas.flatMap(({ hinted }) => [...hinted.values()])
    refs = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()]
    for (const { hinted } of replicas) hinted.clear()
  }
}

/** What the other has begun is looked for, and waited for, before it is written again. */
async function untilDone(one: Replica, ref: Ref): Promise<void> {
  await eventually(`a pass over ${refKey(ref)}`, async () => {
    await passOver(one, ref)
    return true
  })
}

async function merged(people: People, replicas: readonly Replica[], repository: Repository) {
  const head = await people.push('developer', 'SHOP-1-change')
  const pull = await people.openPull('developer', { branch: 'SHOP-1-change', title: 'SHOP-1 A change' })
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  await bothLookAt(replicas, { kind: 'pull', repository, number: pull })
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  return { pull, merge }
}

it('V7, E25: two instances that make every pass at once make one tag, one release, and one deployment of two requests', async () => {
  const name = `shop-${randomUUID()}`
  const { github, jira } = sandbox
  const order = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name }) }
  await fetch(`${github.url}/_sandbox/repositories`, order)
  const { url } = await postgresPlace()
  const replicas = [await replica(url), await replica(url)]
  const place = { github: github.url, jira: jira.url, repository: `acme/${name}`, tokens: github.tokens }
  const people = createPeople(place)
  const code = replicas[0]?.code
  const [installation = 0] = (await code?.listInstallations()) ?? []
  const listed = (await code?.listRepositories(installation)) ?? []
  const repository = listed.find((one) => one.repository.name === name)?.repository
  if (repository === undefined) throw new Error('the App is installed nowhere')
  const line: Ref = { kind: 'line', repository, branch: 'main' }

  const { pull, merge } = await merged(people, replicas, repository)
  await bothLookAt(replicas, line)
  await bothLookAt(replicas, line)
  expect((await people.releases()).map(({ tag }) => tag)).toEqual(['v0.1.0'])
  expect(await people.commitAt('developer', 'refs/tags/v0.1.0')).toBe(merge)
  expect(await people.commitAt('developer', 'refs/tags/v0.1.1')).toBe(null)
  expect(await replicas[0]?.code.readSealed(repository, ['v0.1.0'])).toBe(true)
  const staging = await people.deployments('staging')
  expect(staging).toMatchObject([{ ref: 'v0.1.0', sha: merge }])
  for (const { id } of staging) await people.carry(id, 'success')
  await bothLookAt(replicas, line)

  await people.comment('analyst', pull, '/waybill promote production')
  await people.comment('analyst', pull, '/waybill promote production v0.1.0')
  await Promise.all(replicas.map(async ({ code, memory }) => memory.hear(await code.listCommands(repository))))
  await bothLookAt(replicas, line)
  await bothLookAt(replicas, line)
  expect(await people.deployments('production')).toMatchObject([{ ref: 'v0.1.0', sha: merge }])
  const said = (await people.comments(pull)).map(({ body }) => body)
  expect(said.filter((body) => body.startsWith('Released as'))).toHaveLength(1)
  expect(said.filter((body) => body.includes('is ready for `production`'))).toHaveLength(1)
})
