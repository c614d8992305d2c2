import { sql } from 'kysely'
import { refKey } from '../model/ref.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { moment, nowAhead } from './moment.ts'
import { storable, storableJson } from './storable.ts'

/**
 * Which commits were seen under which subjects. A subject keeps its earlier commits: a check on one of them still
 * belongs to it. `seen_at` is renewed at most once a day, so that an idle sweep writes nothing.
 */
export function createHeads({ kysely, ahead }: Database): Pick<Memory, 'headSeen' | 'rememberHead' | 'refsAt'> {
  const remember: Memory['rememberHead'] = async (ref, sha) => {
    const now = nowAhead(ahead())
    await sql`insert into heads (repository_id, sha, ref_key, ref, first_seen_at, seen_at)
      values (${ref.repository.id}, ${storable(sha)}, ${storable(refKey(ref))}, ${storableJson(ref)}::jsonb, ${now}, ${now})
      on conflict (repository_id, sha, ref_key) do update set seen_at = excluded.seen_at, ref = excluded.ref
      where heads.seen_at < excluded.seen_at - interval '1 day' or heads.ref <> excluded.ref`.execute(kysely)
  }
  return {
    rememberHead: remember,
    headSeen: async (ref, sha) => {
      await remember(ref, sha)
      const row = await kysely
        .selectFrom('heads')
        .select(moment('first_seen_at').as('at'))
        .where('repository_id', '=', ref.repository.id)
        .where('sha', '=', storable(sha))
        .where('ref_key', '=', storable(refKey(ref)))
        .executeTakeFirstOrThrow()
      return row.at
    },
    refsAt: async (repository, sha) => {
      const rows = await kysely
        .selectFrom('heads')
        .select('ref')
        .where('repository_id', '=', repository.id)
        .where('sha', '=', storable(sha))
        .orderBy('ref_key')
        .execute()
      return rows.map((row) => row.ref)
    },
  }
}
