import { expect, it } from 'vitest'
import { devinfoId, fitText, fitUrl } from '../../src/jira/fit.ts'

it('a text is cut before the character that would not be whole, and never longer than Jira takes', () => {
  expect(fitText(`${'x'.repeat(8)}😀😀`, 10, 'nothing')).toBe(`${'x'.repeat(8)}…`)
  expect(fitText(`${'x'.repeat(7)}😀😀`, 10, 'nothing')).toBe(`${'x'.repeat(7)}😀…`)
  expect(fitText('whole', 5, 'nothing')).toBe('whole')
  expect(fitText('\u0000', 5, 'nothing')).toBe('nothi')
})

it('two long names stay two ids', () => {
  const [one, other] = [`${'ä'.repeat(300)}1`, `${'ä'.repeat(300)}2`].map(devinfoId)
  expect(one).toHaveLength(1024)
  expect(one).not.toBe(other)
})

it('an address that is none of the web’s is replaced', () => {
  expect(fitUrl('javascript:alert(1)', 'https://github.com/acme')).toBe('https://github.com/acme')
})
