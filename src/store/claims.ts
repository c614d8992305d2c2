import { sql } from 'kysely'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Claim } from '../reconcile/world/writes.ts'
import type { Database, Tx } from './database.ts'
import { moment, nowAhead } from './moment.ts'
import { storable } from './storable.ts'

/**
 * Claims on writes at GitHub. Of several that claim at once exactly one gets `fresh`. A claim is begun with its first
 * try and again with each later one, so that `since` is always the time of the newest write that may be on its way.
 */
export function createClaims({
  kysely,
  transaction,
  ahead,
}: Database): Pick<Memory, 'claim' | 'confirm' | 'renew' | 'release'> {
  return {
    claim: (repository, key, fingerprint) =>
      transaction((tx) => take(tx, { repositoryId: repository.id, key: storable(key), fingerprint, ahead: ahead() })),
    confirm: async (repository, key, { written, fingerprint }) => {
      await kysely
        .updateTable('claims')
        .set({ state: 'done', fingerprint, said: fingerprint, written_id: written.id, written_sha: written.sha })
        .where('repository_id', '=', repository.id)
        .where('key', '=', storable(key))
        .execute()
    },
    renew: async (repository, key, fingerprint) => {
      await kysely
        .updateTable('claims')
        .set({ state: 'unfinished', fingerprint, since: nowAhead(ahead()) })
        .where('repository_id', '=', repository.id)
        .where('key', '=', storable(key))
        .execute()
    },
    release: (repository, key) =>
      transaction(async (tx) => {
        const mine = sql`repository_id = ${repository.id} and key = ${storable(key)} and state = 'unfinished'`
        await sql`delete from claims where ${mine} and said is null`.execute(tx)
        // What was written before under this key still stands as it was confirmed.
        await sql`update claims set state = 'done', fingerprint = said where ${mine}`.execute(tx)
      }),
  }
}

type Asked = {
  readonly repositoryId: number
  readonly key: string
  readonly fingerprint: string
  readonly ahead: number
}

async function take(tx: Tx, asked: Asked): Promise<Taken> {
  const { repositoryId, key, fingerprint, ahead } = asked
  const since = nowAhead(ahead)
  const first = await tx
    .insertInto('claims')
    .values({ repository_id: repositoryId, key, state: 'unfinished', fingerprint, since })
    .onConflict((conflict) => conflict.columns(['repository_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (first !== undefined) return { claim: { kind: 'fresh' }, known: null }
  const row = await tx
    .selectFrom('claims')
    .select(['state', 'fingerprint', 'written_id', 'written_sha', moment('since').as('since_ms')])
    .where('repository_id', '=', repositoryId)
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst()
  // Given back between the two statements: free again.
  if (row === undefined) return take(tx, asked)
  const known = row.written_id
  if (row.state === 'unfinished') return { claim: { kind: 'unfinished', since: row.since_ms }, known }
  if (row.fingerprint === fingerprint && known !== null) {
    return { claim: { kind: 'done', written: { id: known, sha: row.written_sha }, since: row.since_ms }, known }
  }
  await tx
    .updateTable('claims')
    .set({ state: 'unfinished', fingerprint, since })
    .where('repository_id', '=', repositoryId)
    .where('key', '=', key)
    .execute()
  return { claim: { kind: 'fresh' }, known }
}

type Taken = { readonly claim: Claim; readonly known: number | null }
