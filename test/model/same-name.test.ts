import { expect, it } from 'vitest'
import { sameName } from '../../src/model/same-name.ts'

it.each([
  ['In Review', 'in review', true],
  ['Überprüfung', 'u\u0308berpru\u0308fung', true],
  ['В работе', 'в работе', true],
  [' Done ', 'Done', true],
  ['İptal', 'iptal', false],
  ['Done', 'Done.', false],
])('%s and %s are one name: %s', (one, other, same) => {
  expect(sameName(one, other)).toBe(same)
})
