import { setTimeout as pause } from 'node:timers/promises'
import type { Sandbox } from '../sandbox/start-sandbox.ts'

/** Calls of Waybill at the sandbox's GitHub that belong to a change: token exchanges and the idle sweep do not. */
const ofNoChange = /access_tokens|\/installations|\/installation\/|GET \/app|SweepRefs/

/** What Waybill called since the last time it was asked. */
export function createCounter({ github }: Pick<Sandbox, 'github'>) {
  const requests = async (): Promise<readonly string[]> => {
    const answer: unknown = await (await fetch(`${github.url}/_sandbox/requests?by=waybill`)).json()
    return Array.isArray(answer) ? answer.map((one: { readonly call: string }) => one.call) : []
  }
  let taken = 0
  return {
    /** Waits until Waybill called nothing for `silence` ms, and answers what it called since the last time. */
    async untilQuiet(silence = 3200): Promise<readonly string[]> {
      let seen = -1
      for (let quiet = 0; quiet < silence; quiet += 100) {
        const now = (await requests()).length
        if (now !== seen) quiet = 0
        seen = now
        await pause(100)
      }
      return this.take()
    },
    async take(): Promise<readonly string[]> {
      const all = await requests()
      const fresh = all.slice(taken)
      taken = all.length
      return fresh.filter((call) => !ofNoChange.test(call))
    },
  }
}

/** Each call with how often it was made, the most frequent first. */
export function byKind(calls: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const call of calls) counts.set(call, (counts.get(call) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([call, times]) => `${String(times).padStart(5)}  ${call}`)
}
