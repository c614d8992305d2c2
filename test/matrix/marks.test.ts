import { glob, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { withinWrites } from './marks.ts'

it('the marks within one write are those that the source has', async () => {
  const found = new Set<string>()
  for await (const file of glob('src/**/*.ts')) {
    const text = await readFile(file, 'utf8')
    for (const [, mark = ''] of text.matchAll(/crashpoint\('([^']+)'\)/g)) found.add(mark)
  }
  expect([...found].toSorted()).toEqual(withinWrites.toSorted())
})
