import { sql } from 'kysely'
import type { Limit, Limits } from '../reconcile/world/limits.ts'
import type { Database } from './database.ts'
import { storable } from './storable.ts'

/**
 * What GitHub told one process, for all of them. Times go by the database's clock: each process adds what is left to
 * its own.
 */
export function createLimits({ kysely, presence }: Database): Limits {
  const self = presence ?? 0
  return {
    read: async (now) => {
      const { rows } = await sql<Omit<Limit, 'until'> & { readonly left: number }>`
        select installation, cause, outage, probe_by is not null as probing, (extract(epoch from until - now()) * 1000)::float8 as left
          from limits where until > now()`.execute(kysely)
      return rows.map(({ left, ...limit }) => ({ ...limit, until: now + left }))
    },
    keep: async ({ installation, until, cause, outage }, now) => {
      await sql`insert into limits (installation, until, cause, outage)
        values (${installation}, now() + ${until - now} * interval '1 millisecond', ${storable(cause)}, ${outage})
        on conflict (installation) do update set
          until = case when limits.probe_by is null then greatest(limits.until, excluded.until) else excluded.until end,
          cause = excluded.cause, outage = excluded.outage, probe_by = null`.execute(kysely)
    },
    claimProbe: async ({ installation, until, cause }, now) => {
      const { rows } = await sql`insert into limits (installation, until, cause, outage, probe_by)
        values (${installation}, now() + ${until - now} * interval '1 millisecond', ${storable(cause)}, true, ${self})
        on conflict (installation) do update set until = excluded.until, probe_by = excluded.probe_by where limits.until <= now()
        returning installation`.execute(kysely)
      return rows.length > 0
    },
    end: async (installation) => {
      await kysely.deleteFrom('limits').where('installation', '=', installation).execute()
    },
  }
}
