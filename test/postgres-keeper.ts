import { startPostgres } from './postgres.ts'

/**
 * Keeps a PostgreSQL for the process that forked this one, says its URL, and ends it with that process, however that ends.
 * What is tested on it does not crash the server: nothing needs to reach the disk.
 */
const orphaned = new Promise<void>((resolve) => process.once('disconnect', () => resolve()))
const server = await startPostgres(['fsync=off', 'full_page_writes=off', 'max_connections=400'])
process.send?.(server.url)
await orphaned
await server.stop()
