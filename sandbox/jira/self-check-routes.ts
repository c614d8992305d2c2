import { Hono } from 'hono'
import { notFound } from './platform-answers.ts'
import { findProject, type JiraState } from './state.ts'

const permissions = [
  'BROWSE_PROJECTS',
  'ADD_COMMENTS',
  'EDIT_OWN_COMMENTS',
  'TRANSITION_ISSUES',
  'EDIT_ISSUES',
  'LINK_ISSUES',
  'ADMINISTER_PROJECTS',
  'VIEW_DEV_TOOLS',
]

/** What tells a program who it is and what it may do. */
export function selfCheckRoutes(state: JiraState): Hono {
  const app = new Hono()

  app.get('/myself', (c) => {
    const { name, email } = state.account
    const accountId = '5b10a2844c20165700ede21g'
    return c.json({ accountId, accountType: 'atlassian', emailAddress: email, displayName: name, active: true })
  })

  app.get('/serverInfo', (c) => {
    const serverTime = new Date(state.now()).toISOString()
    const baseUrl = new URL(c.req.url).origin
    return c.json({ baseUrl, version: '1001.0.0', versionNumbers: [1001, 0, 0], deploymentType: 'Cloud', serverTime })
  })

  app.get('/mypermissions', (c) => {
    const asked = (c.req.query('permissions') ?? '').split(',').filter((one) => one !== '')
    const unknown = asked.filter((one) => !permissions.includes(one))
    if (asked.length === 0 || unknown.length > 0) {
      return c.json({ errorMessages: [`Unrecognized permission: ${unknown.join(', ')}`], errors: {} }, 400)
    }
    const project = c.req.query('projectKey')
    if (project !== undefined && findProject(state, project) === undefined) return notFound(c, 'No such project.')
    const answer = asked.map((key) => {
      return [key, { id: key, key, name: key, type: 'PROJECT', havePermission: !state.withheld.has(key) }] as const
    })
    return c.json({ permissions: Object.fromEntries(answer) })
  })

  return app
}
