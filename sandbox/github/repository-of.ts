import type { HonoRequest } from 'hono'
import { z } from 'zod'

const named = z.object({ variables: z.object({ name: z.string() }) })

/** The name of the repository a call is about, as its path or its query's variables have it; undefined where it names none. */
export async function repositoryOf(request: HonoRequest): Promise<string | undefined> {
  const inPath = /^\/repos\/[^/]+\/([^/]+)/.exec(request.path)?.[1]
  if (inPath !== undefined || request.path !== '/graphql') return inPath
  const query = named.safeParse(await request.json().catch(() => null))
  return query.data?.variables.name
}
