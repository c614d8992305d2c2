export type ReadImports = {
  /** What is imported or exported from, by `import`, `export … from` or `import()`. */
  readonly imports: readonly string[]
  /** The same without `import type` and `export type`, which are gone when the program runs. */
  readonly atRunTime: readonly string[]
  readonly exportsDefault: boolean
  /** The file without comments and without the insides of texts. */
  readonly code: string
}

/**
 * A small scanner: it takes comments and texts out, so that words in them are not mistaken for code. What stands
 * between the braces of a template counts as text. It reads the house's own style, not every TypeScript.
 */
export function readImports(source: string): ReadImports {
  const texts: string[] = []
  const tokens =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g
  const code = source.replace(tokens, (token, at: number) => {
    if (token.startsWith('//') || token.startsWith('/*')) return ' '
    if (token.startsWith('/')) return isPattern(source, at) ? ' 0 ' : token
    texts.push(token.slice(1, -1))
    return `'${texts.length - 1}'`
  })
  const statements = /\b(?:import|export)\b[^'";=(]*?\bfrom\s*'(\d+)'|\bimport\s*'(\d+)'|\bimport\s*\(\s*'(\d+)'\s*\)/g
  const found = [...code.matchAll(statements)].map((match) => ({
    specifier: texts[Number(match[1] ?? match[2] ?? match[3])] ?? '',
    typeOnly: /^(?:import|export)\s+type\b(?!\s*,|\s+from\b)/.test(match[0]),
  }))
  return {
    imports: found.map(({ specifier }) => specifier),
    atRunTime: found.filter(({ typeOnly }) => !typeOnly).map(({ specifier }) => specifier),
    exportsDefault: /\bexport\s+default\b|\bas\s+default\b/.test(code),
    code,
  }
}

/** A slash begins a pattern where a value may begin, and divides elsewhere. */
function isPattern(source: string, at: number): boolean {
  const before = source.slice(Math.max(0, at - 20), at).trimEnd()
  return before === '' || /[=(,:[!&|?{};>]$|\breturn$/.test(before)
}
