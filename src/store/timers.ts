import { sql } from 'kysely'
import { type Ref, type Repository, refKey } from '../model/ref.ts'
import type { Ask } from './at-once.ts'
import type { Tx } from './database.ts'
import { nowAhead } from './moment.ts'
import { storable, storableJson } from './storable.ts'

/** Something to come back to: a subject, or what a repository has waiting for Jira. */
export type Timed = Ref | { readonly kind: 'outbox'; readonly repository: Repository }

/** Look at `ref` again after `after` ms, unless a pass begins before that. */
export type Timer = { readonly ref: Timed; readonly after: number }

/**
 * Sets timers. A subject has one, the earliest: the pass it causes begins after every other of them was set, and
 * makes them unnecessary. One that a pass has answered already gives way to the new one. A pass that began after the
 * transaction did may not see what is stored in it: a timer is set when it is written, not when that began. They are due by
 * Waybill's clock, which is `ahead` ms ahead of the machine's.
 */
export async function setTimers(ask: Ask, timers: readonly Timer[], ahead: number): Promise<void> {
  const rows = new Map<string, Timer>()
  for (const timer of timers) {
    const key = storable(keyOf(timer.ref))
    const other = rows.get(key)
    if (other === undefined || timer.after < other.after) rows.set(key, timer)
  }
  const json = [...rows.keys()].toSorted().flatMap((key) => {
    const timer = rows.get(key)
    return timer === undefined ? [] : [{ key, ref: timer.ref, after: Math.max(0, Math.round(timer.after)) }]
  })
  await ask(sql`insert into timers (ref_key, ref, due_at, set_at)
    select key, ref, ${nowAhead(ahead)} + after * interval '1 millisecond', clock_timestamp()
      from jsonb_to_recordset(${storableJson(json)}::jsonb) as timer(key text, ref jsonb, after float8)
    on conflict (ref_key) do update set ref = excluded.ref, set_at = greatest(timers.set_at, excluded.set_at),
      due_at = case
        when exists (select from passes where passes.ref_key = timers.ref_key and passes.begun_at > timers.set_at)
        then excluded.due_at else least(timers.due_at, excluded.due_at) end`)
}

/** Takes out every timer that is due, and answers the subjects that no pass has begun on since their timer was set. */
export async function takeDueTimers(tx: Tx, ahead: number): Promise<readonly Timed[]> {
  const { rows } = await sql<{ readonly ref: Timed; readonly answered: boolean }>`
    with due as (
      delete from timers where ref_key in (
        select ref_key from timers where due_at <= ${nowAhead(ahead)} order by due_at limit 500 for update skip locked
      ) returning ref_key, ref, set_at
    )
    select due.ref, coalesce(passes.begun_at > due.set_at, false) as answered
      from due left join passes using (ref_key)`.execute(tx)
  return rows.filter((row) => !row.answered).map((row) => row.ref)
}

/** How long until the next timer is due (ms; negative when one is overdue), or null. */
export async function nextTimer(tx: Tx, ahead: number): Promise<number | null> {
  const { rows } = await sql<{ readonly wait: number | null }>`
    select (extract(epoch from min(due_at) - (${nowAhead(ahead)})) * 1000)::float8 as wait from timers`.execute(tx)
  return rows[0]?.wait ?? null
}

function keyOf(ref: Timed): string {
  return ref.kind === 'outbox' ? `outbox:${ref.repository.id}` : refKey(ref)
}
