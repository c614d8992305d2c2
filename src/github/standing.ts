import { Failed } from '../model/failure.ts'
import type { Limit, Limits } from '../reconcile/world/limits.ts'
import type { Log } from '../reconcile/world/log.ts'
import { createKnownLimits } from './known-limits.ts'
import type { Pace } from './pace.ts'
import { readLimit } from './read-limit.ts'

/** Knows, per installation, until when GitHub is not to be called; shared with the other processes through `limits`. */
export type Standing = {
  /**
   * Rejects with `Failed` busy while a limit or an outage lasts; nothing is sent then. After an outage one call in all
   * processes is let through to see whether GitHub is back; the others ask soon again what became of it.
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
  const soonest = pace.pauses.at(-1) ?? 0
  /** What becomes of a try is mostly known at once: it is asked for soon, and then less and less often. */
  const whenAgain = ({ until, probing }: Limit) => {
    const since = now() - (until - lastPause)
    return probing ? Math.min(until, now() + Math.max(soonest, since)) : until
  }
  const succeeded = async (installation: string) => {
    outages.delete(installation)
    await known.end(installation)
  }
  return {
    check: async (installation) => {
      const limit = await known.get(installation)
      if (limit === undefined) return
      if (now() < limit.until) throw new Failed({ kind: 'busy', until: whenAgain(limit), cause: limit.cause })
      if (!limit.outage) return known.forget(installation)
      const probing = { ...limit, until: now() + lastPause, probing: true }
      if (await known.probe(probing)) return
      throw new Failed({ kind: 'busy', until: whenAgain(probing), cause: limit.cause })
    },
    succeeded,
    failed: async (installation, error) => {
      if (error instanceof Failed) return error
      const limit = readLimit(error, { now: now(), pace })
      if (limit !== null) return known.keep({ installation, ...limit, outage: false, probing: false })
      const cause = outageOf(error)
      if (cause === null) {
        if (isAnswer(error)) await succeeded(installation)
        return null
      }
      const count = outages.get(installation) ?? 0
      outages.set(installation, count + 1)
      const wait = pace.outages[Math.min(count, pace.outages.length - 1)] ?? lastPause
      return known.keep({ installation, until: now() + wait, cause, outage: true, probing: false })
    },
    limited: (installation, until, cause) => known.keep({ installation, until, cause, outage: false, probing: false }),
  }
}

/** GitHub refused something, and so it is there. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'response' in error && error.response !== undefined
}

/** No answer at all, or one from in front of GitHub's own programs. */
function outageOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  if (!('response' in error) || error.response === undefined) return 'GitHub did not answer'
  return error.status >= 500 && error.status !== 501 ? `GitHub answered ${error.status}` : null
}
