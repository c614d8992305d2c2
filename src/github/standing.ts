import { Failed, type Failure } from '../model/failure.ts'
import type { Log } from '../reconcile/world.ts'
import type { Pace } from './pace.ts'
import { readLimit } from './read-limit.ts'

/** Remembers, per installation, until when GitHub is not to be called. */
export type Standing = {
  /** Throws `Failed` busy while a limit or an outage lasts; nothing is sent then. */
  check(installation: string): void
  succeeded(installation: string): void
  /** The failure that an error of a request stands for, where it concerns the whole installation; else null. */
  failed(installation: string, error: unknown): Failed | null
  limited(installation: string, until: number, cause: string): Failed
}

export function createStanding({
  now,
  log,
  pace,
}: {
  readonly now: () => number
  readonly log: Log
  readonly pace: Pace
}): Standing {
  const busy = new Map<string, Extract<Failure, { kind: 'busy' }>>()
  const outages = new Map<string, number>()
  const remember = (installation: string, until: number, cause: string): Failed => {
    const failure = { kind: 'busy', until, cause } as const
    busy.set(installation, failure)
    log.warn({ installation, until, cause }, 'GitHub is not called for a while')
    return new Failed(failure)
  }
  return {
    check: (installation) => {
      const failure = busy.get(installation)
      if (failure === undefined) return
      if (now() < failure.until) throw new Failed(failure)
      busy.delete(installation)
    },
    succeeded: (installation) => {
      outages.delete(installation)
    },
    failed: (installation, error) => {
      if (error instanceof Failed) return error
      const limit = readLimit(error, { now: now(), pace })
      if (limit !== null) return remember(installation, limit.until, limit.cause)
      const cause = outageOf(error)
      if (cause === null) return null
      const count = outages.get(installation) ?? 0
      outages.set(installation, count + 1)
      const wait = pace.outages[Math.min(count, pace.outages.length - 1)] ?? pace.unnamed
      return remember(installation, now() + wait, cause)
    },
    limited: remember,
  }
}

/** No answer at all, or one from in front of GitHub's own programs. */
function outageOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  if (!('response' in error) || error.response === undefined) return 'GitHub did not answer'
  return error.status >= 500 && error.status !== 501 ? `GitHub answered ${error.status}` : null
}
