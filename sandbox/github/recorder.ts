import type { MiddlewareHandler } from 'hono'
import { callName } from './call-name.ts'
import { repositoryOf } from './repository-of.ts'

/** One request, as `GET /_sandbox/requests` shows it. */
export type RecordedRequest = {
  /** When it arrived: milliseconds since 1970, UTC. */
  readonly at: number
  /** Who holds its token: a login (`developer`), an App's slug (`waybill`, `ci`, `deployer`), or an empty text. */
  readonly by: string
  /** See `callName`. */
  readonly call: string
  /** The name of the repository it is about; empty where it names none. */
  readonly repository: string
  /** The status that was sent; 0 when the connection was reset. */
  readonly status: number
}

export type Recorder = {
  readonly middleware: MiddlewareHandler
  readonly requests: (by?: string) => readonly RecordedRequest[]
  readonly clear: () => void
}

/** Records every request but those to `/_sandbox`, in order of arrival. Mount it before everything else. */
export function createRecorder(options: {
  readonly callerOf: (request: Request) => string
  readonly now: () => number
}): Recorder {
  const recorded: { -readonly [key in keyof RecordedRequest]: RecordedRequest[key] }[] = []
  return {
    middleware: async (c, next) => {
      if (new URL(c.req.url).pathname.startsWith('/_sandbox')) return next()
      const by = options.callerOf(c.req.raw)
      const repository = (await repositoryOf(c.req)) ?? ''
      const entry = { at: options.now(), by, call: await callName(c.req), repository, status: 0 }
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
