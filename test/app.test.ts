import { createRequire } from 'node:module'
import { pino } from 'pino'
import { Probot } from 'probot'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { changedInstallation } from '../src/github/changed-installation.ts'
import { fitsEvent, isWatchedEvent, isWebhookEvent } from '../src/github/delivered-events.ts'
import { cluesOf } from '../src/github/hints.ts'
import type { Delivery, Inbox } from '../src/reconcile/world/inbox.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { createInbox } from '../src/store/inbox.ts'
import { createMemory } from '../src/store/memory.ts'
import { type OpenQueue, openQueue } from '../src/store/queue.ts'
import { postgresPlace } from './store/databases.ts'

type Example = { readonly name: string; readonly examples: readonly Record<string, unknown>[] }
const examples: readonly Example[] = createRequire(import.meta.url)('@octokit/webhooks-examples')

const silent = pino({ level: 'silent' })
let place: Awaited<ReturnType<typeof postgresPlace>>
let database: Database
let queue: OpenQueue
let probot: Probot
let accepted: Delivery[]
let sweeps = 0
let answers: ('stored' | 'known')[]

beforeAll(async () => {
  place = await postgresPlace()
  database = await openDatabase(place, silent)
  queue = await openQueue(database, {}, silent)
  const real = createInbox(database, queue)
  const inbox: Inbox = {
    pullOf: real.pullOf,
    accept: async (delivery) => {
      accepted.push(delivery)
      const answer = await real.accept(delivery)
      answers.push(answer)
      return answer
    },
  }
  const sweep = async (installation: number) => {
    sweeps += 1
    await queue.hintSweep(installation)
  }
  probot = new Probot({ githubToken: 'of no use', log: silent })
  const memory = createMemory(database)
  await probot.load(createApp({ inbox, memory, own: { appId: 7, slug: 'waybill' }, sweep, log: silent }))
})

beforeEach(() => {
  accepted = []
  answers = []
  sweeps = 0
})

afterAll(async () => {
  await queue.stop()
  await database.close()
})

type Place = Record<string, unknown>

/** Every field of an object, at any depth, and where it stands. */
function fieldsOf(value: unknown): readonly { readonly place: Place; readonly field: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const place: Place = Object.assign(value)
  return Object.keys(place).flatMap((field) => [{ place, field }, ...fieldsOf(place[field])])
}

let count = 0

async function receive(name: string, payload: object, id = `00000000-0000-4000-8000-${count++}`): Promise<void> {
  const delivery = { id, name, payload }
  if (isWebhookEvent(delivery)) await probot.receive(delivery)
}

const repository = { id: 1, name: 'shop', owner: { login: 'acme' }, default_branch: 'main' }
const base = { installation: { id: 2 }, repository }
const ref = { installationId: 2, id: 1, owner: 'acme', name: 'shop' }
const sha = 'a'.repeat(40)

describe('what GitHub sends (X14)', () => {
  it.each(examples.map(({ name, examples: all }) => [name, all] as const))(
    '%s: no example, whole or with any field removed, is too much',
    async (name, all) => {
      for (const example of all) {
        const installed: Record<string, unknown> = { installation: { id: 2 }, ...example }
        for (const payload of [example, installed]) {
          await receive(name, payload)
          for (const field of Object.keys(payload)) {
            const { [field]: _removed, ...rest } = payload
            await receive(name, rest)
            await receive(name, { ...rest, [field]: null })
          }
        }
      }
    },
  )

  it('is read without a throw, with any field at any depth removed, null, or of another kind', () => {
    const own = { appId: 7, slug: 'waybill' }
    for (const { name, examples: all } of examples) {
      if (!isWatchedEvent(name)) continue
      for (const example of all) {
        const payload = { installation: { id: 2 }, ...structuredClone(example) }
        for (const { place, field } of fieldsOf(payload)) {
          const whole = place[field]
          for (const other of [undefined, null, [], {}, '', 'x', -1, true]) {
            if (other === undefined) delete place[field]
            else place[field] = other
            cluesOf({ id: 'd', name, payload }, own)
            changedInstallation(name, payload)
          }
          place[field] = whole
        }
      }
    }
  })

  it('fits its own event name', () => {
    for (const { name, examples: all } of examples) {
      for (const example of all) expect(fitsEvent(name, example), name).toBe(true)
    }
  })

  it('leaves hints of a few hundred bytes, never the payload', async () => {
    for (const { name, examples: all } of examples) {
      for (const example of all) await receive(name, { installation: { id: 2 }, ...example })
    }
    expect(accepted.length).toBeGreaterThan(50)
    for (const delivery of accepted) expect(JSON.stringify(delivery).length).toBeLessThan(1000)
  })
})

