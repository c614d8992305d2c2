import { RE2JS } from 're2js'

/**
 * Whether a whole text fits a glob: `?` is one character, `*` any number, both without the separator; `**` is anything.
 * A null separator lets `*` cross everything. Linear time.
 */
export function globMatches(glob: string, text: string, separator: '/' | null): boolean {
  const one = separator === null ? '(?s:.)' : '[^/]'
  const pattern = glob
    .split(/(\*\*|\*|\?)/)
    .map((part) => (part === '**' ? '(?s:.)*' : part === '*' ? `${one}*` : part === '?' ? one : RE2JS.quote(part)))
    .join('')
  return RE2JS.compile(pattern).matches(text)
}
