import { Hono } from 'hono'
import { requireAccessToken, requireAccount } from './authorise.ts'
import { buildRoutes } from './build-routes.ts'
import { commentRoutes } from './comment-routes.ts'
import { contractCheck } from './contract-check.ts'
import { controlRoutes } from './control-routes.ts'
import { deploymentRoutes } from './deployment-routes.ts'
import { devinfoRoutes } from './devinfo-routes.ts'
import { createFaults } from './faults.ts'
import { issueRoutes } from './issue-routes.ts'
import { projectRoutes } from './project-routes.ts'
import { propertyRoutes } from './property-routes.ts'
import { createRecorder } from './recorder.ts'
import { remoteLinkRoutes } from './remote-link-routes.ts'
import { searchRoutes } from './search-routes.ts'
import { selfCheckRoutes } from './self-check-routes.ts'
import { serveApp } from './serve-app.ts'
import { createState, type JiraState } from './state.ts'
import { tokenRoutes } from './token-routes.ts'
import { versionRoutes } from './version-routes.ts'
import { writeLimit } from './write-limit.ts'

export type JiraOptions = {
  /** How long the gateway's access tokens live, in seconds. Default 900, as Atlassian documents. */
  readonly expiresIn?: number
  /** Milliseconds since 1970, UTC. Default: the clock. */
  readonly now?: () => number
}

export type Jira = {
  readonly app: Hono
  readonly state: JiraState
  /** On 127.0.0.1; 0 takes a free port. `close` also ends what still hangs. */
  readonly listen: (port: number) => Promise<{ readonly url: string; readonly close: () => Promise<void> }>
}

const platformRoutes = [
  issueRoutes,
  commentRoutes,
  remoteLinkRoutes,
  propertyRoutes,
  projectRoutes,
  versionRoutes,
  searchRoutes,
  selfCheckRoutes,
]

/**
 * A Jira Cloud site and its gateway on one server, as strict as the documents: what they refuse is refused, and written down at
 * `GET /_sandbox/violations`.
 */
export function createJira(options: JiraOptions = {}): Jira {
  const state = createState({ now: options.now ?? Date.now })
  const violations: string[] = []
  const recorder = createRecorder(state)
  const faults = createFaults()
  const app = new Hono()
  app.use(recorder.middleware, faults.middleware)
  app.route('/_sandbox', controlRoutes({ state, recorder, faults, violations }))
  app.route('/', tokenRoutes(state, { expiresIn: options.expiresIn ?? 900 }))
  app.use('/rest/api/3/*', requireAccount(state), writeLimit(state), contractCheck(violations))
  for (const routes of platformRoutes) {
    app.route('/rest/api/3', routes(state))
  }
  app.use('/jira/:api/0.1/cloud/:cloudId/*', requireAccessToken(state), async (c, next) => {
    if (c.req.param('cloudId') === state.cloudId) return next()
    return c.json({ code: 404, message: 'No such cloud id' }, 404)
  })
  app.use('/jira/*', contractCheck(violations))
  app.route('/jira/devinfo/0.1/cloud/:cloudId', devinfoRoutes(state))
  app.route('/jira/builds/0.1/cloud/:cloudId', buildRoutes(state))
  app.route('/jira/deployments/0.1/cloud/:cloudId', deploymentRoutes(state))
  app.all('*', (c) => c.json({ message: `The sandbox's Jira has no ${c.req.method} ${c.req.path}` }, 501))
  return { app, state, listen: (port) => serveApp(app, { port, closing: faults.close }) }
}
