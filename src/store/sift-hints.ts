import { sql } from 'kysely'
import { refKey } from '../model/ref.ts'
import type { Awaited, CheckNews, Hint } from '../reconcile/world/inbox.ts'
import type { Tx } from './database.ts'
import { storable, storableJson } from './storable.ts'

/**
 * While events rain, a subject has one pass in so long (ms) once `eager` passes came closer than that. On a line people
 * wait for the answers to their commands, and fewer events come than on the heads of its pull requests.
 */
const spacing = 3000
const spacingOnLine = 1000
const eager = 3
/** So long (ms) after a pass the rain is over. */
export const calm = 2 * spacing

export type Sifted = { readonly ref: Hint['ref']; readonly after: number }

type Row = { readonly key: string; readonly since: number; readonly close: number; readonly awaited: Awaited | null }

/**
 * When each hinted subject is to be looked at: 0 is at once. The first events are never delayed; while they rain there
 * is one pass in `spacing`. A check that began, or passed, on a commit where others are still under way decides
 * nothing: it is looked at after `progress` ms, if nothing else asks before.
 */
export async function siftHints(
  tx: Tx,
  hints: readonly Hint[],
  { soon, progress }: { readonly soon: number; readonly progress: number },
): Promise<readonly Sifted[]> {
  const rows = await readRows(tx, hints)
  const awaited = new Map([...rows].map(([key, row]) => [key, row.awaited]))
  const sifted = hints.map(({ ref, when, check }): Sifted => {
    const key = storable(refKey(ref))
    const row = rows.get(key)
    if (row === undefined) return { ref, after: when === 'now' ? 0 : soon }
    if (check !== undefined) {
      const heard = hear(awaited.get(key) ?? null, check)
      awaited.set(key, heard.awaited)
      if (!heard.decides) return { ref, after: progress }
    }
    const apart = ref.kind === 'line' ? spacingOnLine : spacing
    const pause = row.close >= eager ? Math.max(0, apart - row.since) : 0
    return { ref, after: when === 'now' ? pause : Math.max(soon, pause) }
  })
  for (const [key, row] of rows) {
    const now = awaited.get(key) ?? null
    if (now === row.awaited) continue
    await sql`update passes set awaited = ${storableJson(now)}::jsonb where ref_key = ${key}`.execute(tx)
  }
  return sifted
}

/** In the order of their keys, so that two transactions never wait for each other in a circle. */
async function readRows(tx: Tx, hints: readonly Hint[]): Promise<ReadonlyMap<string, Row>> {
  const keys = [...new Set(hints.map((hint) => storable(refKey(hint.ref))))]
  const { rows } = await sql<Row>`select ref_key as key, awaited, close_passes as close,
      (extract(epoch from clock_timestamp() - begun_at) * 1000)::float8 as since
    from passes where ref_key in (select * from jsonb_array_elements_text(${storableJson(keys)}::jsonb))
    order by ref_key for update`.execute(tx)
  return new Map(rows.map((row) => [row.key, row]))
}

/** Whether the news can change an answer, and what is awaited after it. */
function hear(
  awaited: Awaited | null,
  { sha, id, state }: CheckNews,
): { readonly awaited: Awaited | null; readonly decides: boolean } {
  const here = awaited?.[sha] ?? []
  if (here.length === 0 || state === 'decided') return { awaited, decides: true }
  const others = here.filter((one) => one !== id)
  const left = state === 'begun' ? [...others, id] : others
  return { awaited: { ...awaited, [sha]: left }, decides: left.length === 0 }
}
