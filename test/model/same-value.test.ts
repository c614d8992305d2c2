import { expect, test } from 'vitest'
import { sameValue } from '../../src/model/same-value.ts'

test('keys may come in any order, and a key without a value is no key', () => {
  expect(sameValue({ a: [1, { b: null, c: 'x' }] }, { a: [1, { c: 'x', b: null }], d: undefined })).toBe(true)
})

test.each([
  ['another value', { a: 1 }, { a: 2 }],
  ['a key more', { a: 1 }, { a: 1, b: 1 }],
  ['a key less', { a: 1, b: 1 }, { a: 1 }],
  ['another key', { a: 1 }, { b: 1 }],
  ['another order of a list', [1, 2], [2, 1]],
  ['a longer list', [1], [1, 2]],
  ['a list for an object', ['x'], { 0: 'x' }],
  ['nothing for an object', null, {}],
  ['a text for a number', '1', 1],
])('%s is not the same', (_, a, b) => {
  expect(sameValue(a, b)).toBe(false)
})
