import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { openQueue } from '../../src/store/queue.ts'

/**
 * A process for tests to kill: works on the database its argument names, hints as many subjects as its second one says, and never ends a pass.
 * Says `held` once the pass has begun, `lost` once it may write nothing more, or one line of why it could not open the database.
 */
const place: { readonly url: string } | { readonly directory: string } = JSON.parse(process.argv[2] ?? '{}')
const subjects = Number(process.argv[3] ?? 1)
const say = (text: string) => process.stdout.write(`${text}\n`)
const quiet = { info: () => {}, warn: () => {}, error: () => {} }

try {
  const database = await openDatabase(place, quiet)
  const queue = await openQueue(database, {}, quiet)
  await queue.start({
    pass: async (ref) => {
      const memory = createMemory(database)
      const pass = await memory.beginPass(ref)
      say('held')
      while (await memory.holds(pass)) await pause(200)
      say('lost')
      return new Promise(() => {})
    },
    outbox: async () => {},
    sweep: async () => {},
  })
  const repository = { installationId: 1, id: 1, owner: 'acme', name: 'shop' }
  for (let number = 1; number <= subjects; number++) await queue.hint({ kind: 'pull', repository, number })
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
