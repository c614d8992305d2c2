import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { createFaultOrders, type Ordered } from '../fault-orders.ts'
import { callNames, isCallName } from './call-name.ts'
import { faultAnswer } from './fault-answer.ts'

/** Everything that can be made to go wrong with a call. */
export const faultNames = [
  '502',
  '503',
  '504',
  'html-500',
  'html-200',
  '401',
  '403',
  '404',
  'html-404',
  '429',
  'reset',
  'hang',
  'drip',
  'huge',
  'truncated-json',
  'redirect',
] as const

/**
 * `call` is a recorded call (`POST /jira/builds/0.1/cloud/{cloudId}/bulk`), its beginning followed by `*`, a method with a real path, or
 * the first segments of one (`GET /rest/api/3/issue` is every read below it).
 * The fault strikes from the `nth` matching call on (1 = the next one), `times` times. `before`: the call never happened; `after`: it
 * happened and the answer was lost. With `issue`, only calls that name that key in path or body match. `seconds`: what `Retry-After`
 * says, or how long a call hangs or drips.
 */
export const faultOrderSchema = z.strictObject({
  call: z.string().min(1),
  nth: z.int().min(1).default(1),
  times: z.int().min(1).default(1),
  fault: z.enum(faultNames),
  phase: z.enum(['before', 'after']).default('before'),
  issue: z.string().optional(),
  seconds: z.number().min(0).max(60).optional(),
})

export type FaultOrder = z.infer<typeof faultOrderSchema>

export type Fault = Ordered<FaultOrder>

export type Faults = {
  readonly middleware: MiddlewareHandler
  readonly order: (order: FaultOrder) => Fault
  readonly list: () => readonly Fault[]
  readonly clear: () => void
  /** Ends every hanging call. */
  readonly close: () => void
}

/** Faults on order. Mount it within the recorder, around all else. One call is struck by at most one fault. */
export function createFaults(): Faults {
  const closing = new AbortController()
  const orders = createFaultOrders<FaultOrder>()
  const strike = async (c: Context): Promise<Fault | undefined> => {
    const names = callNames(c.req.method, c.req.path)
    const text = `${c.req.path} ${await c.req.text()}`
    return orders.strike((one) => names.some((name) => matches(one.call, name)) && mentions(text, one.issue))
  }

  return {
    middleware: async (c, next) => {
      const fault = c.req.path.startsWith('/_sandbox') ? undefined : await strike(c)
      if (fault === undefined) return next()
      if (fault.phase === 'after' || fault.fault === 'truncated-json') await next()
      const answer = await faultAnswer(c, fault, closing.signal)
      // Hono would let the headers of the answer that is lost win.
      c.res = undefined
      c.res = answer
    },
    order: orders.order,
    list: orders.list,
    clear: orders.clear,
    close: () => closing.abort(),
  }
}

function matches(call: string, name: string): boolean {
  if (call.endsWith('*')) return name.startsWith(call.slice(0, -1))
  return name === call || (!isCallName(call) && name.startsWith(`${call}/`))
}

function mentions(text: string, key: string | undefined): boolean {
  return key === undefined || text.split(/[^A-Za-z0-9_-]+/).includes(key)
}
