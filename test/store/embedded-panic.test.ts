import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { embeddedPlace, quiet } from './databases.ts'

test('F81: an embedded database that is beyond help, as after a full disk, ends the process; the next start recovers', async () => {
  const place = await embeddedPlace()
  const script = fileURLToPath(new URL('./checkpoint-when-told.ts', import.meta.url))
  const child = spawn(process.execPath, [script, place.directory], { stdio: ['pipe', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  try {
    expect(await lines.next()).toMatchObject({ value: 'open' })
    // A file of this name is written by every checkpoint, and must be.
    const there = join(place.directory, 'postgres', 'pg_logical', 'replorigin_checkpoint.tmp')
    mkdirSync(there)
    child.stdin.write('go')
    expect(await lines.next()).toMatchObject({ value: expect.stringContaining('replorigin_checkpoint') })
    expect(await once(child, 'exit')).toEqual([1, null])
    rmdirSync(there)
    const again = await openDatabase(place, quiet)
    await again.ping()
    await again.close()
  } finally {
    child.kill('SIGKILL')
    rmSync(place.directory, { recursive: true, force: true })
  }
}, 90_000)
