import { describe, expect, it } from 'vitest'
import { readImports } from './read-imports.ts'

describe('the scanner', () => {
  it('finds every way to import', () => {
    const { imports, atRunTime } = readImports(`
      import a, { type B } from './a.ts'
      import type { C } from "./c.ts"
      import {
        d,
      } from 'd/e'
      import './side.ts'
      export { f } from './f.ts'
      export * from './g.ts'
      export type { H } from './h.ts'
      const i = await import('./i.ts')
    `)
    expect(imports).toEqual(['./a.ts', './c.ts', 'd/e', './side.ts', './f.ts', './g.ts', './h.ts', './i.ts'])
    expect(atRunTime).toEqual(['./a.ts', 'd/e', './side.ts', './f.ts', './g.ts', './i.ts'])
  })

  it('is not taken in by comments, texts and patterns', () => {
    const { imports, code } = readImports(`
      // import a from 'a'
      /* import b from 'b' */
      const c = "import d from 'd'"
      const e = \`import f from 'f' \${Date.now()}\`
      const g = /'[/"]/.test(c) ? 4 / 2 / 1 : 0
      import h from 'h'
    `)
    expect(imports).toEqual(['h'])
    expect(code).not.toContain('Date')
  })

  it('knows a default export', () => {
    expect(readImports('export default function a() {}').exportsDefault).toBe(true)
    expect(readImports('export { a as default }').exportsDefault).toBe(true)
    expect(readImports("export const a = 'export default'").exportsDefault).toBe(false)
  })
})
