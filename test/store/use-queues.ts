import { afterEach, beforeEach, expect } from 'vitest'
import { type PullRef, type Ref, type Repository, refKey } from '../../src/model/ref.ts'
import type { Delivery, Inbox } from '../../src/reconcile/world/inbox.ts'
import type { Work } from '../../src/reconcile/world/queue.ts'
import type { Database } from '../../src/store/database.ts'
import { createInbox } from '../../src/store/inbox.ts'
import { type OpenQueue, openQueue } from '../../src/store/queue.ts'
import type { QueueOptions } from '../../src/store/queue-options.ts'
import { quiet } from './databases.ts'

const idle: Work = { pass: async () => {}, outbox: async () => {}, sweep: async () => {} }

/**
 * Queues for the tests of one `describe`, which share a database and run one after the other: what one left behind is
 * answered before the next begins, and its repository is its own.
 */
export function useQueues() {
  let repository: Repository = { installationId: 1, id: 41, owner: 'acme', name: 'shop' }
  beforeEach(() => {
    repository = { ...repository, id: repository.id + 2 }
  })
  const pull = (number: number): PullRef => ({ kind: 'pull', repository, number })
  const key = (number: number): string => refKey(pull(number))
  const queues: OpenQueue[] = []
  afterEach(async () => {
    for (const queue of queues.splice(0)) await queue.stop()
  })
  return {
    repository: () => repository,
    pull,
    key,
    /** A queue that works, and stops with the test. */
    begin: async (database: Database, work: Partial<Work>, options: QueueOptions = {}) => {
      const queue = await openQueue(database, options, quiet)
      queues.push(queue)
      await queue.start({ ...idle, ...work })
      return queue
    },
    /** News of checks on the commit `abc`, the head of pull request 1. */
    newsTo: (database: Database, queue: OpenQueue) => {
      const inbox = createInbox(database, queue)
      let count = 0
      return async (id: string, state: 'begun' | 'passed' | 'decided') => {
        const hints = [{ ref: pull(1), when: 'now' as const, check: { sha: 'abc', id, state } }]
        count += 1
        await deliver(inbox, { id: `${repository.id}-news-${count}`, hints, wish: null, pull: null })
      }
    },
    awaitedIn: async (database: Database) => {
      const rows = await database.kysely.selectFrom('passes').select('awaited').where('ref_key', '=', key(1)).execute()
      return rows[0]?.awaited ?? null
    },
  }
}

/** What is refused on a machine that has much to do is delivered again. */
export function deliver(inbox: Inbox, delivery: Delivery): Promise<'stored' | 'known'> {
  return inbox.accept(delivery).catch(() => inbox.accept(delivery))
}

/** A handler that notes what it does, can be held, and never expects two passes of one subject at once. */
export function watch() {
  const seen: string[] = []
  const running = new Set<string>()
  let together = 0
  let gate: Promise<void> = Promise.resolve()
  let openGate: () => void = () => {}
  return {
    seen,
    most: () => together,
    hold: () => {
      gate = new Promise((resolve) => {
        openGate = resolve
      })
    },
    letGo: () => openGate(),
    pass: async (ref: Ref) => {
      const subject = refKey(ref)
      expect(running.has(subject)).toBe(false)
      running.add(subject)
      together = Math.max(together, running.size)
      seen.push(subject)
      await gate
      running.delete(subject)
    },
  }
}
