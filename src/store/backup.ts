import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { lockDirectory } from './directory-lock.ts'

/**
 * Writes the embedded database into one file, a gzipped tar of PostgreSQL's data directory that only its owner may read.
 * No process may be using it: rejects with one line that names the one that does. The file is there whole or not at all.
 */
export async function backUp(directory: string, file: string): Promise<void> {
  const unlock = lockDirectory(directory)
  try {
    const database = await PGlite.create(join(directory, 'postgres'))
    await database.exec('checkpoint')
    const dump = await database.dumpDataDir('gzip')
    await database.close()
    const unfinished = `${file}.unfinished`
    await writeFile(unfinished, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600, flush: true })
    await rename(unfinished, file)
  } finally {
    unlock()
  }
}
