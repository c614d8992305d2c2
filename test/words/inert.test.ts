import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { code, inert, plain } from '../../src/words/inert.ts'

describe('B17 text from outside', () => {
  test.each([
    '@acme/everybody',
    '<img src=x onerror=alert(1)>',
    '[click](https://evil.example)',
    'https://evil.example www.evil.example',
    '| a | b |',
    '**bold** _it_ `code` ~~x~~',
    '# title',
    'fixes #12 and GH-12',
    '&lt;b&gt; &amp;',
    'a\nb\u0000c\u202Ed\u200Be',
    'it\'s "quoted" and 😀',
    '1. one',
    'ready :white_check_mark: :+1: 10:30:00',
    '$x$',
  ])('%j is inert in Markdown', (text) => {
    expect(inert(text)).toMatchSnapshot()
    expect(code(text)).toMatchSnapshot()
  })

  test('an empty text and a long one', () => {
    expect(code(' \n')).toBe('(empty)')
    expect([...plain('x'.repeat(5000))]).toHaveLength(601)
  })

  test('nothing from outside mentions, links, breaks a cell or a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const shown = inert(text)
        expect(shown).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u)
        expect(shown).not.toMatch(/@[A-Za-z0-9]/)
        expect(shown).not.toMatch(/<|:\/\/|#\d/)
        expect(shown.replaceAll('\\', '')).not.toMatch(/:[\w+-]{1,50}:/)
        expect(shown).not.toMatch(/(?<!\\)(?:\\\\)*[|`*[\]]/)
        expect(code(text).replace(/^<code>|<\/code>$/g, '')).not.toMatch(/[|\n]/)
      }),
    )
  })
})
