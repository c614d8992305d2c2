import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readImports } from './read-imports.ts'

const src = resolve(import.meta.dirname, '../../src')

/** Only where there is no App yet. */
const setup = resolve(src, 'serve-setup.ts')

/** What of npm a file and all that it imports load when they run, `import()` with a text included. */
function loadedBy(file: string, seen: Set<string> = new Set(), found: Set<string> = new Set()): readonly string[] {
  seen.add(file)
  for (const specifier of readImports(readFileSync(file, 'utf8')).atRunTime) {
    const path = resolve(file, '..', specifier)
    if (path === setup) continue
    if (!specifier.startsWith('.')) found.add(specifier)
    else if (!seen.has(path)) loadedBy(path, seen, found)
  }
  return [...found].filter((specifier) => !specifier.startsWith('node:')).sort()
}

it('a start loads no more of npm than this: each whole entry point is time and memory of everybody', () => {
  expect(loadedBy(resolve(src, 'begin.js'))).toEqual([
    '@hono/node-server',
    '@hono/node-server/utils/response',
    '@js-temporal/polyfill',
    'hono',
    'kysely',
    'pg',
    'pg-boss',
    'pino',
    're2js',
    'semver',
    'yaml',
    'zod',
  ])
})
