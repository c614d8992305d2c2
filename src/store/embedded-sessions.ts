import { chmodSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Log } from '../reconcile/world/log.ts'
import { lockDirectory } from './directory-lock.ts'
import type { Sessions, SqlResult } from './sessions.ts'
import { keepUp } from './upkeep.ts'
import type { WorkerMessage, WorkerRequest } from './worker-message.ts'

/**
 * PGlite in a thread of its own, on a directory this process holds alone. It has one connection, so a session holds
 * the whole database until it is released. Rejects with one line when another process has the directory.
 */
export async function openEmbedded(directory: string, log: Log): Promise<Sessions> {
  const unlock = lockDirectory(directory)
  compileOnce()
  try {
    const port = openPort(join(directory, 'postgres'), log)
    await port.run('select 1', []).catch((error: unknown) => refuseDamaged(directory, error))
    keepToOwner(join(directory, 'postgres'))
    const sessions = sessionsOver(port)
    const stopUpkeep = keepUp(sessions, log)
    return {
      ...sessions,
      close: async () => {
        await stopUpkeep()
        await sessions.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * PGlite's WebAssembly is compiled by V8's first compiler only. Its second one works for a second after each start and
 * takes 550 MB meanwhile (910 MB at the most instead of 360), for statements that run a fifth faster afterwards.
 * Both flags are needed: the second does not follow from the first once the program runs.
 */
function compileOnce(): void {
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
}

/** PGlite makes files that everybody may write. Where a file system knows no such rights, whoever mounts it sees to them. */
function keepToOwner(directory: string): void {
  try {
    chmodSync(directory, 0o700)
  } catch {}
}

function refuseDamaged(directory: string, error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  // PostgreSQL's own reason is lost where its program ends.
  const cause = message.startsWith('Aborted') ? 'its files are damaged' : message
  throw new Error(
    `The database in ${directory} can't be opened: ${cause}. Restore a backup (docs/operations.md), or move the directory away to begin with an empty one.`,
  )
}

type Port = {
  run(text: string, values: readonly unknown[]): Promise<SqlResult>
  listen(channel: string): Promise<SqlResult>
  close(): Promise<void>
  readonly listeners: Map<string, Set<(payload: string) => void>>
}

type Waiting = { readonly resolve: (result: SqlResult) => void; readonly reject: (error: Error) => void }
type Ask =
  | { readonly kind: 'run'; readonly text: string; readonly values: readonly unknown[] }
  | { readonly kind: 'listen'; readonly channel: string }
  | { readonly kind: 'close' }

function openPort(directory: string, log: Log): Port {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), { workerData: directory, env: ownCache() })
  const waiting = new Map<number, Waiting>()
  const listeners: Port['listeners'] = new Map()
  let lastId = 0
  let dead: Error | null = null
  let opened = false
  const die = (error: Error) => {
    dead ??= error
    for (const one of waiting.values()) one.reject(error)
    waiting.clear()
  }
  worker.on('message', (message: WorkerMessage) => {
    opened ||= message.kind === 'answer'
    receive(message, waiting, listeners)
  })
  worker.on('error', (error) => {
    const cause = error instanceof Error ? error : new Error(String(error))
    log.error({ cause: cause.message }, 'the embedded database failed')
    die(cause)
    // It does not come back in this process: nobody catches this, and the next start recovers.
    if (opened) throw cause
  })
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      die(new Error('the embedded database is closed'))
      resolve()
    })
  })
  const ask = (what: Ask) =>
    new Promise<SqlResult>((resolve, reject) => {
      if (dead !== null) return reject(dead)
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      const request: WorkerRequest = { ...what, id: lastId }
      worker.postMessage(request)
    })
  return {
    run: (text, values) => ask({ kind: 'run', text, values }),
    listen: (channel) => ask({ kind: 'listen', channel }),
    close: async () => {
      await ask({ kind: 'close' })
      await ended
    },
    listeners,
  }
}

/** A thread keeps what it compiles only where the environment says so; Node adds its version to the place by itself. */
function ownCache(): NodeJS.ProcessEnv {
  const kept = getCompileCacheDir()
  return kept === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(kept) }
}

function receive(message: WorkerMessage, waiting: Map<number, Waiting>, listeners: Port['listeners']): void {
  switch (message.kind) {
    case 'answer':
      waiting.get(message.id)?.resolve({ rows: message.rows, affected: message.affected })
      waiting.delete(message.id)
      return
    case 'failure':
      waiting.get(message.id)?.reject(Object.assign(new Error(message.error.message), message.error))
      waiting.delete(message.id)
      return
    case 'notification':
      for (const listener of listeners.get(message.channel) ?? []) listener(message.payload)
  }
}

function sessionsOver(port: Port): Sessions {
  const lock = createMutex()
  return {
    kind: 'embedded',
    presence: null,
    acquire: async () => {
      const unlock = await lock()
      return {
        run: port.run,
        release: async (broken) => {
          // The only connection: whatever a failed statement left open ends here.
          if (broken) await port.run('rollback', []).catch(() => {})
          unlock()
        },
      }
    },
    listen: async (channel, onPayload, onConnect) => {
      const known = port.listeners.get(channel) ?? new Set()
      port.listeners.set(channel, known.add(onPayload))
      const unlock = await lock()
      try {
        if (known.size === 1) await port.listen(channel)
      } finally {
        unlock()
      }
      onConnect()
      return async () => {
        known.delete(onPayload)
      }
    },
    close: async () => {
      await lock()
      await port.close()
    },
  }
}

/** Hands out one right at a time, in the order it was asked for. */
function createMutex(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let free: () => void = () => {}
    last = new Promise((resolve) => {
      free = resolve
    })
    await before
    return free
  }
}
