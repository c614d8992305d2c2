/** The known name (the last part of a path) that a misspelt one is nearest to, or null where none is near. */
export function nearestName(key: string, known: readonly string[]): string | null {
  const spelt = key.toLowerCase().replaceAll('_', '-')
  const near = known
    .map((one) => ({ one, last: one.split('.').at(-1) ?? one }))
    .map(({ one, last }) => ({ one, last, distance: distanceOf(spelt, last) }))
    .filter(({ last, distance }) => distance <= Math.max(1, last.length / 3))
    .toSorted((a, b) => a.distance - b.distance)[0]
  return near?.one ?? null
}

/**
 * Levenshtein's distance, where two neighbours that changed places count as one step (`mrege`); long keys are cut, since
 * no known key is longer than 40.
 */
function distanceOf(from: string, to: string): number {
  const a = from.slice(0, 40)
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const other = (row[j - 1] ?? 0) + (a[i - 1] === to[j - 1] ? 0 : 1)
      const isSwapped = a[i - 1] === to[j - 2] && a[i - 2] === to[j - 1]
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : other
      next.push(Math.min(other, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}
