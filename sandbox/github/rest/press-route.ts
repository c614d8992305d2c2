import { Hono } from 'hono'
import { z } from 'zod'
import { askOfCheckRun } from '../acts/report-check.ts'
import { actorOf, authenticate } from '../authenticate.ts'
import { authorise } from '../authorise.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { refuse } from './rest-app.ts'

const pressSchema = z.strictObject({
  /** `owner/name` */
  repository: z.string(),
  check_run_id: z.int(),
  identifier: z.string(),
})

/**
 * `POST /_sandbox/press`: a person presses a button of a check run, which real GitHub offers on its pages only. Needs the person's token and
 * write access; 422 when the run has no such button.
 */
export function pressRoute(state: State): Hono {
  const routes = new Hono()
  routes.post('/_sandbox/press', async (c) => {
    try {
      const order = pressSchema.safeParse(await c.req.json().catch(() => undefined))
      if (!order.success) throw new Refusal(422, z.prettifyError(order.error))
      press(state, c.req.header('authorization'), order.data)
      return c.json({}, 201)
    } catch (error) {
      if (error instanceof Refusal) return refuse(error)
      throw error
    }
  })
  return routes
}

function press(state: State, authorization: string | undefined, order: z.infer<typeof pressSchema>): void {
  const principal = authenticate(state, authorization)
  const repository = state.repositories.find(({ owner, name }) => `${owner.login}/${name}` === order.repository)
  const run = repository?.checkRuns.find(({ id }) => id === order.check_run_id)
  if (principal === undefined || repository === undefined || run === undefined) throw notFound()
  authorise(principal, repository, { app: [], person: 'write' })
  const { identifier } = order
  if (!run.actions.some((one) => one.identifier === identifier))
    throw new Refusal(422, `There is no button ${identifier}`)
  askOfCheckRun(state, repository, { run, sender: actorOf(principal).user, identifier })
}
