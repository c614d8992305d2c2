import type { MiddlewareHandler } from 'hono'
import { callerOf } from './authorise.ts'
import { callName } from './call-name.ts'
import type { JiraState } from './state.ts'

/** One request, as `GET /_sandbox/requests` shows it. */
export type RecordedRequest = {
  /** When it arrived: milliseconds since 1970, UTC. */
  readonly at: number
  /** Whose credentials it carried; an empty text for none, or wrong ones. */
  readonly by: string
  /** See `callName`. */
  readonly call: string
  /** The status that was sent; 0 when the connection was reset. */
  readonly status: number
}

export type Recorder = {
  readonly middleware: MiddlewareHandler
  readonly requests: (by?: string) => readonly RecordedRequest[]
  readonly clear: () => void
}

/** Records every request but those to `/_sandbox`, in order of arrival. Mount it before everything else. */
export function createRecorder(state: JiraState): Recorder {
  const recorded: { -readonly [key in keyof RecordedRequest]: RecordedRequest[key] }[] = []
  return {
    middleware: async (c, next) => {
      if (c.req.path.startsWith('/_sandbox')) return next()
      const call = callName(c.req.method, c.req.path)
      const entry = { at: state.now(), by: callerOf(state, c.req.raw.headers), call, status: 0 }
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
