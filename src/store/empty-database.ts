import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { getCompileCacheDir } from 'node:module'
import { dirname, join } from 'node:path'

/** What was begun so long ago (ms) and is not there yet was left by a process that was killed. */
const patience = 60_000

/**
 * Lays a kept empty database out where nothing is: a fifth of what PostgreSQL's own `initdb` takes. False: `directory`
 * is as it was, since something is there, or nothing is kept. `directory` appears whole or not at all.
 */
export function layOut(directory: string, kept: string | null = placeOfEmpty()): boolean {
  if (kept === null || !existsSync(kept) || !isVacant(directory)) return false
  const half = `${directory}.new`
  try {
    rmSync(half, { recursive: true, force: true })
    cpSync(kept, half, { recursive: true })
    rmSync(directory, { recursive: true, force: true })
    renameSync(half, directory)
    return true
  } catch {
    rmSync(half, { recursive: true, force: true })
    return false
  }
}

/**
 * Keeps the database that was just made in `directory` for the next one, before anything else is written to it. It is
 * copied when this returns; the answer resolves when it is on the disk and in its place. Never fails: where nothing can be written
 * nothing is kept.
 */
export function keepEmpty(directory: string, kept: string | null = placeOfEmpty()): Promise<void> {
  if (kept === null || existsSync(kept)) return Promise.resolve()
  const half = `${kept}.new`
  try {
    if (!begin(half)) return Promise.resolve()
    cpSync(directory, half, { recursive: true })
    rmSync(join(half, 'postmaster.pid'), { force: true })
    return write(half, kept).catch(() => rmSync(half, { recursive: true, force: true }))
  } catch {
    return Promise.resolve()
  }
}

/** Nothing is there, not even what is left of a damaged database. */
export function isVacant(directory: string): boolean {
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

/** One process at a time. */
function begin(half: string): boolean {
  if (existsSync(half) && Date.now() - statSync(half).mtimeMs > patience) rmSync(half, { recursive: true, force: true })
  if (existsSync(half)) return false
  mkdirSync(half, { mode: 0o700 })
  return true
}

/** Not in its place before all of it is on the disk: a machine that loses its power would keep a damaged one for ever. */
async function write(half: string, kept: string): Promise<void> {
  for (const path of ['', ...globSync('**', { cwd: half })]) {
    const file = await open(join(half, path), 'r')
    await file.sync()
    await file.close()
  }
  renameSync(half, kept)
}
