import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A PostgreSQL that ends with this process, however that ends, or with `end`; it keeps nobody alive. */
export async function forkPostgres(): Promise<{ readonly url: string; end(): Promise<void> }> {
  const keeper = fork(new URL('./postgres-keeper.ts', import.meta.url), { execArgv: [] })
  const [url]: readonly unknown[] = await Promise.race([
    once(keeper, 'message'),
    once(keeper, 'exit').then(() => Promise.reject(new Error('PostgreSQL could not be started'))),
  ])
  keeper.unref()
  keeper.channel?.unref()
  const end = async () => {
    const gone = once(keeper, 'exit')
    keeper.ref()
    keeper.disconnect()
    await gone
  }
  return { url: String(url), end }
}
