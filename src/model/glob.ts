import { RE2JS } from 're2js'

/**
 * Whether a whole text fits a glob: `?` is one character, `*` any number, both without the separator; `**` is anything.
 * A null separator lets `*` cross everything. Linear time.
 */
export function globMatches(glob: string, text: string, separator: '/' | null): boolean {
  return /[*?]/.test(glob) ? compiled(glob, separator).matches(text) : glob === text
}

/** Compiling takes longer than matching by far, and the same few globs come again for every check and branch. */
const known = new Map<string, RE2JS>()

function compiled(glob: string, separator: '/' | null): RE2JS {
  const key = `${separator} ${glob}`
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= 500) known.clear()
  const fresh = compile(glob, separator)
  known.set(key, fresh)
  return fresh
}

function compile(glob: string, separator: '/' | null): RE2JS {
  const one = separator === null ? '(?s:.)' : '[^/]'
  const pattern = glob
    .split(/(\*\*|\*|\?)/)
    .map((part) => (part === '**' ? '(?s:.)*' : part === '*' ? `${one}*` : part === '?' ? one : RE2JS.quote(part)))
    .join('')
  return RE2JS.compile(pattern)
}
