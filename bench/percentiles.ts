/** The 50th, 95th and 99th percentile of times in ms, by nearest rank. */
export function percentiles(times: readonly number[], digits = 0): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(digits)
  return `${at(0.5)}, ${at(0.95)}, ${at(0.99)} ms`
}

/** One of them, by nearest rank; `share` is 0.99 for the 99th. */
export function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0
}
