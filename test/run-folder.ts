import { chmodSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * For a whole run of vitest: whatever its tests leave in the temporary directory, clones and databases, is in a folder that
 * goes with the run. What the next run needs again stays beside it. Its name is short, since names of sockets have to be.
 */
export function setup(): () => Promise<void> {
  const kept = tmpdir()
  const folder = mkdtempSync(join(kept, 'run-'))
  // PostgreSQL runs as another user where this one is root.
  chmodSync(folder, 0o711)
  process.env['WAYBILL_TEST_KEPT'] = kept
  process.env['TMPDIR'] = folder
  return async () => {
    process.env['TMPDIR'] = kept
    // A process that still ends may write there: that is no test's failure.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
  }
}
