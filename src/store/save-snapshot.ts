import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Ref, refKey } from '../model/ref.ts'
import type { Database } from './database.ts'
import { storable, storableJson } from './storable.ts'

/** An equal snapshot is left as it is, and its text stays here: `at` says since when it looks like this. */
export async function saveSnapshot({ kysely }: Pick<Database, 'kysely'>, ref: Ref, snapshot: string): Promise<void> {
  const key = storable(refKey(ref))
  const digest = createHash('sha256').update(snapshot).digest('base64url')
  const same = await kysely
    .selectFrom('snapshots')
    .select('ref_key')
    .where('ref_key', '=', key)
    .where('digest', '=', digest)
    .executeTakeFirst()
  if (same !== undefined) return
  await sql`insert into snapshots (ref_key, repository_id, ref, text, digest)
    values (${key}, ${ref.repository.id}, ${storableJson(ref)}::jsonb, ${storable(snapshot)}, ${digest})
    on conflict (ref_key) do update set ref = excluded.ref, text = excluded.text, digest = excluded.digest, at = now()
    where snapshots.digest is distinct from excluded.digest`.execute(kysely)
}
