import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** Whether something was done at least `every` ms ago, or never, by whichever process; then it counts as done now. */
export async function moveMark(kysely: Kysely<Tables>, name: string, every: number): Promise<boolean> {
  const { rows } = await sql`insert into meta (name) values (${name})
    on conflict (name) do update set at = now() where meta.at <= now() - ${every} * interval '1 millisecond'
    returning name`.execute(kysely)
  return rows.length > 0
}
