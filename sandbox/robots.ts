import type { SandboxEvent, SandboxEvents } from './github/sandbox-events.ts'
import { isJsonObject, type JsonObject, jsonObjectAt } from './json-schema.ts'

export type RobotsOptions = {
  /** GitHub's address, without a slash at the end. */
  readonly url: string
  readonly events: SandboxEvents
  readonly tokens: { readonly ci: string; readonly deployer: string }
  /** Every push to a branch gets a green `build`, in two steps. */
  readonly ci: boolean
  /** Every deployment goes on and succeeds. */
  readonly deployer: boolean
  /** What a robot was refused. */
  readonly complain: (sentence: string) => void
}

/**
 * Programs that act by themselves at GitHub, over HTTP with their own tokens, when they are asked to. `close` waits for what they are
 * doing.
 */
export function startRobots(options: RobotsOptions): { readonly close: () => Promise<void> } {
  const busy = new Set<Promise<void>>()
  const unsubscribe = options.events.subscribe((event) => {
    const work = jobOf(event, options)
    if (work === undefined) return
    const done = work()
      .catch((error: unknown) => options.complain(error instanceof Error ? error.message : String(error)))
      .finally(() => busy.delete(done))
    busy.add(done)
  })
  return {
    close: async () => {
      unsubscribe()
      await Promise.all(busy)
    },
  }
}

function jobOf({ name, payload }: SandboxEvent, options: RobotsOptions): (() => Promise<void>) | undefined {
  const { full_name: repository } = jsonObjectAt(payload, 'repository')
  if (typeof repository !== 'string') return undefined
  const { ref, after, deleted } = payload
  if (options.ci && name === 'push' && deleted !== true && String(ref).startsWith('refs/heads/')) {
    return () => build(options, repository, String(after))
  }
  const { id } = jsonObjectAt(payload, 'deployment')
  if (options.deployer && name === 'deployment') return () => deploy(options, repository, String(id))
  return undefined
}

async function build({ url, tokens }: RobotsOptions, repository: string, sha: string): Promise<void> {
  const runs = `${url}/repos/${repository}/check-runs`
  const begun = await send(
    { url: runs, method: 'POST', token: tokens.ci },
    { name: 'build', head_sha: sha, status: 'in_progress' },
  )
  const finished = { status: 'completed', conclusion: 'success' }
  await send({ url: `${runs}/${begun['id']}`, method: 'PATCH', token: tokens.ci }, finished)
}

async function deploy({ url, tokens }: RobotsOptions, repository: string, id: string): Promise<void> {
  const statuses = `${url}/repos/${repository}/deployments/${id}/statuses`
  for (const state of ['in_progress', 'success']) {
    const description = `The deployer says ${state}`
    await send({ url: statuses, method: 'POST', token: tokens.deployer }, { state, description })
  }
}

type Call = { readonly url: string; readonly method: string; readonly token: string }

async function send({ url, method, token }: Call, body: object): Promise<JsonObject> {
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' }
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) })
  const text = await response.text()
  if (!response.ok)
    throw new Error(`A robot's ${method} ${new URL(url).pathname} was answered ${response.status}: ${text}`)
  const answer: unknown = JSON.parse(text)
  return isJsonObject(answer) ? answer : {}
}
