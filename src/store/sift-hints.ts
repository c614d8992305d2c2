import { sql } from 'kysely'
import { refKey } from '../model/ref.ts'
import type { Hint } from '../reconcile/world/inbox.ts'
import type { Ask } from './at-once.ts'
import { type Expectation, hearNews } from './hear-news.ts'
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

/** `isHeld`: no pass over it begins before the transaction ends. */
export type Sifted = { readonly ref: Hint['ref']; readonly after: number; readonly isHeld: boolean }

/** What is known of each hinted subject that had a pass, by its key. */
export type Subjects = ReadonlyMap<string, Row>
type Row = Expectation & { readonly key: string; readonly since: number; readonly close: number }

/**
 * Holds the subjects until the transaction ends, in the order of their keys, so that two transactions never wait for
 * each other in a circle. By an array each is looked up by its key; of `in (select …)` PostgreSQL expects a hundred,
 * and walks through all there are.
 */
export async function holdSubjects(ask: Ask, hints: readonly Hint[]): Promise<Subjects> {
  const keys = [...new Set(hints.map((hint) => storable(refKey(hint.ref))))]
  const rows = await ask(sql<Row>`select ref_key as key, awaited, checks_seen as seen, heard, close_passes as close,
      (extract(epoch from clock_timestamp() - begun_at) * 1000)::float8 as since
    from passes where ref_key = any(array(select jsonb_array_elements_text(${storableJson(keys)}::jsonb)))
    order by ref_key for update`)
  return new Map(rows.map((row) => [row.key, row]))
}

/**
 * When each hinted subject is to be looked at: 0 is at once. The first events are never delayed; while they rain there
 * is one pass in `spacing`. A check that began, or passed, on a commit where others are still under way decides
 * nothing: it is looked at after `progress` ms, if nothing else asks before; what the last pass saw already, never.
 * While a pass is reading, nobody knows yet what it sees: such news is kept until it says so (`expect-news.ts`).
 */
export function siftHints(
  subjects: Subjects,
  hints: readonly Hint[],
  { soon, progress }: { readonly soon: number; readonly progress: number },
): { readonly sifted: readonly Sifted[]; readonly expected: ReadonlyMap<string, Expectation> } {
  const expected = new Map<string, Expectation>(subjects)
  const sifted = hints.flatMap(({ ref, when, check }): Sifted | readonly never[] => {
    const key = storable(refKey(ref))
    const row = subjects.get(key)
    if (row === undefined) return { ref, after: when === 'now' ? 0 : soon, isHeld: false }
    if (check !== undefined) {
      const heard = hearNews(ref, expected.get(key) ?? row, check)
      expected.set(key, heard.expected)
      if (heard.worth === 'known') return []
      if (heard.worth === 'progress') return { ref, after: progress, isHeld: true }
    }
    const apart = ref.kind === 'line' ? spacingOnLine : spacing
    const pause = row.close >= eager ? Math.max(0, apart - row.since) : 0
    return { ref, after: when === 'now' ? pause : Math.max(soon, pause), isHeld: true }
  })
  return { sifted, expected }
}

/** What is expected from now on, where that is something else. */
export async function saveExpected(
  ask: Ask,
  subjects: Subjects,
  expected: ReadonlyMap<string, Expectation>,
): Promise<void> {
  const changed = [...subjects].flatMap(([key, row]) => {
    const { awaited, heard } = expected.get(key) ?? row
    return awaited === row.awaited && heard === row.heard ? [] : [{ key, awaited, heard }]
  })
  await Promise.all(
    changed.map(({ key, awaited, heard }) =>
      ask(sql`update passes set awaited = ${awaited && storableJson(awaited)}::jsonb,
        heard = ${heard && storableJson(heard)}::jsonb where ref_key = ${key}`),
    ),
  )
}
