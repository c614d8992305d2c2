import { sql } from 'kysely'
import type { Told } from '../model/line.ts'
import type { Database } from './database.ts'
import { storable, storableJson } from './storable.ts'

const report = 'report:'
/** The greatest character there is: every key that begins with a prefix lies between it and this after it. */
const last = '\u{10ffff}'

/**
 * The fingerprints of what was said last, by effect key: of confirmed claims (while a newer one is on its way, of the
 * one before), and of reports under `report:KEY`.
 */
export async function readTold(
  { kysely }: Pick<Database, 'kysely'>,
  repositoryId: number,
  prefixes: readonly string[],
): Promise<Told> {
  const told = new Map<string, string>()
  for (const prefix of prefixes.map(storable)) {
    const claims = await kysely
      .selectFrom('claims')
      .select(['key', 'said'])
      .where('repository_id', '=', repositoryId)
      .where('key', '>=', prefix)
      .where('key', '<', prefix + last)
      .execute()
    for (const { key, said } of claims) if (said !== null) told.set(key, said)
    if (!prefix.startsWith(report)) continue
    const reports = await kysely
      .selectFrom('reports')
      .select(['key', 'fingerprint'])
      .where('repository_id', '=', repositoryId)
      .where('key', '>=', prefix.slice(report.length))
      .where('key', '<', prefix.slice(report.length) + last)
      .execute()
    for (const row of reports) told.set(report + row.key, row.fingerprint)
  }
  return told
}

/** The same for exactly these effect keys of claims. */
export async function readToldOf(
  { kysely }: Pick<Database, 'kysely'>,
  repositoryId: number,
  keys: readonly string[],
): Promise<Told> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{ readonly key: string; readonly said: string | null }>`
    select key, said from claims where repository_id = ${repositoryId}
      and key = any(array(select jsonb_array_elements_text(${storableJson(keys)}::jsonb)))`.execute(kysely)
  return new Map(rows.flatMap(({ key, said }) => (said === null ? [] : [[key, said] as const])))
}
