import { sql } from 'kysely'
import type { Database } from './database.ts'

/** A job that failed too often. `key` is the subject's (`refKey`), `cause` the last error's message, `since` ms, UTC. */
export type ParkedJob = {
  readonly key: string
  readonly queue: string
  readonly cause: string
  readonly since: number
}

/** What failed too often and has nothing queued or running for it any more, newest first. */
export async function readParked({ kysely }: Database): Promise<readonly ParkedJob[]> {
  const { rows } = await sql<ParkedJob>`
    select * from (
      select distinct on (singleton_key) singleton_key as key, source_name as queue,
        coalesce(source_output ->> 'message', source_output -> 'value' ->> 'message', 'unknown') as cause,
        floor(extract(epoch from created_on) * 1000)::float8 as since
      from pgboss.job as failed
      where name = 'parked' and state < 'active' and not exists (
        select from pgboss.job as live where live.name = failed.source_name
          and live.singleton_key = failed.singleton_key and live.state <= 'active'
      )
      order by singleton_key, created_on desc
    ) as newest order by since desc, key`.execute(kysely)
  return rows
}
