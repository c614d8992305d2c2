import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** SHA-256 of a directory: of the names in it, at any depth, and of what is in each file. */
export function digestOf(directory: string): string {
  const hash = createHash('sha256')
  for (const entry of globSync('**', { cwd: directory, withFileTypes: true }).toSorted(byPath)) {
    const path = pathOf(entry)
    const content = entry.isFile() ? readFileSync(path) : Buffer.alloc(0)
    hash.update(`${path.slice(directory.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

type Entry = { readonly parentPath: string; readonly name: string }

function pathOf({ parentPath, name }: Entry): string {
  return join(parentPath, name)
}

function byPath(a: Entry, b: Entry): number {
  return pathOf(a) < pathOf(b) ? -1 : 1
}
