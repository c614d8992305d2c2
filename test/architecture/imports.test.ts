import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readImports } from './read-imports.ts'

const src = resolve(import.meta.dirname, '../../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.[jt]s$/.test(file))
  .map((file) => file.replaceAll('\\', '/'))
  .sort()

type Allowed = { readonly ours: readonly string[]; readonly npm: readonly string[]; readonly node: boolean }

const program: Allowed = {
  ours: ['model', 'rules', 'words', 'plan', 'reconcile', 'github', 'jira', 'store', 'web', 'cli', 'program'],
  npm: ['probot', 'pino', 'zod', 'commander'],
  node: true,
}

/** Who may import what: a folder of ours, or a package. Whatever lies in `src` itself is the program. */
const table: Readonly<Record<string, Allowed>> = {
  model: { ours: [], npm: ['zod', 'semver', 'yaml', 're2js', '@js-temporal/polyfill'], node: false },
  rules: { ours: ['model'], npm: [], node: false },
  words: { ours: ['model'], npm: [], node: false },
  plan: { ours: ['model', 'rules', 'words'], npm: [], node: false },
  reconcile: { ours: ['model', 'rules', 'plan'], npm: [], node: true },
  github: { ours: ['model', 'words', 'reconcile/world/'], npm: ['@octokit/', 'probot'], node: true },
  jira: { ours: ['model', 'words', 'reconcile/world/'], npm: ['jira.js'], node: true },
  store: {
    ours: ['model', 'reconcile/world/'],
    npm: ['kysely', 'pg', '@electric-sql/pglite', 'pg-boss'],
    node: true,
  },
  web: { ours: ['model', 'words', 'store'], npm: ['hono', '@hono/node-server', 'prom-client'], node: true },
  cli: program,
  program,
}

const pure = ['model', 'rules', 'words', 'plan']

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : 'program'
}

function textOf(file: string): string {
  return readFileSync(resolve(src, file), 'utf8')
}

/** The file of ours that an import names, as a path below `src`. */
function target(file: string, specifier: string): string {
  return relative(src, resolve(src, dirname(file), specifier)).replaceAll('\\', '/')
}

function refusal(file: string, specifier: string): string | null {
  const folder = folderOf(file)
  const allowed = table[folder]
  if (allowed === undefined) return `${file}: the folder ${folder} is not in the table`
  if (specifier.startsWith('node:')) return allowed.node ? null : `${file} may not import ${specifier}`
  if (specifier.startsWith('.')) {
    const path = target(file, specifier)
    if (!existsSync(resolve(src, path))) return `${file} imports ${specifier}, which is not there`
    const ok =
      folderOf(path) === folder ||
      allowed.ours.some((one) => one === folderOf(path) || (one.endsWith('/') && path.startsWith(one)))
    return ok ? null : `${file} may not import ${path}`
  }
  const ok = allowed.npm.some((name) => (name.endsWith('/') ? specifier.startsWith(name) : isOf(specifier, name)))
  return ok ? null : `${file} may not import ${specifier}`
}

function isOf(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`)
}

describe('the imports of src', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.flatMap((file) => readImports(textOf(file)).imports).length).toBeGreaterThan(200)
  })

  it('respect the table', () => {
    const refusals = files.flatMap((file) => {
      return readImports(textOf(file)).imports.flatMap((specifier) => refusal(file, specifier) ?? [])
    })
    expect(refusals).toEqual([])
  })

  it('would be refused if they did not', () => {
    expect(refusal('rules/x.ts', '../reconcile/world/world.ts')).toContain('may not import reconcile/world/world.ts')
    expect(refusal('model/x.ts', 'node:crypto')).toContain('may not import node:crypto')
    expect(refusal('github/x.ts', '../reconcile/pass.ts')).toContain('may not import')
    expect(refusal('plan/x.ts', 'zodiac')).toContain('may not import zodiac')
    expect(refusal('model/x.ts', 'zodiac')).toContain('may not import zodiac')
  })

  it('are local, from npm or from node, never by an absolute path', () => {
    const odd = files.flatMap((file) => readImports(textOf(file)).imports.filter((one) => /^(\/|file:|#)/.test(one)))
    expect(odd).toEqual([])
  })

  it('are installed without the development dependencies', () => {
    const manifest: unknown = JSON.parse(readFileSync(resolve(src, '../package.json'), 'utf8'))
    const listed = typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest
    const dependencies = Object.keys(listed ? Object(manifest.dependencies) : {})
    const foreign = files
      .flatMap((file) => readImports(textOf(file)).imports)
      .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
    expect(foreign.filter((specifier) => !dependencies.some((name) => isOf(specifier, name)))).toEqual([])
  })

  it('have no cycles at run time', () => {
    const edges = new Map(
      files.map((file) => {
        const ours = readImports(textOf(file)).atRunTime.filter((specifier) => specifier.startsWith('.'))
        return [file, ours.map((specifier) => target(file, specifier))]
      }),
    )
    expect(cycles(edges)).toEqual([])
    expect(
      cycles(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
        ]),
      ),
    ).toEqual(['a > b > a'])
  })
})

function cycles(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' > '))
    else if (!done.has(file)) {
      for (const next of edges.get(file) ?? []) visit(next, [...path, file])
      done.add(file)
    }
  }
  for (const file of edges.keys()) visit(file, [])
  return found
}

describe('the code of src', () => {
  it('exports a default from app.ts only', () => {
    expect(files.filter((file) => readImports(textOf(file)).exportsDefault)).toEqual(['app.ts'])
  })

  it('takes time, environment, network and output as arguments in the pure folders', () => {
    const impure = /\bnew\s+Date\b|\bDate\s*[.(]|\bprocess\s*\.|\bfetch\s*\(|\bconsole\s*\.|\bMath\s*\.\s*random\b/
    const found = files
      .filter((file) => pure.includes(folderOf(file)))
      .filter((file) => impure.test(readImports(textOf(file)).code))
    expect(found).toEqual([])
  })
})
