import { sql } from 'kysely'
import type { CheckNews, Expected } from '../reconcile/world/inbox.ts'
import type { Pass } from '../reconcile/world/writes.ts'
import type { Tx } from './database.ts'
import { storableJson } from './storable.ts'

/**
 * Writes down what a pass saw and awaits, and answers the news that came while it was reading, oldest first. A pass
 * that lost its subject to a later one changes nothing.
 */
export async function expectNews(tx: Tx, pass: Pass, { awaited, seen }: Expected): Promise<readonly CheckNews[]> {
  const { rows } = await sql<{ readonly heard: readonly CheckNews[] | null }>`
    with before as (
      select ref_key, heard from passes where ref_key = ${pass.ref} and token = ${pass.token} for update
    )
    update passes set awaited = ${storableJson(awaited)}::jsonb, checks_seen = ${storableJson(seen)}::jsonb, heard = null
      from before where passes.ref_key = before.ref_key returning before.heard`.execute(tx)
  return rows[0]?.heard ?? []
}
