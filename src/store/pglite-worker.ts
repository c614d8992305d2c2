import { flushCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, types } from '@electric-sql/pglite'
import { putEmpty } from './empty-database.ts'
import type { SqlFailure, WorkerMessage, WorkerRequest } from './worker-message.ts'

/**
 * The thread PGlite runs in, since it blocks whatever thread it is on. It answers requests one after the other in the
 * order they come. `workerData` is the path of the data directory.
 */
if (parentPort === null || typeof workerData !== 'string') throw new Error('started outside of a worker thread')
const port = parentPort
const opening = openDirectory(workerData)
// A process that is killed writes nothing down.
let last: Promise<void> = opening.then(
  () => flushCompileCache(),
  () => {},
)

port.on('message', (request: WorkerRequest) => {
  last = last.then(() => answer(request))
})

async function openDirectory(directory: string): Promise<PGlite> {
  await putEmpty(directory, { make: makeEmpty })
  return PGlite.create(directory, { parsers: { [types.INT8]: (text: string) => Number(text) } })
}

async function makeEmpty(directory: string): Promise<void> {
  const pglite = await PGlite.create(directory)
  await pglite.exec('checkpoint')
  await pglite.close()
}

async function answer(request: WorkerRequest): Promise<void> {
  try {
    const { rows, affected } = await run(await opening, request)
    say({ kind: 'answer', id: request.id, rows, affected })
  } catch (error) {
    say({ kind: 'failure', id: request.id, error: failureOf(error) })
    if (isBeyondHelp(error)) throw error
  }
  if (request.kind === 'close') port.close()
}

/** A server would restart itself after it. Here whatever is asked next is never answered, or wrong: the thread ends. */
function isBeyondHelp(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'RuntimeError' || error.message.startsWith('Aborted')) return true
  return textOf(error, 'severity') === 'PANIC'
}

type Ran = { readonly rows: readonly Record<string, unknown>[]; readonly affected: number }

async function run(pglite: PGlite, request: WorkerRequest): Promise<Ran> {
  switch (request.kind) {
    case 'run': {
      if (request.values.length > 0) {
        const result = await pglite.query<Record<string, unknown>>(request.text, [...request.values])
        return { rows: result.rows, affected: result.affectedRows ?? 0 }
      }
      const results = await pglite.exec(request.text)
      return { rows: results.flatMap((one) => one.rows), affected: results.at(-1)?.affectedRows ?? 0 }
    }
    case 'listen':
      await pglite.listen(request.channel, (payload) => {
        say({ kind: 'notification', channel: request.channel, payload })
      })
      return { rows: [], affected: 0 }
    case 'close':
      await pglite.exec('checkpoint')
      await pglite.close()
      return { rows: [], affected: 0 }
  }
}

function say(message: WorkerMessage): void {
  port.postMessage(message)
}

function failureOf(error: unknown): SqlFailure {
  if (!(error instanceof Error)) return { message: String(error), code: null, detail: null, constraint: null }
  return {
    message: error.message,
    code: textOf(error, 'code'),
    detail: textOf(error, 'detail'),
    constraint: textOf(error, 'constraint'),
  }
}

function textOf(error: Error, name: string): string | null {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : null
}
