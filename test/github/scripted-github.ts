import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getOperationAST, getVariableValues, parse, validate } from 'graphql'
import { Probot } from 'probot'
import { githubContract } from '../../sandbox/github/contracts.ts'
import { githubSchema } from '../../sandbox/github/graphql/schema.ts'
import { createOctokitClass, type Octokit } from '../../src/github/octokit.ts'
import { type Pace, usualPace } from '../../src/github/pace.ts'
import type { Log } from '../../src/reconcile/world/log.ts'
import { appKey } from '../app-key.ts'

export type Call = {
  readonly method: string
  readonly path: string
  readonly authorization: string
  /** Empty where nothing was read before. */
  readonly ifNoneMatch: string
  readonly body: Json
}
export type Json = { readonly [key: string]: unknown }
export type Reply = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Instead of a JSON body: these very bytes. */
  readonly raw?: string
  /** Instead of an answer. */
  readonly fault?: 'reset' | 'hang' | 'drip'
}

/** A server that answers as it is told, over real HTTP, with Probot and our Octokit class in front of it. */
export type ScriptedGithub = {
  readonly url: string
  /** Without the token exchanges, of which `tokens` counts how many there were. */
  readonly calls: readonly Call[]
  readonly tokens: () => number
  readonly logged: readonly string[]
  /** What GitHub's own documents say against the calls that came. */
  readonly violations: readonly string[]
  octokitFor(installationId: number): Promise<Octokit>
  readonly app: () => Promise<Octokit>
  /** The Probot in front of it, to which deliveries may be handed. */
  readonly probot: Probot
  close(): Promise<void>
}

export type Script = (call: Call, nth: number) => Reply

/** As patient as usual: an answer that is late on a busy machine is no second call. Only what is done between two tries is short. */
export const briskPace: Pace = { ...usualPace, pauses: [20, 100], lag: 20 }

export async function startScriptedGithub(
  script: Script,
  now: () => number = Date.now,
  pace: Pace = briskPace,
): Promise<ScriptedGithub> {
  const calls: Call[] = []
  const violations: string[] = []
  let tokens = 0
  const server = createServer(async (request, response) => {
    const call = await readCall(request)
    const exchange = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(call.path)
    if (exchange) {
      tokens++
      const expires = new Date(Date.now() + 3_600_000).toISOString()
      return answer(response, {
        status: 201,
        body: { token: `ghs_secret${tokens}`, expires_at: expires, permissions: {} },
      })
    }
    calls.push(call)
    violations.push(...(call.path === '/graphql' ? checkQuery(call) : checkRest(call)))
    answer(response, script(call, calls.length))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const logged: string[] = []
  const log = logInto(logged)
  const probot = new Probot({
    appId: 7,
    privateKey: appKey(),
    secret: 'not used here',
    logLevel: 'fatal',
    Octokit: createOctokitClass({ baseUrl: url, log, now, pace }),
  })
  return {
    url,
    calls,
    tokens: () => tokens,
    logged,
    violations,
    octokitFor: (installationId) => probot.auth(installationId),
    app: () => probot.auth(),
    probot,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function checkRest({ method, path, body }: Call): readonly string[] {
  const { pathname, searchParams } = new URL(path, 'http://localhost')
  const operation = githubContract().find(method, pathname)
  if (operation === undefined) return [`${method} ${pathname} is not in the contract`]
  return operation.checkRequest({
    query: searchParams,
    headers: new Headers(),
    body: method === 'GET' ? undefined : body,
  })
}

function checkQuery({ body }: Call): readonly string[] {
  const schema = githubSchema()
  const document = parse(String(body['query']))
  const operation = getOperationAST(document, String(body['operationName']))
  if (!operation) return ['no such operation']
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], { ...(body['variables'] as Json) })
  return [...validate(schema, document), ...(variables.errors ?? [])].map((error) => error.message)
}

export function logInto(lines: string[]): Log {
  const write = (facts: unknown, message: string) => void lines.push(`${message} ${JSON.stringify(facts)}`)
  return { info: write, warn: write, error: write }
}

async function readCall(request: IncomingMessage): Promise<Call> {
  let text = ''
  for await (const chunk of request) text += chunk
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    authorization: request.headers.authorization ?? '',
    ifNoneMatch: request.headers['if-none-match'] ?? '',
    body: text === '' ? {} : JSON.parse(text),
  }
}

/** A character at a time, for ever. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 20)
  response.once('close', () => clearInterval(timer))
}

function answer(response: ServerResponse, { status = 200, headers = {}, body, raw, fault }: Reply): void {
  if (fault === 'hang') return
  if (fault === 'reset') return void response.socket?.destroy()
  if (fault === 'drip') return void drip(response)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(raw ?? JSON.stringify(body ?? {}))
}
