import { expect, test } from 'vitest'
import { isSameChange } from '../../src/github/read-comparison.ts'

const file = (change: object = {}) => ({
  filename: 'src/cart.ts',
  status: 'modified',
  sha: 'b1',
  patch: '@@ -1,3 +1,4 @@ function cart() {\n one\n+two\n three',
  ...change,
})

test.each([
  [
    'A11 the same hunks elsewhere, in another blob',
    { patch: file().patch.replace('-1,3 +1,4 @@ function cart() {', '-80,3 +91,4 @@'), sha: 'b2' },
    true,
  ],
  ['A10 white space', { patch: file().patch.replace('+two', '+ two') }, false],
  ['A10 context', { patch: file().patch.replace(' three', ' four') }, false],
  ['A10 one more line that looks like a header', { patch: `${file().patch}\n+@@ -1 +1 @@` }, false],
  ['A10 another name', { filename: 'src/card.ts' }, false],
  ['A10 another old name', { previous_filename: 'src/old.ts' }, false],
  ['A10 deleted rather than changed', { status: 'removed' }, false],
  ['A10 no patch any more', { patch: undefined }, false],
])('%s', (_name, change, same) => {
  expect(isSameChange([file()], [file(change)])).toBe(same)
})

test('A9 a file without a patch is the same by its blob; the order of files does not matter', () => {
  const image = { filename: 'logo.png', status: 'added', sha: 'p1' }
  expect(isSameChange([image, file()], [file(), image])).toBe(true)
  expect(isSameChange([image], [{ ...image, sha: 'p2' }])).toBe(false)
  expect(isSameChange([image], [])).toBe(false)
  expect(isSameChange([], [])).toBe(true)
})
