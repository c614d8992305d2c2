/** A figure at a time (ms, UTC). */
export type Sample = { readonly at: number; readonly value: number }

/** By how much a figure grows in a minute: the straight line that fits all samples best. 0 for fewer than two. */
export function slopeOf(samples: readonly Sample[]): number {
  const count = samples.length
  if (count < 2) return 0
  const middle = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / count
  const [at, value] = [middle(samples.map((one) => one.at)), middle(samples.map((one) => one.value))]
  const spread = samples.reduce((sum, one) => sum + (one.at - at) ** 2, 0)
  const together = samples.reduce((sum, one) => sum + (one.at - at) * (one.value - value), 0)
  return spread === 0 ? 0 : (together / spread) * 60_000
}
