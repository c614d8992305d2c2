import type { Report } from '../../src/model/report.ts'
import type { Post } from '../../src/reconcile/outage.ts'
import { sendOutbox } from '../../src/reconcile/outbox.ts'
import type { Issues } from '../../src/reconcile/world/issues.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { openSite } from '../jira/jira-site.ts'
import { postgresPlace, quiet } from '../store/databases.ts'

export const shop = { installationId: 1, id: 987, owner: 'acme', name: 'shop' }

/** The sandbox's Jira, a database and what goes between them; a clock that is moved by hand. */
export async function openPost(given: { readonly expiresIn?: number } = {}) {
  const site = await openSite({ limits: { timeout: 8_000, largest: 5_000_000 }, ...given })
  const place = await postgresPlace()
  const database = await openDatabase(place, quiet)
  const memory = createMemory(database)
  const hints: string[] = []
  const reminders: number[] = []
  const queue: Post['queue'] = {
    hint: async (ref) => {
      hints.push(ref.kind === 'pull' ? `pull ${ref.number}` : ref.kind)
    },
    remindOutbox: async (_, at) => {
      reminders.push(at)
    },
  }
  const now = () => site.clock.now
  const crash: { at: string | null } = { at: null }
  /** As `kill -9`: nothing after it is done. */
  const crashpoint = (name: string) => {
    if (name === crash.at) throw new Error(`killed at ${name}`)
  }
  const world = (issues: Issues = site.issues) => ({ issues, memory, queue, log: quiet, now, crashpoint })
  return {
    site,
    memory,
    hints,
    crash,
    reminders,
    world,
    save: async (...reports: readonly Report[]) => {
      for (const report of reports) await memory.saveReport(shop, report)
    },
    send: (issues?: Issues) => sendOutbox(world(issues), shop, () => 1),
    /** The grade of each report, by its kind and number or name. */
    grades: async (prefix = '') => {
      const told = await memory.reported(shop, [prefix])
      return Object.fromEntries(told.map(({ key, grade }) => [key, grade.kind]))
    },
    close: async () => {
      await database.close()
      await site.close()
    },
  }
}
