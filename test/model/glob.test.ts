import { expect, test } from 'vitest'
import { globMatches } from '../../src/model/glob.ts'

test.each([
  ['dependabot/**', 'dependabot/npm_and_yarn/x-1.2.3', '/', true],
  ['dependabot/*', 'dependabot/npm_and_yarn/x', '/', false],
  ['dependabot/*', 'dependabot/x', '/', true],
  ['test *', 'test / unit (node 24)', null, true],
  ['te?t', 'test', '/', true],
  ['a.c', 'abc', '/', false],
  ['[build]', 'b', '/', false],
  ['[build] (x+)', '[build] (x+)', null, true],
  ['*', 'a\nb', null, true],
  [`${'*a'.repeat(30)}b`, 'a'.repeat(500), null, false],
] as const)('%s on %s with separator %s: %s', (glob, text, separator, expected) => {
  expect(globMatches(glob, text, separator)).toBe(expected)
})
