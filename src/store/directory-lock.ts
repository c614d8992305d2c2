import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Takes a directory for this process alone, or throws one line that names who has it. The lock is SQLite's own file
 * lock, which the operating system drops when its holder dies, however it dies: nothing stale ever blocks.
 * Answers how to give it back.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const holder = join(directory, 'holder.json')
  const lock = new DatabaseSync(join(directory, 'lock.sqlite'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    const cause = error instanceof Error ? error.message : String(error)
    if (!/locked|busy/i.test(cause)) throw new Error(`The directory ${directory} can't be locked: ${cause}`)
    throw new Error(
      `The directory ${directory} is in use by ${readHolder(holder)}. Stop that process first, give this one another directory, or set DATABASE_URL to run several.`,
    )
  }
  writeFileSync(holder, JSON.stringify({ pid: process.pid, startedAt: startOf(process).toISOString() }))
  return () => lock.close()
}

function startOf(one: NodeJS.Process): Date {
  return new Date(Date.now() - one.uptime() * 1000)
}

/** The file is only for the message: it may be missing, or cut off by a crash. */
function readHolder(path: string): string {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof read !== 'object' || read === null || !('pid' in read) || !('startedAt' in read))
      return 'another process'
    return `process ${String(read.pid)}, started ${String(read.startedAt)}`
  } catch {
    return 'another process'
  }
}
