import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { dirname, join } from 'node:path'
import { digestOf } from './digest-of.ts'
import { syncTree } from './sync-tree.ts'

/** What was begun so long ago (ms) and is not there yet was left by a process that was killed. */
const patience = 60_000

export type EmptyOptions = {
  /** PostgreSQL's `initdb`: makes an empty database in a directory that is not there yet, and closes it. */
  readonly make: (directory: string) => Promise<void>
  /** Where one is kept for the next; null: nowhere. */
  readonly kept?: string | null
}

/**
 * Puts an empty database where nothing is; where something is, nothing changes. `directory` appears whole and on the
 * disk, or not at all: what a start that was cut off left beside it is thrown away by the next. A kept one is copied, in
 * a fifth of the time that making one takes; where it is not what was kept, it is made anew.
 */
export async function putEmpty(directory: string, { make, kept = placeOfEmpty() }: EmptyOptions): Promise<void> {
  if (!isVacant(directory)) return
  const half = `${directory}.new`
  rmSync(half, { recursive: true, force: true })
  if (kept === null || !copyKept(kept, half)) {
    await make(half)
    rmSync(join(half, 'postmaster.pid'), { force: true })
    if (kept !== null) await keep(half, kept)
  }
  await syncTree(half)
  rmSync(directory, { recursive: true, force: true })
  renameSync(half, directory)
  await syncTree(dirname(directory), ['.'])
}

/** Nothing is there, not even what is left of a damaged database. */
function isVacant(directory: string): boolean {
  return !existsSync(directory) || readdirSync(directory).length === 0
}

/** Beside what Node compiles, for this very PGlite; null where nothing is kept. */
function placeOfEmpty(): string | null {
  const compiled = getCompileCacheDir()
  if (compiled === undefined) return null
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))
  const { version }: { readonly version: string } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(dirname(compiled), `postgres-${version}`)
}

/** False: nothing is kept, or not what its name says; that is thrown away. */
function copyKept(kept: string, half: string): boolean {
  if (!existsSync(kept)) return false
  try {
    const [digest = ''] = readdirSync(kept)
    cpSync(join(kept, digest), half, { recursive: true })
    if (digestOf(half) === digest) return true
  } catch {
    // It can't be read: no better than a damaged one.
  }
  rmSync(half, { recursive: true, force: true })
  try {
    rmSync(kept, { recursive: true, force: true })
  } catch {
    // Nor can it be removed: each new database is made for itself.
  }
  return false
}

/**
 * Keeps a database for the next one, in a folder by the name of its digest. It is not in its place before all of it is
 * on the disk. Never fails: where nothing can be written nothing is kept.
 */
async function keep(directory: string, kept: string): Promise<void> {
  const half = `${kept}.new`
  try {
    if (existsSync(kept) || !begin(half)) return
    cpSync(directory, join(half, digestOf(directory)), { recursive: true })
    await syncTree(half)
    renameSync(half, kept)
  } catch {
    rmSync(half, { recursive: true, force: true })
  }
}

/** One process at a time. */
function begin(half: string): boolean {
  if (existsSync(half) && Date.now() - statSync(half).mtimeMs > patience) rmSync(half, { recursive: true, force: true })
  if (existsSync(half)) return false
  mkdirSync(half, { mode: 0o700 })
  return true
}
