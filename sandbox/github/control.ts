import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type Faults, faultOrderSchema } from './faults.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Recorder } from './recorder.ts'
import { fullName } from './rest/serialize-repository.ts'
import type { Repository } from './state/repository.ts'
import { type Webhooks, webhookModes } from './webhooks.ts'

export type RepositoryOrder = {
  readonly name: string
  /** The text of `.github/waybill.yml`; undefined = the sandbox's own, null = none. */
  readonly config?: string | null | undefined
  /** Whether `main` is protected. */
  readonly protect?: boolean | undefined
  /** Whether `main` is merged into through a merge queue. */
  readonly mergeQueue?: boolean | undefined
}

/** A job of GitHub Actions with an environment, which waits for this App's protection rule. */
export type RunOrder = {
  /** `owner/name` */
  readonly repository: string
  /** Who started it. */
  readonly by: string
  readonly environment: string
  /** Branch or tag. */
  readonly ref: string
}

export type RunEnd = {
  readonly repository: string
  readonly run: number
  readonly conclusion: 'success' | 'failure'
}

export type ControlOptions = {
  readonly recorder: Recorder
  readonly faults: Faults
  readonly webhooks: Webhooks
  readonly rateLimit: RateLimit
  readonly violations: string[]
  /** Null where there is no such repository, or no such person. */
  readonly fork: (order: ForkOrder) => Promise<Repository | null>
  /** False where there is no such repository. */
  readonly requireQueue: (order: QueueOrder) => boolean
  readonly createRepository: (order: RepositoryOrder) => Promise<Repository>
  readonly startRun: (order: RunOrder) => Promise<{ readonly id: number }>
  readonly finishRun: (order: RunEnd) => void
}

const repositorySchema = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/),
  config: z.string().nullable().optional(),
  protect: z.boolean().optional(),
  mergeQueue: z.boolean().optional(),
})

const forkSchema = z.strictObject({ repository: z.string(), by: z.string() })

/** A person forks a repository. */
export type ForkOrder = z.output<typeof forkSchema>

const queueSchema = z.strictObject({ repository: z.string(), branch: z.string().default('main') })

/** Asks for a merge queue on a branch, as an administrator does in the branch's settings. */
export type QueueOrder = z.output<typeof queueSchema>

const webhooksSchema = z.strictObject({
  url: z.url().optional(),
  secret: z.string().min(1).optional(),
  mode: z.enum(webhookModes).optional(),
  release: z.boolean().optional(),
  repository: z.string().optional(),
})

const quotaSchema = z.strictObject({
  by: z.string().default('waybill'),
  pool: z.enum(['core', 'graphql']),
  remaining: z.int().min(0),
})

const runSchema = z.strictObject({
  repository: z.string(),
  by: z.string(),
  environment: z.string().min(1),
  ref: z.string().min(1),
})

const runEndSchema = z.strictObject({
  repository: z.string(),
  run: z.int(),
  conclusion: z.enum(['success', 'failure']),
})

/**
 * Everything below `/_sandbox`: what happened (`requests`, `violations`), what is to go wrong (`faults`, `webhooks`, `rate-limit`), and
 * fresh repositories. No token is needed; a bad order is answered 422 with what is wrong.
 */
export function controlRoutes(options: ControlOptions): Hono {
  const { violations, createRepository, fork, requireQueue, rateLimit, startRun, finishRun } = options
  const routes = new Hono().basePath('/_sandbox')
  routes.route('/', observationRoutes(options))
  routes.route('/', disturbanceRoutes(options))
  routes.get('/violations', (c) => c.json(violations))
  routes.delete('/violations', (c) => {
    violations.length = 0
    return c.body(null, 204)
  })
  routes.post('/rate-limit', (c) => obey(c, quotaSchema, (order) => rateLimit.leave(order)))
  routes.post('/forks', (c) =>
    obey(c, forkSchema, async (order) => {
      const made = await fork(order)
      return made === null ? { message: 'There is no such repository or person' } : { full_name: fullName(made) }
    }),
  )
  routes.post('/merge-queues', (c) =>
    obey(c, queueSchema, (order) => (requireQueue(order) ? order : { message: 'There is no such repository' })),
  )
  routes.post('/repositories', (c) =>
    obey(c, repositorySchema, async (order) => {
      const { id, name, owner } = await createRepository(order)
      return { id, name, owner: owner.login, full_name: `${owner.login}/${name}` }
    }),
  )
  routes.post('/runs', (c) => obey(c, runSchema, startRun))
  routes.post('/runs/end', (c) => obey(c, runEndSchema, finishRun))
  return routes
}

/** All requests, or those of one caller and about one repository. */
function asked(recorder: Recorder, { by, repository }: Readonly<Record<string, string>>) {
  return recorder.requests(by).filter((one) => repository === undefined || one.repository === repository)
}

function observationRoutes({ recorder, webhooks }: ControlOptions): Hono {
  const routes = new Hono()
  routes.get('/requests', (c) => c.json(asked(recorder, c.req.query())))
  routes.delete('/requests', (c) => {
    recorder.clear()
    return c.body(null, 204)
  })
  routes.get('/webhooks', (c) => c.json(webhooks.status()))
  return routes
}

function disturbanceRoutes({ faults, webhooks }: ControlOptions): Hono {
  const routes = new Hono()
  routes.get('/faults', (c) => c.json(faults.list()))
  routes.post('/faults', (c) => obey(c, faultOrderSchema, (order) => faults.order(order)))
  routes.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
  routes.post('/webhooks', (c) =>
    obey(c, webhooksSchema, (order) => {
      webhooks.order(order)
      return webhooks.status()
    }),
  )
  return routes
}

/** Reads the order, carries it out, and answers 201 with what came of it. */
async function obey<T>(c: Context, schema: z.ZodType<T>, carryOut: (order: T) => unknown): Promise<Response> {
  const order = schema.safeParse(await c.req.json().catch(() => undefined))
  if (!order.success) return c.json({ message: z.prettifyError(order.error) }, 422)
  return c.json((await carryOut(order.data)) ?? {}, 201)
}
