import { Hono } from 'hono'
import { forkRepository } from './acts/fork-repository.ts'
import { settleQueues } from './acts/merge-queue.ts'
import { authenticate, callerOf } from './authenticate.ts'
import { conditionalReads } from './conditional.ts'
import { contractMiddleware } from './contracts.ts'
import { controlRoutes, type ForkOrder, type QueueOrder } from './control.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { exclusive } from './exclusive.ts'
import { createFaults, type Faults } from './faults.ts'
import { gitHttpRoutes } from './git-http.ts'
import { graphqlRoute } from './graphql/graphql-route.ts'
import { createRateLimit } from './rate-limit.ts'
import { createRecorder } from './recorder.ts'
import { Refusal } from './refusal.ts'
import { appRoutes } from './rest/app-routes.ts'
import { checkRoutes } from './rest/check-routes.ts'
import { commentRoutes } from './rest/comment-routes.ts'
import { commitRoutes } from './rest/commit-routes.ts'
import { contentRoutes } from './rest/content-routes.ts'
import { deploymentRoutes } from './rest/deployment-routes.ts'
import { pressRoute } from './rest/press-route.ts'
import { pullRoutes } from './rest/pull-routes.ts'
import { refRoutes } from './rest/ref-routes.ts'
import { releaseRoutes } from './rest/release-routes.ts'
import { repositoryRoutes } from './rest/repository-routes.ts'
import { createRestApp } from './rest/rest-app.ts'
import { reviewRoutes } from './rest/review-routes.ts'
import { rulesetRoutes } from './rest/ruleset-routes.ts'
import { runRoutes } from './rest/run-routes.ts'
import { fullName } from './rest/serialize-repository.ts'
import { statusRoutes } from './rest/status-routes.ts'
import { collaboratorRoutes, userRoutes } from './rest/user-routes.ts'
import { runOrders } from './run-orders.ts'
import type { Repository } from './state/repository.ts'
import type { State } from './state.ts'
import { createWebhooks, type Webhooks } from './webhooks.ts'
import type { World } from './world.ts'

export type GitHubApp = {
  readonly app: Hono
  readonly webhooks: Webhooks
  readonly faults: Faults
  readonly violations: string[]
}

/** Everything that answers at the sandbox's GitHub, in its order: recorder, rate limit, faults and contract around the routes. */
export function createGitHubApp(state: State, world: World): GitHubApp {
  const violations: string[] = []
  const watch = { callerOf: (request: Request) => callerOf(state, request), now: state.now }
  const recorder = createRecorder(watch)
  const rateLimit = createRateLimit(watch)
  const faults = createFaults(watch)
  const subscriptions = () => world.waybill.events
  const webhooks = createWebhooks({ state, appSlug: 'waybill', violations, subscriptions })
  const { createRepository } = world
  followQueues(state)
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    // By this a caller finds out how far its own clock is off: JWTs go by GitHub's.
    c.header('Date', new Date(state.now()).toUTCString())
  })
  app.use(recorder.middleware, rateLimit.middleware, faults.middleware)
  app.use(conditionalReads((request) => rateLimit.spend(watch.callerOf(request), 'core', -1)))
  app.use(contractMiddleware({ violations, callerOf: watch.callerOf }))
  app.route('/', pressRoute(state))
  app.route(
    '/',
    controlRoutes({
      recorder,
      faults,
      webhooks,
      rateLimit,
      violations,
      createRepository,
      fork: fork(state),
      requireQueue: requireQueue(state),
      ...runOrders(state),
    }),
  )
  app.route('/', deliveryRoutes({ webhooks, isApp: (request) => isWaybill(state, request) }))
  app.get('/rate_limit', (c) => c.json(rateLimit.overview(watch.callerOf(c.req.raw))))
  const pool = 'graphql'
  const quotaOf = (request: Request) => rateLimit.quota(watch.callerOf(request), pool)
  const spend = (request: Request, points: number) => rateLimit.spend(watch.callerOf(request), pool, points)
  app.route('/', graphqlRoute({ state, quotaOf, spend }))
  app.route('/', gitHttpRoutes(state))
  app.route('/', createRestApp(state, { routes: [appRoutes, userRoutes], repositoryRoutes: belowRepository }))
  return { app, webhooks, faults, violations }
}

const belowRepository = [
  repositoryRoutes,
  contentRoutes,
  commitRoutes,
  refRoutes,
  pullRoutes,
  reviewRoutes,
  commentRoutes,
  checkRoutes,
  statusRoutes,
  releaseRoutes,
  rulesetRoutes,
  deploymentRoutes,
  runRoutes,
  collaboratorRoutes,
]

function fork(state: State): (order: ForkOrder) => Promise<Repository | null> {
  return async ({ repository: name, by }) => {
    const repository = state.repositories.find((one) => fullName(one) === name)
    const user = state.users.find(({ login }) => login === by)
    if (repository === undefined || user === undefined) return null
    return exclusive(repository, () => forkRepository(state, repository, user))
  }
}

function requireQueue(state: State): (order: QueueOrder) => boolean {
  return ({ repository: name, branch }) => {
    const repository = state.repositories.find((one) => [one.name, fullName(one)].includes(name))
    if (repository !== undefined && !repository.mergeQueues.has(branch)) repository.mergeQueues.set(branch, [])
    return repository !== undefined
  }
}

/** What a queue waits for has changed. */
function followQueues(state: State): void {
  state.events.subscribe(({ name, repository }) => {
    if (repository === undefined || repository.mergeQueues.size === 0) return
    if (name !== 'check_run' && name !== 'status' && name !== 'pull_request') return
    void exclusive(repository, () => settleQueues(state, repository))
  })
}

function isWaybill(state: State, request: Request): boolean {
  try {
    const principal = authenticate(state, request.headers.get('authorization'))
    return principal?.kind === 'app' && principal.app.slug === 'waybill'
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
