import type { Memory } from '../reconcile/world/memory.ts'
import { createAuditing } from './audit.ts'
import { createBackfills } from './backfills.ts'
import { createBoundAccounts } from './bound-accounts.ts'
import { createClaims } from './claims.ts'
import { createConfigurations } from './configurations.ts'
import type { Database } from './database.ts'
import { createDecisions } from './decisions.ts'
import { createHeads } from './heads.ts'
import { createIssueActions } from './issue-actions.ts'
import { createLineRecords } from './line-records.ts'
import { createOutages } from './outages.ts'
import { createPasses } from './passes.ts'
import { createRecords } from './records.ts'
import { createRedeliveries } from './redeliveries.ts'
import { createReports } from './reports.ts'
import { createSeen } from './seen.ts'
import { createWishes } from './wishes.ts'

/**
 * What GitHub can't tell us, in the database. Every method is one committed statement or transaction. `judging`: how
 * answers are found; after another way everything is looked at once more.
 */
export function createMemory(database: Database, judging = ''): Memory {
  return {
    ...createPasses(database),
    ...createSeen(database, judging),
    ...createClaims(database),
    ...createWishes(database),
    ...createDecisions(database),
    ...createHeads(database),
    ...createReports(database),
    ...createOutages(database),
    ...createIssueActions(database),
    ...createBackfills(database),
    ...createRecords(database),
    ...createAuditing(database),
    ...createRedeliveries(database),
    ...createLineRecords(database),
    ...createConfigurations(database),
    ...createBoundAccounts(database),
  }
}
