import type { Client } from 'jira.js/core'
import type { Graded } from '../model/grade.ts'
import type { Report } from '../model/report.ts'

/** Sends reports of one API's kinds in one request, and grades each. Rejects with `JiraTrouble` or `Failed`. */
export type Send = (client: Client, reports: readonly Report[]) => Promise<readonly Graded[]>
