import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Stories wait for processes; on a busy machine one may run out of time, and gets one more try. A wrong answer fails twice.
    retry: 1,
    // Much of the time is spent waiting for Waybill's own pauses: more files at a time than there are cores.
    maxWorkers: 4,
    // What is dear to make (GitHub's schema, the compiled contracts) is made once for a worker, not for each file.
    isolate: false,
    // Programs that tests start compile once for all of them.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'waybill-compiled') },
  },
})
