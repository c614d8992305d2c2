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

/** Levenshtein's distance; long keys are cut, since no known key is longer than 40. */
function distanceOf(from: string, to: string): number {
  const a = from.slice(0, 40)
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
