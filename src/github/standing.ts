import { Failed, type Failure } from '../model/failure.ts'
import type { Log } from '../reconcile/world.ts'
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

/** ms to wait after the first, second, … failure in a row to reach GitHub at all. */
const outagePauses = [2000, 5000, 10_000, 20_000, 30_000]

export function createStanding({ now, log }: { readonly now: () => number; readonly log: Log }): Standing {
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
      const limit = readLimit(error, now())
      if (limit !== null) return remember(installation, limit.until, limit.cause)
      const cause = outageOf(error)
      if (cause === null) return null
      const count = outages.get(installation) ?? 0
      outages.set(installation, count + 1)
      return remember(installation, now() + (outagePauses[Math.min(count, outagePauses.length - 1)] ?? 30_000), cause)
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
