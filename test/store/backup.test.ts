import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp } from '../../src/store/backup.ts'
import { openDatabase } from '../../src/store/database.ts'
import { secret } from '../../src/store/secret.ts'
import { embeddedPlace, quiet } from './databases.ts'

test('a backup holds what the database held, is its owner’s alone, and is refused while the database is in use', async () => {
  const place = await embeddedPlace()
  const other = mkdtempSync(join(tmpdir(), 'waybill-restored-'))
  const file = join(other, 'waybill.tar.gz')
  const before = await openDatabase(place, quiet)
  const kept = await secret(before, 'a secret')
  await expect(backUp(place.directory, file)).rejects.toThrow('is in use by process')
  await before.close()
  await backUp(place.directory, file)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  mkdirSync(join(other, 'postgres'), { mode: 0o700 })
  execFileSync('tar', ['-xzf', file, '-C', join(other, 'postgres')])
  const restored = await openDatabase({ directory: other }, quiet)
  expect(await secret(restored, 'a secret')).toBe(kept)
  await restored.close()
  rmSync(place.directory, { recursive: true })
  rmSync(other, { recursive: true })
})

test('a damaged directory is refused with what to do, and left as it is', async () => {
  const place = await embeddedPlace()
  truncateSync(join(place.directory, 'postgres', 'global', 'pg_control'), 100)
  await expect(openDatabase(place, quiet)).rejects.toThrow(/can't be opened.*Restore a backup/)
  expect(statSync(join(place.directory, 'postgres', 'global', 'pg_control')).size).toBe(100)
  rmSync(place.directory, { recursive: true })
})
