import { createIssues, type JiraSettings } from '../../src/jira/issues.ts'
import type { Act } from '../../src/model/issue-action.ts'
import type { Report } from '../../src/model/report.ts'
import { sendOutbox } from '../../src/reconcile/outbox.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { quiet } from '../quiet.ts'

export type Telling = {
  readonly settings: JiraSettings
  readonly directory: string
  readonly reports: readonly Report[]
  readonly acts: readonly Act[]
}

/** Tells Jira what it is given, from Waybill's database. Killed and begun again, it goes on. */
export async function tellStory({ settings, directory, reports, acts }: Telling): Promise<void> {
  const repository = { installationId: 1, id: 987, owner: 'acme', name: 'shop' }
  const database = await openDatabase({ directory }, quiet)
  const memory = createMemory(database)
  for (const report of reports) await memory.saveReport(repository, report)
  for (const act of acts) await memory.saveAct(repository, act)
  const now = Date.now
  // Beside the panels, links are written too, which only those get who have none.
  const { act } = createIssues({ settings: { ...settings, client: null }, now })
  const nobody = async () => {}
  const queue = { hint: nobody, remindOutbox: nobody }
  const issues = { ...createIssues({ settings, now }), act }
  await sendOutbox({ issues, memory, queue, log: quiet, now, crashpoint: () => {} }, repository)
  await database.close()
}
