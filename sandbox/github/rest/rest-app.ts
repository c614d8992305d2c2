import { type Context, Hono } from 'hono'
import { isJsonObject, type JsonObject } from '../../json-schema.ts'
import { actorOf, authenticate } from '../authenticate.ts'
import { authorise } from '../authorise.ts'
import { callName } from '../call-name.ts'
import { exclusive } from '../exclusive.ts'
import { notFound, Refusal } from '../refusal.ts'
import { createRouteTable } from '../route-table.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import type { Answer, Call, RepositoryRoute, RepositoryRoutes, Routes } from './call.ts'

const repositoryPath = '/repos/{owner}/{repo}'

/**
 * GitHub's REST API as one Hono app. Changes of a repository go one after the other. What no route stands for answers 501 and names the call.
 */
export function createRestApp(
  state: State,
  given: { readonly routes: readonly Routes[]; readonly repositoryRoutes: readonly RepositoryRoutes[] },
): Hono {
  const below = given.repositoryRoutes
    .flatMap((routes) => Object.entries(routes))
    .map(([call, route]) => [call.replace(' ', ` ${repositoryPath}`), handlerOf(state, route)] as const)
  const find = createRouteTable(Object.fromEntries([...given.routes.flatMap((one) => Object.entries(one)), ...below]))
  const app = new Hono()
  app.all('*', async (c) => {
    try {
      const found = find(c.req.method, new URL(c.req.url).pathname)
      const call = await readCall(state, c)
      if (found === undefined) return refuse(new Refusal(501, `The sandbox does not answer ${await callName(c.req)}.`))
      return toResponse(await found.value({ ...call, parameters: found.parameters }))
    } catch (error) {
      if (error instanceof Refusal) return refuse(error)
      throw error
    }
  })
  return app
}

/** An error as GitHub answers it. */
export function refuse({ status, message, errors }: Refusal): Response {
  const about = errors === undefined ? {} : { errors }
  return toResponse({
    status,
    body: { message, ...about, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  })
}

function handlerOf(state: State, route: RepositoryRoute): (call: Call) => Promise<Answer> {
  return async (call) => {
    const repository = findRepository(state, call.parameters)
    authorise(call.principal, repository, route)
    const { principal } = call
    const actor = principal === undefined ? { user: nobody, app: undefined } : actorOf(principal)
    const handle = async () => route.handle({ ...call, repository, actor })
    return call.method === 'GET' ? handle() : exclusive(repository, handle)
  }
}

/** Nothing that anonymous callers may do is done in anybody's name. */
const nobody = { id: 0, nodeId: '', login: '', name: '', email: '', type: 'User' } as const

function findRepository(state: State, { owner, repo }: Call['parameters']): Repository {
  const same = (one: string, other: string | undefined) => one.toLowerCase() === other?.toLowerCase()
  const found = state.repositories.find((one) => same(one.owner.login, owner) && same(one.name, repo))
  if (found === undefined) throw notFound()
  return found
}

async function readCall(state: State, c: Context): Promise<Omit<Call, 'parameters'>> {
  const principal = authenticate(state, c.req.header('authorization'))
  return { state, principal, method: c.req.method, url: new URL(c.req.url), body: readBody(await c.req.text()) }
}

function readBody(text: string): JsonObject {
  if (text === '') return {}
  try {
    const parsed: unknown = JSON.parse(text)
    return isJsonObject(parsed) ? parsed : { list: parsed }
  } catch {
    throw new Refusal(400, 'Problems parsing JSON')
  }
}

function toResponse({ status, body, headers = {} }: Answer): Response {
  if (body === undefined) return new Response(null, { status, headers })
  const type = { 'content-type': 'application/json; charset=utf-8', 'x-github-media-type': 'github.v3; format=json' }
  return new Response(JSON.stringify(body), { status, headers: { ...type, ...headers } })
}
