import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '../../src/store/database.ts'
import { startPostgres } from '../postgres.ts'
import { quiet } from '../quiet.ts'

export type Place = {
  readonly environment: Readonly<Record<string, string>>
  readonly size: () => Promise<number>
  /** Subjects on which no pass began after the last delivery about them was taken in. */
  readonly unseen: (last: ReadonlyMap<string, number>) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** A fresh database of this kind (`postgres` or `embedded`), for the soak alone. */
export async function openPlace(kind: string): Promise<Place> {
  if (kind === 'postgres') {
    const postgres = await startPostgres()
    const url = await postgres.createDatabase(randomUUID())
    const pool = new pg.Pool({ connectionString: url, max: 1 })
    const size = async () => {
      const { rows } = await pool.query('select pg_database_size(current_database())::float8 as n')
      return Number(rows[0]?.n ?? 0)
    }
    const close = async () => {
      await pool.end()
      await postgres.stop()
    }
    return { environment: { DATABASE_URL: url }, size, unseen: unseenIn({ url }), close }
  }
  const directory = await mkdtemp(join(tmpdir(), 'waybill-soak-'))
  return {
    environment: { WAYBILL_DATA: directory },
    size: () => sizeOf(directory),
    unseen: unseenIn({ directory }),
    close: () => rm(directory, { recursive: true, force: true }),
  }
}

function unseenIn(at: { readonly url: string } | { readonly directory: string }): Place['unseen'] {
  return async (last) => {
    const database = await openDatabase(at, quiet)
    const { rows } = await database.run(
      'select ref_key, (extract(epoch from begun_at) * 1000)::float8 as at from passes',
      [],
    )
    await database.close()
    const begunAt = new Map(rows.map((row) => [String(row['ref_key']), Number(row['at'])]))
    // A pass that had begun just before may have read what the delivery was about; a second is granted for the clocks.
    return [...last].filter(([key, at]) => (begunAt.get(key) ?? 0) < at - 1000).map(([key]) => key)
  }
}

async function sizeOf(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(directory, name)).then(
        (one) => one.size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
