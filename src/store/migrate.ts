import { CompiledQuery, sql } from 'kysely'
import type { Database, Tx } from './database.ts'
import { firstTables } from './migrations/0001-first-tables.ts'
import { decisions } from './migrations/0002-decisions.ts'
import { auditChain } from './migrations/0003-audit-chain.ts'
import { lineStanding } from './migrations/0004-line-standing.ts'
import { truthOfDelivery } from './migrations/0005-truth-of-delivery.ts'
import { configurations } from './migrations/0006-configurations.ts'
import { overrides } from './migrations/0007-overrides.ts'
import { tagsByCommit } from './migrations/0009-tags-by-commit.ts'
import { awaitedChecks } from './migrations/0010-awaited-checks.ts'
import { limits } from './migrations/0010-limits.ts'
import { redeliveries } from './migrations/0010-redeliveries.ts'
import { boundAccounts } from './migrations/0011-bound-accounts.ts'
import { issueActions } from './migrations/0011-issue-actions.ts'
import { backfills } from './migrations/0012-backfills.ts'
import { unfinishedBuilds } from './migrations/0012-unfinished-builds.ts'
import { presses } from './migrations/0013-presses.ts'
import { seen } from './migrations/0014-seen.ts'
import { heardChecks } from './migrations/0015-heard-checks.ts'
import { seenChecks } from './migrations/0015-seen-checks.ts'
import { snapshotDigests } from './migrations/0017-snapshot-digests.ts'
import { probes } from './migrations/0018-probes.ts'
import { toldBranches } from './migrations/0020-told-branches.ts'

/** In order, never changed once released: a change to the tables is a new one at the end. */
const migrations: readonly { readonly name: string; readonly sql: string }[] = [
  { name: '0001-first-tables', sql: firstTables },
  { name: '0002-decisions', sql: decisions },
  { name: '0003-audit-chain', sql: auditChain },
  { name: '0004-line-standing', sql: lineStanding },
  { name: '0005-truth-of-delivery', sql: truthOfDelivery },
  { name: '0006-configurations', sql: configurations },
  { name: '0007-overrides', sql: overrides },
  { name: '0010-awaited-checks', sql: awaitedChecks },
  { name: '0010-redeliveries', sql: redeliveries },
  { name: '0010-limits', sql: limits },
  { name: '0011-issue-actions', sql: issueActions },
  { name: '0012-backfills', sql: backfills },
  { name: '0009-tags-by-commit', sql: tagsByCommit },
  { name: '0013-presses', sql: presses },
  { name: '0011-bound-accounts', sql: boundAccounts },
  { name: '0015-heard-checks', sql: heardChecks },
  { name: '0014-seen', sql: seen },
  { name: '0012-unfinished-builds', sql: unfinishedBuilds },
  { name: '0015-seen-checks', sql: seenChecks },
  { name: '0017-snapshot-digests', sql: snapshotDigests },
  { name: '0018-probes', sql: probes },
  { name: '0020-told-branches', sql: toldBranches },
]

/** Any number, so long as it is ours: replicas that start at once migrate one after the other. */
const lock = 7_761_962_114

/** Brings the tables up to date, each migration in one transaction: a process killed in the middle leaves nothing half. */
export async function migrate(database: Pick<Database, 'transaction'>): Promise<void> {
  const before = await database.transaction(readDone)
  for (const { name, sql: text } of migrations) {
    if (before.has(name)) continue
    await database.transaction(async (tx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(tx)
      await sql`create table if not exists migrations (name text primary key, at timestamptz not null default now())`.execute(
        tx,
      )
      const done = await tx.selectFrom('migrations').select('name').where('name', '=', name).executeTakeFirst()
      if (done !== undefined) return
      await tx.executeQuery(CompiledQuery.raw(text))
      await tx.insertInto('migrations').values({ name }).execute()
    })
  }
}

/** Most starts have nothing to do, and ask once. Whoever migrates at this moment is met under the lock. */
async function readDone(tx: Tx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    readonly there: boolean
  }>`select to_regclass('migrations') is not null as there`.execute(tx)
  if (rows[0]?.there !== true) return new Set()
  const done = await tx.selectFrom('migrations').select('name').execute()
  return new Set(done.map(({ name }) => name))
}
