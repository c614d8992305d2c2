import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What waits most begins first, so that no worker is left alone with it at the end. */
class StoriesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isStory = (file: TestSpecification) => /\/test\/(stories|matrix|main)/.test(file.moduleId)
    return [...sorted.filter(isStory), ...sorted.filter((file) => !isStory(file))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/run-folder.ts', 'test/run-postgres.ts'],
    // A story that waits for ten things on a busy machine is slow, not wrong.
    testTimeout: 150_000,
    hookTimeout: 150_000,
    expect: { poll: { timeout: 30_000 } },
    // Stories wait for processes: one that ran out of time on a busy machine gets one more try, a wrong answer gets none.
    retry: { count: 1, condition: /^waited \d+ ms for|timed out in \d+ms|did not succeed in time/ },
    // Much of the time is spent waiting for Waybill's own pauses: more files at a time than there are cores.
    maxWorkers: 4,
    // What is dear to make (GitHub's schema, the compiled contracts) is made once for a worker, not for each file.
    isolate: false,
    sequence: { sequencer: StoriesFirst },
    // Programs that tests start compile once for all of them.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'waybill-compiled') },
  },
})
