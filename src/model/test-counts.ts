/** How many tests a check run says it ran, and how they went. `total` is at least the sum of the others. */
export type TestCounts = {
  readonly total: number
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Longer outputs are lists of failures; what counts is said at the beginning. */
const longest = 2000

/** A number and what it counts: `148 passed`, `150 tests`, `2 💤`. The bounds keep the scan linear. */
const counted =
  /(?<![\d.,])(\d{1,7}) {1,3}(tests?|total|passed|passing|pass|failed|failing|failures?|skipped|pending|✅|❌|💤)(?![\p{L}\d])/giu

/**
 * The counts in a check run's title and summary, as the usual reporters write them. Null unless it names how many passed and
 * one thing more: a single number is no report.
 */
export function parseTestCounts(output: string): TestCounts | null {
  const first = new Map<string, number>()
  for (const [, number = '', word = ''] of output.slice(0, longest).matchAll(counted)) {
    const name = meaningOf(word.toLowerCase())
    if (!first.has(name)) first.set(name, Number(number))
  }
  const passed = first.get('passed')
  if (passed === undefined || first.size < 2) return null
  const failed = first.get('failed') ?? 0
  const skipped = first.get('skipped') ?? 0
  return { total: Math.max(first.get('total') ?? 0, passed + failed + skipped), passed, failed, skipped }
}

function meaningOf(word: string): 'total' | 'passed' | 'failed' | 'skipped' {
  if (/^(?:test|total)/.test(word)) return 'total'
  if (/^(?:pass|✅)/.test(word)) return 'passed'
  return /^(?:skip|pending|💤)/.test(word) ? 'skipped' : 'failed'
}
