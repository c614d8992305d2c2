import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { refKey } from '../model/ref.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { now } from './moment.ts'
import { calm } from './sift-hints.ts'
import { storable } from './storable.ts'

/**
 * Who may write on behalf of a subject: the pass that began last. `begun_at` is the database's time before anything
 * was read, so that a timer set before it knows itself answered.
 */
export function createPasses({ kysely }: Database): Pick<Memory, 'beginPass' | 'holds'> {
  return {
    beginPass: async (ref) => {
      const pass = { ref: storable(refKey(ref)), token: randomUUID() }
      await kysely
        .insertInto('passes')
        .values({ ref_key: pass.ref, token: pass.token, begun_at: now })
        .onConflict((conflict) =>
          conflict.column('ref_key').doUpdateSet({
            token: pass.token,
            begun_at: now,
            awaited: null,
            checks_seen: null,
            heard: null,
            seen: null,
            close_passes: sql<number>`case when passes.begun_at > now() - ${calm} * interval '1 millisecond'
              then passes.close_passes + 1 else 0 end`,
          }),
        )
        .execute()
      return pass
    },
    holds: async (pass) => {
      const row = await kysely.selectFrom('passes').select('token').where('ref_key', '=', pass.ref).executeTakeFirst()
      return row?.token === pass.token
    },
  }
}
