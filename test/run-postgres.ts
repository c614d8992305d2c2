import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forkPostgres } from './fork-postgres.ts'

/**
 * For a whole run of vitest: whichever of its processes asks first has the run's PostgreSQL started, and all are told
 * its URL. Runs that need none start none.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-run-'))
  const path = join(folder, 'postgres')
  let postgres: ReturnType<typeof forkPostgres> | null = null
  const server = createServer((socket) => {
    socket.on('error', () => {})
    postgres ??= forkPostgres()
    postgres.then(
      ({ url }) => socket.end(url),
      () => socket.end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  server.unref()
  process.env['WAYBILL_TEST_POSTGRES'] = path
  return async () => {
    server.close()
    const started = await postgres?.catch(() => null)
    await started?.end()
    rmSync(folder, { recursive: true, force: true })
  }
}
