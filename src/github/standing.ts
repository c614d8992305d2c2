import { Failed } from '../model/failure.ts'
import type { Limits } from '../reconcile/world/limits.ts'
import type { Log } from '../reconcile/world/log.ts'
import { createKnownLimits } from './known-limits.ts'
import type { Pace } from './pace.ts'
import { readLimit } from './read-limit.ts'

/** Knows, per installation, until when GitHub is not to be called; shared with the other processes through `limits`. */
export type Standing = {
  /**
   * Rejects with `Failed` busy while a limit or an outage lasts; nothing is sent then. After an outage one call in all
   * processes is let through to see whether GitHub is back; the others wait for what becomes of it.
   */
  check(installation: string): Promise<void>
  succeeded(installation: string): Promise<void>
  /** The failure that an error of a request stands for, where it concerns the whole installation; else null. */
  failed(installation: string, error: unknown): Promise<Failed | null>
  limited(installation: string, until: number, cause: string): Promise<Failed>
}

export type StandingOptions = {
  readonly now: () => number
  readonly log: Log
  readonly pace: Pace
  readonly limits: Limits
}

export function createStanding({ now, log, pace, limits }: StandingOptions): Standing {
  const known = createKnownLimits({ now, log, limits })
  const outages = new Map<string, number>()
  const lastPause = pace.outages.at(-1) ?? pace.unnamed
  return {
    check: async (installation) => {
      const limit = await known.get(installation)
      if (limit === undefined) return
      if (now() < limit.until) throw new Failed({ kind: 'busy', until: limit.until, cause: limit.cause })
      if (!limit.outage) return known.forget(installation)
      const probing = { ...limit, until: now() + lastPause }
      if (await known.probe(probing)) return
      throw new Failed({ kind: 'busy', until: probing.until, cause: limit.cause })
    },
    succeeded: async (installation) => {
      outages.delete(installation)
      await known.end(installation)
    },
    failed: async (installation, error) => {
      if (error instanceof Failed) return error
      const limit = readLimit(error, { now: now(), pace })
      if (limit !== null) return known.keep({ installation, ...limit, outage: false })
      const cause = outageOf(error)
      if (cause === null) return null
      const count = outages.get(installation) ?? 0
      outages.set(installation, count + 1)
      const wait = pace.outages[Math.min(count, pace.outages.length - 1)] ?? lastPause
      return known.keep({ installation, until: now() + wait, cause, outage: true })
    },
    limited: (installation, until, cause) => known.keep({ installation, until, cause, outage: false }),
  }
}

/** No answer at all, or one from in front of GitHub's own programs. */
function outageOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  if (!('response' in error) || error.response === undefined) return 'GitHub did not answer'
  return error.status >= 500 && error.status !== 501 ? `GitHub answered ${error.status}` : null
}
