import type { HonoRequest } from 'hono'
import { z } from 'zod'
import { type Arrived, type Recorder as RecorderOf, recordRequests } from '../record-requests.ts'
import { callName } from './call-name.ts'
import { repositoryOf } from './repository-of.ts'

/** `by` is who holds the token: a login (`developer`), an App's slug (`waybill`, `ci`, `deployer`), or an empty text. */
type Asked = Arrived & {
  /** The name of the repository it is about; empty where it names none. */
  readonly repository: string
  /** What it is about there: the rest of its path, or its query's variables. */
  readonly about: string
}

export type Recorder = RecorderOf<Asked>

const variables = z.object({ variables: z.record(z.string(), z.unknown()) })

/** Records what GitHub is asked. */
export function createRecorder(options: {
  readonly callerOf: (request: Request) => string
  readonly now: () => number
}): Recorder {
  return recordRequests(async (c) => ({
    at: options.now(),
    by: options.callerOf(c.req.raw),
    call: await callName(c.req),
    repository: (await repositoryOf(c.req)) ?? '',
    about: await aboutOf(c.req),
  }))
}

async function aboutOf(request: HonoRequest): Promise<string> {
  if (request.path !== '/graphql') return request.path.replace(/^\/repos\/[^/]+\/[^/]+/, '')
  const body: unknown = await request.json().catch(() => null)
  const { owner, name, ...rest } = variables.safeParse(body).data?.variables ?? {}
  return JSON.stringify(rest)
}