describe('a delivery', () => {
  it('is stored once, however often it comes', async () => {
    const payload = { ...base, ref: 'refs/heads/SHOP-1-x', deleted: false }
    await Promise.all(Array.from({ length: 5 }, () => receive('push', payload, 'the-same')))
    expect(answers.toSorted()).toEqual(['known', 'known', 'known', 'known', 'stored'])
    expect(accepted[0]).toEqual({
      id: 'the-same',
      hints: [{ ref: { kind: 'branch', repository: ref, branch: 'SHOP-1-x' }, when: 'now' }],
      wish: null,
      pull: null,
    })
  })

  it('F1: is stored once by two replicas, however often and at once it comes to each', async () => {
    const other = await openDatabase(place, silent)
    const otherQueue = await openQueue(other, {}, silent)
    const inboxes = [createInbox(database, queue), createInbox(other, otherQueue)]
    const hints = [{ ref: { kind: 'branch', repository: ref, branch: 'SHOP-9-x' }, when: 'now' }] as const
    const once = (id: string) =>
      Promise.all(
        [0, 1, 0, 1, 1].map((at) => inboxes[at]?.accept({ id, hints, wish: null, pull: null }).catch(() => 'refused')),
      )
    for (let time = 0; time < 20; time++) {
      const all = [...(await once(`replicas-${time}`)), ...(await once(`replicas-${time}`))]
      expect(all.toSorted()).toEqual([...Array(9).fill('known'), 'stored'])
    }
    await otherQueue.stop()
    await other.close()
  })

  it('of a push says nothing while a pull request is open from the branch', async () => {
    const head = { ref: 'SHOP-2-x', repo: { id: 1 } }
    await receive('pull_request', { ...base, action: 'opened', pull_request: { number: 5, state: 'open', head } })
    accepted = []
    await receive('push', { ...base, ref: 'refs/heads/SHOP-2-x' })
    expect(accepted).toEqual([])
    await receive('pull_request', { ...base, action: 'closed', pull_request: { number: 5, state: 'closed', head } })
    accepted = []
    await receive('push', { ...base, ref: 'refs/heads/SHOP-2-x' })
    expect(accepted[0]?.hints).toEqual([{ ref: { kind: 'branch', repository: ref, branch: 'SHOP-2-x' }, when: 'now' }])
  })

  it('of a check looks where the commit was last seen, each subject once', async () => {
    const run = { app: { id: 9 }, head_sha: sha, pull_requests: [], check_suite: { head_branch: null } }
    await receive('check_run', { ...base, action: 'completed', check_run: run })
    expect(accepted[0]?.hints).toEqual([{ ref: { kind: 'commit', repository: ref, sha }, when: 'now' }])
    const pull = { kind: 'pull', repository: ref, number: 8 } as const
    await createMemory(database).rememberHead(pull, sha)
    accepted = []
    await receive('check_run', { ...base, action: 'completed', check_run: run })
    await receive('status', { ...base, id: 1, sha, state: 'pending', branches: [] })
    expect(accepted.map((delivery) => delivery.hints)).toEqual([
      [{ ref: pull, when: 'now' }],
      [{ ref: pull, when: 'soon' }],
    ])
  })

  it.each([
    ['installation', { action: 'unsuspend' }, 1],
    ['installation', { action: 'created' }, 1],
    ['installation', { action: 'new_permissions_accepted' }, 1],
    ['installation', { action: 'suspend' }, 1],
    ['installation', { action: 'deleted' }, 1],
    ['installation_repositories', { action: 'added' }, 1],
    ['installation_repositories', { action: 'removed' }, 1],
    ['repository', { ...base, action: 'transferred' }, 1],
    ['repository', { ...base, action: 'unarchived' }, 1],
    ['repository', { ...base, action: 'edited', changes: { default_branch: { from: 'master' } } }, 1],
    ['repository', { ...base, action: 'edited', changes: { topics: { from: [] } } }, 0],
    ['repository', { ...base, action: 'publicized' }, 0],
    ['installation', { action: 'created', installation: { id: '2' } }, 0],
    ['installation', { action: 'created', installation: { id: 1e300 } }, 0],
    ['installation', { action: 'created', installation: null }, 0],
    ['constructor', { action: 'created' }, 0],
    // X6: what was signed as another event, under the name of one of these.
    ['installation', { ...base, action: 'created', comment: { id: 1 } }, 0],
    ['installation_repositories', { ...base, action: 'added' }, 0],
    ['repository', { ...base, action: 'deleted', comment: { id: 1 } }, 0],
    ['repository', { ...base, action: 'archived' }, 1],
    ['repository', { ...base, action: 'deleted' }, 1],
  ])(
    'F61, F64, X6: %s %o: an installation is looked at when something about it changed',
    async (name, payload, times) => {
      await receive(name, { installation: { id: 2, account: { id: 1 } }, ...payload })
      expect([sweeps, accepted.length]).toEqual([times, 0])
    },
  )

  it('rejects when it can not be stored', async () => {
    const refusing: Inbox = { pullOf: async () => null, accept: () => Promise.reject(new Error('no database')) }
    const other = new Probot({ githubToken: 'of no use', log: silent })
    const memory = createMemory(database)
    await other.load(
      createApp({ inbox: refusing, memory, own: { appId: 7, slug: null }, sweep: async () => {}, log: silent }),
    )
    const delivery = { id: 'x', name: 'push', payload: { ...base, ref: 'refs/heads/a' } }
    if (!isWebhookEvent(delivery)) throw new Error('no event')
    await expect(other.receive(delivery)).rejects.toThrow('no database')
  })
})
