import type { Context, MiddlewareHandler } from 'hono'

/** What is said of every request that arrives. */
export type Arrived = {
  /** When it arrived: milliseconds since 1970, UTC. */
  readonly at: number
  /** Whose credentials it carried. */
  readonly by: string
  /** See `callName`. */
  readonly call: string
}

export type Recorder<Request extends Arrived> = {
  readonly middleware: MiddlewareHandler
  /** As `GET /_sandbox/requests` shows them. `status` is what was sent; 0 when the connection was reset. */
  readonly requests: (by?: string) => readonly (Request & { readonly status: number })[]
  readonly clear: () => void
}

/** Records every request but those to `/_sandbox`, in order of arrival. Mount it before everything else. */
export function recordRequests<Request extends Arrived>(describe: (c: Context) => Promise<Request>): Recorder<Request> {
  const recorded: (Request & { status: number })[] = []
  return {
    middleware: async (c, next) => {
      if (c.req.path.startsWith('/_sandbox')) return next()
      const entry = { ...(await describe(c)), status: 0 }
      recorded.push(entry)
      await next()
      entry.status = c.res.headers.has('x-hono-already-sent') ? 0 : c.res.status
    },
    requests: (by) => recorded.filter((one) => by === undefined || one.by === by),
    clear: () => {
      recorded.length = 0
    },
  }
}
