import { sql } from 'kysely'
import { refKey } from '../model/ref.ts'
import { isNews, type Kept, type Seen } from '../model/seen.ts'
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
  const lines = createLineGlances()
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
      const { rows } = await sql<Row>`
        select ref_key as key, token, seen as state, mergeable, elsewhere from passes
          where ref_key = any(array(select jsonb_array_elements_text(${storableJson(keys)}::jsonb)))
            and begun_at > now() - ${longest} * interval '1 hour'`.execute(kysely)
      const kept = new Map(rows.map((row) => [row.key, row]))
      const news = listed.filter(({ ref, seen }) => {
        const row = kept.get(storable(refKey(ref)))
        if (ref.kind === 'line') return lines.isNews(refKey(ref), seen, passOf(row, judging))
        const now = seen === null ? null : { ...seen, state: `${judging}:${seen.state}` }
        return isNews(now, keptIn(row))
      })
      return news.map(({ ref }) => ref)
    },
  }
}

type Row = Pick<Kept, 'mergeable' | 'elsewhere'> & {
  readonly key: string
  readonly token: string
  readonly state: string | null
}

function keptIn(row: Row | undefined): Kept | null {
  return row === undefined || row.state === null ? null : { ...row, state: row.state }
}

/** The last pass over a line, if there was one lately, and whether it has come to its end and found the line at rest. */
type LastPass = { readonly token: string | null; readonly rests: boolean }

function passOf(row: Row | undefined, judging: string): LastPass {
  return { token: row?.token ?? null, rests: row?.state === `${judging}:rests` }
}

/**
 * A pass over a line reads so much more than a glance shows that the two are not compared. A glance is compared with the
 * one that made this process look at the line last: where they are equal, and a pass that began after that one found the
 * line at rest, nothing came.
 */
function createLineGlances() {
  const glances = new Map<string, { readonly state: string; readonly token: string | null }>()
  return {
    isNews: (key: string, seen: Seen | null, { token, rests }: LastPass): boolean => {
      const last = glances.get(key)
      if (seen === null) return true
      if (rests && last?.state === seen.state && last.token !== token) return false
      glances.set(key, { state: seen.state, token })
      return true
    },
  }
}
