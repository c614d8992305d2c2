import type { YAMLError } from 'yaml'

const noValue = 'this is no key with a value; is a space missing after its colon?'
const noText = 'a key must be a plain text; a value that begins with { has to stand in quotes'

/** What the parser says of its own functions, or of grammar that nobody has at hand, in words that say how to mend it. */
const said: Readonly<Record<string, string>> = {
  BAD_SCALAR_START: 'a value that begins with @, ` or % has to stand in quotes: "@org/team"',
  BAD_ALIAS: 'a value that begins with * or & has to stand in quotes: "*"',
  MULTILINE_IMPLICIT_KEY: noValue,
  NON_STRING_KEY: noText,
  MULTIPLE_DOCS: 'it goes on after a line ---; keep one document',
}

const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/

/** Why a text is no YAML, as a sentence behind "it". `line` is the text of the line it is about. */
export function yamlProblem({ code, message }: YAMLError, line: string): string {
  if (conflict.test(line)) return 'holds a mark of a merge conflict; keep one side, and take the marks out'
  return `is not valid YAML: ${said[code] ?? guessed(message, line) ?? message}`
}

function guessed(message: string, line: string): string | null {
  if (message.startsWith('Implicit map keys')) return noValue
  return /(?:^\s*- |\[\s*)\{\w+\}./.test(line) ? noText : null
}
