import { expect, it } from 'vitest'
import { isStorable, storableJson } from '../../src/store/storable.ts'

it.each([
  ['plain text', ['x', { y: 'é 😀' }], true],
  ['NUL', { y: 'a\0b' }, false],
  ['half a pair', ['a\ud83d'], false],
  ['its other half', ['\ude00a'], false],
  ['no text at all', [1, null], true],
])('%s: PostgreSQL takes it as it is, or it is made so that it does', (_, value, isClean) => {
  expect(isStorable(value)).toBe(isClean)
  expect(storableJson(value) === JSON.stringify(value)).toBe(isClean)
})
