export type Pump = {
  /** There may be something to do: now, or right after what is being done. */
  wake(): void
  /** Does nothing any more; resolves when the last round is over. */
  stop(): Promise<void>
}

export type PumpOptions = {
  readonly once: () => Promise<'more' | 'enough'>
  /** Called when a failure begins, and not again until a round succeeded. The next `wake` tries again. */
  readonly failed: (cause: string) => void
}

/** Repeats `once` until there is enough, one at a time, however often it is woken. */
export function createPump({ once, failed }: PumpOptions): Pump {
  let stopped = false
  let wanted = false
  let failing = false
  let turning: Promise<void> | null = null
  const rounds = async () => {
    while (wanted && !stopped) {
      wanted = false
      while (!stopped && (await once()) === 'more');
      failing = false
    }
  }
  const turn = async () => {
    let threw = false
    await rounds().catch((error: unknown) => {
      threw = true
      if (!failing) failed(error instanceof Error ? error.message : String(error))
      failing = true
    })
    turning = null
    if (wanted && !threw) wake()
  }
  const wake = () => {
    if (stopped) return
    wanted = true
    turning ??= turn()
  }
  return {
    wake,
    stop: async () => {
      stopped = true
      await turning
    },
  }
}
