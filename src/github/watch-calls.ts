import type { ProbotOctokit } from 'probot'
import type { Watch } from '../model/watched.ts'
import { readError } from './failures.ts'
import { isJson, type Json } from './json.ts'

type Plugin = (typeof ProbotOctokit)['plugins'][number]

/** Counts every call that was sent, by its route or the name of its query, and what GitHub leaves of its limit. */
export function watchCalls(watch: Watch): Plugin {
  return (octokit, options) => {
    const installation = isJson(options.auth) ? String(options.auth['installationId'] ?? 'app') : 'app'
    const saw = (call: string, status: number, headers: Json) => {
      watch({ kind: 'call', to: 'github', call, status })
      const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN)
      const resource = String(headers['x-ratelimit-resource'] ?? 'core')
      if (!Number.isNaN(remaining)) watch({ kind: 'remaining', installation, resource, remaining })
    }
    octokit.hook.wrap('request', async (request, endpoint) => {
      const { operationName } = endpoint
      const call = `${endpoint.method} ${endpoint.url}${typeof operationName === 'string' ? ` ${operationName}` : ''}`
      try {
        const response = await Promise.resolve(request(endpoint))
        saw(call, response.status, { ...response.headers })
        return response
      } catch (error) {
        const answer = readError(error)
        saw(call, answer?.status ?? 0, answer?.headers ?? {})
        throw error
      }
    })
  }
}
