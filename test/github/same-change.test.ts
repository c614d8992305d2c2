import { afterEach, expect, test } from 'vitest'
import { nothingKnown } from '../../src/github/known.ts'
import { compare, isSameChange } from '../../src/github/read-comparison.ts'
import { haveSameModes } from '../../src/github/read-modes.ts'
import * as a from './answers.ts'
import { type ScriptedGithub, startScriptedGithub } from './scripted-github.ts'

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
])('%s: the same change or another', (_name, change, same) => {
  expect(isSameChange([file()], [file(change)])).toBe(same)
})

test('A9 a file without a patch is the same by its blob; the order of files does not matter', () => {
  const image = { filename: 'logo.png', status: 'added', sha: 'p1' }
  expect(isSameChange([image, file()], [file(), image])).toBe(true)
  expect(isSameChange([image], [{ ...image, sha: 'p2' }])).toBe(false)
  expect(isSameChange([image], [])).toBe(false)
  expect(isSameChange([], [])).toBe(true)
})

let github: ScriptedGithub | null = null
afterEach(async () => {
  await github?.close()
  expect(github?.violations ?? []).toEqual([])
  github = null
})

const on = (...modes: readonly (number | null)[]) => {
  const files = modes.map((mode, at) => [`file${at}`, mode === null ? null : { mode }])
  return { __typename: 'Commit', ...Object.fromEntries(files) }
}
const [plain, program, symlink] = [0o100644, 0o100755, 0o120000]

test.each([
  ['the same modes', on(plain, program), on(plain, program), true],
  ['a file that became a program', on(plain, plain), on(plain, program), false],
  ['a file that became a link', on(plain, plain), on(symlink, plain), false],
  ['a file that is in neither', on(null, plain), on(null, plain), true],
  ['a commit that GitHub does not show any more', null, on(plain, plain), false],
])('A8 %s: the same change or another', async (_name, before, after, same) => {
  github = await startScriptedGithub(() => ({ body: { data: { repository: { before, after } } } }))
  const of = { before: 'b'.repeat(40), after: 'c'.repeat(40), paths: ['run.sh', 'src/cart.ts'] }
  expect(await haveSameModes(await github.octokitFor(1), a.repository, of)).toBe(same)
})

test.each([
  ['not shown yet', 1, [true], 4],
  ['not shown for longer, and then after all', 2, [false, true], 5],
  ['never shown', 99, [false, false], 4],
])('A9 a commit that is %s is asked for twice, and again by the next pass', async (_name, misses, same, calls) => {
  const answers = { data: { repository: { before: on(plain), after: on(plain) } } }
  const files = [file({ contents_url: '' })]
  github = await startScriptedGithub(({ path }, nth) => {
    if (path === '/graphql') return { body: answers }
    return nth <= misses ? { status: 404, body: { message: 'Not Found' } } : { body: { files } }
  })
  const reader = { known: nothingKnown(), octokitFor: github.octokitFor }
  const of = { base: 'a'.repeat(40), before: 'b'.repeat(40), after: 'c'.repeat(40) }
  for (const answer of same) expect(await compare(reader, a.repository, of)).toEqual({ kind: 'found', value: answer })
  expect(github.calls).toHaveLength(calls)
})
