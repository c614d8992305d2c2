import { describe, expect, it } from 'vitest'
import { invertPatch } from '../../src/github/invert-patch.ts'

describe('the inverse of a patch', () => {
  it('takes away what was added and puts back what was taken, in the order git shows', () => {
    const patch = '@@ -1,4 +1,4 @@ here\n one\n-two\n-three\n+drei\n four\n@@ -9 +9,2 @@\n nine\n+ten'
    expect(invertPatch(patch)).toBe(
      '@@ -1,4 +1,4 @@ here\n one\n-drei\n+two\n+three\n four\n@@ -9 +9,2 @@\n nine\n-ten',
    )
  })

  it('keeps the missing newline with its line', () => {
    const none = '\\ No newline at end of file'
    expect(invertPatch(`@@ -1 +1 @@\n-old\n${none}\n+new`)).toBe(`@@ -1 +1 @@\n-new\n+old\n${none}`)
    expect(invertPatch(`@@ -1 +1 @@\n-old\n+new\n${none}`)).toBe(`@@ -1 +1 @@\n-new\n${none}\n+old`)
  })

  it('undone twice is as it was', () => {
    const patch = '@@ -1,3 +1,3 @@\n-a\n-b\n+c\n d\n-e\n+f\n+g'
    expect(invertPatch(invertPatch(patch))).toBe(patch)
  })
})
