import type { CheckShown } from '../model/verdict.ts'
import { code, inert } from './inert.ts'

/** Checks as a list in Markdown, linked where they gave an address. */
export function checkList(checks: readonly CheckShown[]): string {
  const named = checks.slice(0, 20).map(({ name, word, url }) => {
    const shown = url === null || !isPlainLink(url) ? code(name) : `[${code(name)}](${url})`
    return `${shown} (${inert(word)})`
  })
  return checks.length > 20 ? `${named.join(', ')} and ${checks.length - 20} more` : named.join(', ')
}

/** An address that ends where it should in Markdown, and in a table. */
function isPlainLink(url: string): boolean {
  return /^https?:\/\/[\w.~:/?#@!$&*+,;=%-]{1,2000}$/.test(url)
}
