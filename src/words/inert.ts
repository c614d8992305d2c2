/** Longest text from outside that is shown (characters). */
const longest = 600

/** Breaks what GitHub would make a mention, a reference or a link of; it has no width. */
const breaker = '\u200B'

/**
 * Text from outside in one line of plain characters: control characters, line breaks and everything invisible or
 * turning the direction of writing become a space; long texts are cut. For places that render no Markdown.
 */
export function plain(text: string): string {
  if (text.length <= longest && /^[!-~]+(?: [!-~]+)*$/.test(text)) return text
  const flat = text
    .slice(0, longest * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const letters = [...flat]
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : flat
}

/** A title in one line, at most 200 characters, that mentions nobody wherever it is shown. */
export function titleText(text: string): string {
  const letters = [...plain(text)]
  return (letters.length > 200 ? `${letters.slice(0, 200).join('')}…` : letters.join('')).replaceAll('@', `@${breaker}`)
}

/**
 * Plain text for GitHub Markdown, inside a table or not: it reads as written and is nothing else. No mention, no link, no
 * reference to an issue, no HTML, no emphasis, no emoji of a name between colons, no break of a table.
 */
export function inert(text: string): string {
  const flat = plain(text)
  // What has no mark in it reads as written already; most names are such.
  if (/^[A-Za-z0-9][A-Za-z0-9 ,/-]*$/.test(flat) && !/gh-\d/i.test(flat)) return flat
  return flat
    .replaceAll(/:(?=[\w+-]{1,50}:)/g, `:${breaker}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()~|!^$]/g, (mark) => `\\${mark}`)
    .replaceAll(/^(\d{1,9})([.)])/g, '$1\\$2')
    .replaceAll(/^([#+=:-])/g, '\\$1')
    .replaceAll('@', `@${breaker}`)
    .replaceAll(/#(?=\d)/g, `#${breaker}`)
    .replaceAll(/\b(GH-)(?=\d)/gi, `$1${breaker}`)
    .replaceAll('://', `:${breaker}//`)
    .replaceAll(/\b(www)\./gi, `$1${breaker}.`)
}

/**
 * Text from outside as code, where GitHub makes no mention and no link of it. With a backtick or a bar in it, as an HTML
 * element of entities, since those two end a code span or a table's cell.
 */
export function code(text: string): string {
  const flat = plain(text)
  if (flat === '') return '(empty)'
  if (!/[`|]/.test(flat)) return `\`${flat}\``
  const entities = [...flat].map((letter) => (/[\p{L}\p{N} ]/u.test(letter) ? letter : `&#${letter.codePointAt(0)};`))
  return `<code>${entities.join('')}</code>`
}
