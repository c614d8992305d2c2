import { type Target, targets } from './targets.ts'

export type Fuzzed = {
  readonly name: string
  readonly inputs: number
  /** The longest that one input kept the thread busy (ms of its own time, whatever else the machine does). */
  readonly worst: number
}

/** Feeds so many inputs to all targets together. Rejects with the smallest input that made one throw. */
export async function runFuzz(inputs: number, seed: number): Promise<readonly Fuzzed[]> {
  const results: Fuzzed[] = []
  for (const target of targets) results.push(await fuzz(target, Math.ceil((inputs * target.share) / 1000), seed))
  return results
}

async function fuzz({ name, feed }: Target, count: number, seed: number): Promise<Fuzzed> {
  let worst = 0
  const each = async (read: () => unknown) => {
    const before = process.threadCpuUsage()
    const answer = read()
    const { user, system } = process.threadCpuUsage(before)
    worst = Math.max(worst, (user + system) / 1000)
    await answer
  }
  await feed({ numRuns: count, seed }, each).catch((error: unknown) => {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  })
  return { name, inputs: count, worst }
}
