import { sql } from 'kysely'
import type { Database } from './database.ts'

/** How much waits: ms since the oldest hint that no pass has taken yet, reports for Jira, parked subjects. */
export async function readDepths({ kysely }: Database): Promise<Depths> {
  const { rows } = await sql<Depths>`select
    coalesce((select extract(epoch from now() - min(created_on)) * 1000 from pgboss.job
      where name = 'pass' and state < 'active'), 0)::float8 as "oldestHint",
    (select count(*)::int from reports where sent_sequence is null or sent_sequence < sequence) as outbox,
    (select count(distinct singleton_key)::int from pgboss.job where name = 'parked' and state < 'active') as parked
  `.execute(kysely)
  return rows[0] ?? { oldestHint: 0, outbox: 0, parked: 0 }
}

export type Depths = { readonly oldestHint: number; readonly outbox: number; readonly parked: number }
