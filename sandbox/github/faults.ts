import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { createFaultOrders, type Ordered } from '../fault-orders.ts'
import { callName } from './call-name.ts'
import { createFaultAnswers, type FaultAnswers } from './fault-answers.ts'
import { repositoryOf } from './repository-of.ts'

/** Everything that can be made to go wrong with a call. */
export const faultNames = [
  '502',
  '503',
  '504',
  'html-500',
  'secondary-limit',
  'secondary-limit-retry-after',
  '429',
  'remaining-0',
  'graphql-rate-limited',
  'graphql-partial',
  'reset',
  'hang',
  'truncated-json',
  '401',
  '404-once',
  'stale',
  'redirect',
] as const

export type FaultName = (typeof faultNames)[number]

/**
 * `call` is a recorded call (`POST /repos/{owner}/{repo}/git/refs`, `POST /graphql ReadPull`), its beginning followed by `*`,
 * `POST /graphql` for every query, or a method with a real path. The fault strikes from the `nth` matching call on (1 = the next one),
 * `times` times. `before`: the call never happened; `after`: it happened and the answer was lost. `seconds`: how long a limit lasts or a
 * call hangs. `repository`: its name; only calls about it are struck.
 */
export const faultOrderSchema = z
  .strictObject({
    call: z.string().min(1),
    nth: z.int().min(1).default(1),
    times: z.int().min(1).default(1),
    fault: z.enum(faultNames),
    phase: z.enum(['before', 'after']).default('before'),
    by: z.string().default('waybill'),
    seconds: z.number().min(0).max(60).optional(),
    repository: z.string().optional(),
  })
  .refine((order) => !order.fault.startsWith('graphql-') || order.call.startsWith('POST /graphql'), {
    message: 'a graphql fault needs a call that begins with POST /graphql',
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

/** Faults on order. Mount it within the recorder and the rate limit, around all else. One call is struck by at most one fault. */
export function createFaults(options: {
  readonly callerOf: (request: Request) => string
  readonly now: () => number
}): Faults {
  const answers = createFaultAnswers({ now: options.now })
  const orders = createFaultOrders<FaultOrder>()
  const strike = ({ names, by, repository }: Called): Fault | undefined =>
    orders.strike((one) => {
      const here = one.repository === undefined || one.repository === repository
      return here && one.by === by && names.some((name) => matches(one.call, name))
    })

  return {
    middleware: async (c, next) => {
      const path = new URL(c.req.url).pathname
      if (path.startsWith('/_sandbox')) return next()
      const by = options.callerOf(c.req.raw)
      const names = [await callName(c.req), `${c.req.method} ${path}`]
      const fault = strike({ names, by, repository: await repositoryOf(c.req) })
      if (fault === undefined) await next()
      else await inflict(c, next, { fault, answers })
      if (fault === undefined) await answers.remember(c, by)
    },
    order: orders.order,
    list: orders.list,
    clear: orders.clear,
    close: answers.close,
  }
}

type Called = { readonly names: readonly string[]; readonly by: string; readonly repository: string | undefined }

function matches(call: string, name: string): boolean {
  if (call.endsWith('*')) return name.startsWith(call.slice(0, -1))
  return name === call || (call === 'POST /graphql' && name.startsWith('POST /graphql '))
}

/** Faults that change what the real answer said need that answer, whatever the phase. */
const needAnswer: ReadonlySet<FaultName> = new Set(['truncated-json', 'graphql-partial'])

async function inflict(
  c: Context,
  next: () => Promise<void>,
  { fault, answers }: { readonly fault: Fault; readonly answers: FaultAnswers },
): Promise<void> {
  if (fault.phase === 'after' || needAnswer.has(fault.fault)) await next()
  const answer = await answers.answer(c, fault)
  if (answer === undefined) {
    if (fault.phase === 'before') await next()
    return
  }
  // Hono would let the headers of the answer that is lost win.
  c.res = undefined
  c.res = answer
}
