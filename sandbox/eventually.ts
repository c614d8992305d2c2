import { setTimeout as pause } from 'node:timers/promises'

/**
 * Asks again and again until the answer is not null, at most `within` ms (by default as long as a busy machine may
 * need): soon at first, then every `every` ms, since asking takes time from what is waited for. Rejects with what was waited for and what was seen last.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null>,
  within = 40_000,
  every = 200,
): Promise<T> {
  const deadline = Date.now() + within
  let last = 'nothing'
  let next = Math.min(every, 30)
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== null) return answer
      last = 'not yet'
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await pause(next)
    next = Math.min(every, next * 1.4)
  }
  throw new Error(`waited ${within} ms for ${what}; seen last: ${last}`)
}
