/** Runs over all items, `most` at a time. Ends when all have; the first that rejects ends the turns not yet begun. */
export async function inTurns<T>(items: readonly T[], most: number, run: (item: T) => Promise<void>): Promise<void> {
  const left = items.values()
  const work = async () => {
    for (const item of left) await run(item)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work))
}
