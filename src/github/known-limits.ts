import { Failed } from '../model/failure.ts'
import type { Limit, Limits } from '../reconcile/world/limits.ts'
import type { Log } from '../reconcile/world/log.ts'

type Options = { readonly now: () => number; readonly log: Log; readonly limits: Limits }

/** How often it is asked at most what other processes were told (ms). */
const refresh = 2000

/** The limits this process knows, its own and those of the others. Where they can't be shared, its own still hold. */
export function createKnownLimits({ now, log, limits }: Options) {
  const known = new Map<string, Limit>()
  /** When this process wanted to try: others may not see it at once. */
  const claimed = new Map<string, number>()
  let refreshed = Number.NEGATIVE_INFINITY
  /** What others were told, and that GitHub answered one of them again. */
  const learn = (told: readonly Limit[] | null) => {
    if (told === null) return
    for (const limit of told) {
      const own = known.get(limit.installation)
      if (own === undefined || own.until < limit.until || own.probing) known.set(limit.installation, limit)
    }
    const lasting = new Set(told.map((limit) => limit.installation))
    for (const [installation, { probing }] of known) {
      const long = now() - (claimed.get(installation) ?? Number.NEGATIVE_INFINITY) >= refresh
      if (probing && long && !lasting.has(installation)) known.delete(installation)
    }
  }
  const shared = <T>(call: Promise<T>, otherwise: T): Promise<T> =>
    call.catch((error: unknown) => {
      log.warn({ cause: error instanceof Error ? error.message : 'unknown' }, 'limits could not be shared')
      return otherwise
    })
  return {
    async get(installation: string): Promise<Limit | undefined> {
      if (now() - refreshed >= refresh) {
        refreshed = now()
        learn(await shared(limits.read(now()), null))
      }
      return known.get(installation)
    },
    async keep(limit: Limit): Promise<Failed> {
      const { installation, until, cause } = limit
      known.set(installation, limit)
      log.warn({ installation, until, cause }, 'GitHub is not called for a while')
      await shared(limits.keep(limit, now()), undefined)
      return new Failed({ kind: 'busy', until, cause })
    },
    /** Whether this call, of all in all processes, is the one to try; nobody else is before `until`. */
    async probe(limit: Limit): Promise<boolean> {
      known.set(limit.installation, limit)
      claimed.set(limit.installation, now())
      return shared(limits.claimProbe(limit, now()), true)
    },
    forget: (installation: string) => void known.delete(installation),
    /** GitHub answers again. */
    async end(installation: string): Promise<void> {
      if (known.get(installation)?.outage !== true) return
      known.delete(installation)
      await shared(limits.end(installation), undefined)
    },
  }
}
