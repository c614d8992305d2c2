import type { CheckShown } from '../model/check.ts'
import { code, inert } from './inert.ts'
import { link } from './link.ts'

/** Checks as a list in Markdown, linked where they gave an address. */
export function checkList(checks: readonly CheckShown[]): string {
  const named = checks.slice(0, 20).map(({ name, word, url }) => {
    const shown = url === null ? code(name) : link(code(name), url)
    return `${shown} (${inert(word.replaceAll('_', ' '))})`
  })
  return checks.length > 20 ? `${named.join(', ')} and ${checks.length - 20} more` : named.join(', ')
}
