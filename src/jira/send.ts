import type { Client } from 'jira.js/core'
import type { Report } from '../model/report.ts'
import type { RefusedReport } from '../reconcile/world.ts'

/** Sends reports of one API's kinds in one request, and says which Jira did not take. Rejects with `JiraTrouble` or `Failed`. */
export type Send = (client: Client, reports: readonly Report[]) => Promise<readonly RefusedReport[]>
