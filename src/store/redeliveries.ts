import { sql } from 'kysely'
import type { DeliveriesSeen, FailedDelivery } from '../reconcile/world/deliveries.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { storable, storableJson } from './storable.ts'

/** One event is asked for so often, and not again within this time (minutes): each attempt is listed by itself. */
const tries = 5
const pause = 4

/** Which of GitHub's failed deliveries were asked for again, and how far its list was read. */
export function createRedeliveries({
  kysely,
}: Database): Pick<Memory, 'deliveriesSeen' | 'sawDeliveries' | 'claimRedeliveries' | 'releaseRedelivery'> {
  return {
    deliveriesSeen: async () => {
      const row = await kysely.selectFrom('deliveries_seen').select('mark').executeTakeFirst()
      return row?.mark ?? { until: 0, begun: 0, cursor: null }
    },
    sawDeliveries: async (mark: DeliveriesSeen) => {
      await sql`insert into deliveries_seen (single, mark) values (true, ${storableJson(mark)}::jsonb)
        on conflict (single) do update set mark = excluded.mark`.execute(kysely)
    },
    claimRedeliveries: async (failed) => {
      if (failed.length === 0) return []
      const { rows } = await sql<{ readonly id: string }>`
        insert into redeliveries (id) select id from jsonb_to_recordset(${storableJson(failed)}::jsonb) as failed(id text)
          where not exists (select from deliveries where deliveries.id = failed.id)
        on conflict (id) do update set times = redeliveries.times + 1, at = now()
          where redeliveries.times < ${tries} and redeliveries.at < now() - ${pause} * interval '1 minute'
        returning id`.execute(kysely)
      const claimed = new Set(rows.map((row) => row.id))
      return failed.filter((one: FailedDelivery) => claimed.has(one.id))
    },
    releaseRedelivery: async (id) => {
      await sql`update redeliveries set times = times - 1, at = at - interval '1 hour' where id = ${storable(id)}`.execute(
        kysely,
      )
    },
  }
}
