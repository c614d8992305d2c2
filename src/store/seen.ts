import { sql } from 'kysely'
import { refKey } from '../model/ref.ts'
import { isNews, type Kept } from '../model/seen.ts'
import type { Writes } from '../reconcile/world/writes.ts'
import type { Database } from './database.ts'
import { storable, storableJson } from './storable.ts'

/**
 * Whatever a glance shows, a subject is looked at again after so long (hours): memberships and issues change without
 * anything coming to it.
 */
const longest = 2

/**
 * What passes saw, beside who may write: a pass that begins takes back what the one before it kept. `judging` names how
 * answers are found: what was kept while it was done otherwise counts no more.
 */
export function createSeen({ kysely }: Database, judging: string): Pick<Writes, 'keepSeen' | 'newsAmong'> {
  return {
    keepSeen: async (pass, { state, mergeable, elsewhere }) => {
      await kysely
        .updateTable('passes')
        .set({ seen: `${judging}:${state}`, mergeable, elsewhere })
        .where('ref_key', '=', pass.ref)
        .where('token', '=', pass.token)
        .execute()
    },
    newsAmong: async (listed) => {
      const keys = listed.flatMap(({ ref, seen }) => (seen === null ? [] : [storable(refKey(ref))]))
      const { rows } = await sql<Kept & { readonly key: string }>`
        select ref_key as key, seen as state, mergeable, elsewhere from passes
          where ref_key in (select * from jsonb_array_elements_text(${storableJson(keys)}::jsonb))
            and seen is not null and begun_at > now() - ${longest} * interval '1 hour'`.execute(kysely)
      const kept = new Map(rows.map((row) => [row.key, row]))
      const news = listed.filter(({ ref, seen }) => {
        const now = seen === null ? null : { ...seen, state: `${judging}:${seen.state}` }
        return isNews(now, kept.get(storable(refKey(ref))) ?? null)
      })
      return news.map(({ ref }) => ref)
    },
  }
}
