/** So many hints that come in together are more than can be worked on at the same time. */
const many = 10

/** More is coming in than can be worked on at the same time. */
export type Downpour = {
  /** So many hints came in together. */
  readonly came: (hints: number) => void
  readonly lasts: () => boolean
  /** Calls back each time it is over. */
  readonly whenOver: (call: () => void) => void
}

/** It is over so long (ms) after many came for the last time. */
export function createDownpour(dries: number): Downpour {
  let timer: NodeJS.Timeout | null = null
  const calls: (() => void)[] = []
  const end = () => {
    timer = null
    for (const call of calls) call()
  }
  return {
    came: (hints) => {
      if (hints >= many) timer = timer?.refresh() ?? setTimeout(end, dries).unref()
    },
    lasts: () => timer !== null,
    whenOver: (call) => {
      calls.push(call)
    },
  }
}
