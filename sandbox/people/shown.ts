import type { Call } from './call.ts'
import { asItems, type Json, numberAt, textAt } from './json.ts'
import type { Place } from './place.ts'

export type DeploymentShown = {
  readonly id: number
  readonly sha: string
  readonly ref: string
  readonly environment: string
}

export function shown(place: Place, call: Call) {
  return {
    async comments(
      pull: number,
    ): Promise<readonly { readonly id: number; readonly by: string; readonly body: string }[]> {
      const listed = await call('developer', `GET :repo/issues/${pull}/comments?per_page=100`)
      return asItems(listed).map((one) => ({
        id: numberAt(one, 'id'),
        by: textAt(one['user'], 'login'),
        body: textAt(one, 'body'),
      }))
    },
    async deployments(environment: string): Promise<readonly DeploymentShown[]> {
      const listed = await all(call, `deployments?environment=${environment}&per_page=100`)
      return listed.map((one) => ({
        id: numberAt(one, 'id'),
        sha: textAt(one, 'sha'),
        ref: textAt(one, 'ref'),
        environment: textAt(one, 'environment'),
      }))
    },
    async releases(): Promise<readonly { readonly tag: string; readonly body: string }[]> {
      const listed = await all(call, 'releases?per_page=100')
      return listed.map((one) => ({ tag: textAt(one, 'tag_name'), body: textAt(one, 'body') }))
    },
    /** What Jira shows for an issue, the provider lists as they were sent. */
    async issue(key: string): Promise<Readonly<Record<string, readonly Json[]>> & { readonly status: string }> {
      const response = await fetch(`${place.jira}/_sandbox/issues/${key}`)
      if (!response.ok) throw new Error(`issue ${key}: ${response.status}`)
      return response.json() as Promise<Readonly<Record<string, readonly Json[]>> & { readonly status: string }>
    },
  }
}

/** Every page of a list, newest first. */
async function all(call: Call, list: string): Promise<readonly Json[]> {
  const items: Json[] = []
  for (let page = 1; items.length === (page - 1) * 100; page++) {
    items.push(...asItems(await call('developer', `GET :repo/${list}&page=${page}`)))
  }
  return items
}
