import { randomBytes } from 'node:crypto'
import type { Database } from './database.ts'

/** A random secret of this installation (32 bytes, hex), made the first time it is asked for and the same ever after. */
export async function secret({ kysely }: Database, name: string): Promise<string> {
  await kysely
    .insertInto('secrets')
    .values({ name, value: randomBytes(32).toString('hex') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const row = await kysely.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return row.value
}
