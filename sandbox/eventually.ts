import { setTimeout as pause } from 'node:timers/promises'

/**
 * Asks again and again, `every` so many ms, until the answer is not null, at most `within` ms (default 20 s). Rejects
 * with what was waited for and what was seen last.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null>,
  within = 20_000,
  every = 50,
): Promise<T> {
  const deadline = Date.now() + within
  let last = 'nothing'
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== null) return answer
      last = 'not yet'
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await pause(every)
  }
  throw new Error(`waited ${within} ms for ${what}; seen last: ${last}`)
}
