import type { ProbotOctokit } from 'probot'
import { readError } from './failures.ts'
import { isJson } from './json.ts'

type Answer = Awaited<ReturnType<ProbotOctokit['request']>>
type Plugin = (typeof ProbotOctokit)['plugins'][number]

/** A REST answer that GitHub may call unchanged. The body is kept as text: nobody shares an object with it. */
type Kept = { readonly etag: string; readonly text: string; readonly headers: Answer['headers'] }

/** Characters of all kept answers together, and of one. */
const most = 4_000_000
const largest = 1_000_000

/**
 * Asks whether what was read before has changed: a 304 costs nothing of the hourly limit
 * (docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate).
 * Each installation has its own answers; the least used ones go first when there are too many.
 */
export function conditional(): Plugin {
  const answers = createAnswers()
  return (octokit, options) => {
    const installation = isJson(options.auth) ? String(options.auth['installationId'] ?? 'app') : 'app'
    octokit.hook.wrap('request', async (request, endpoint) => {
      if (endpoint.method !== 'GET') return request(endpoint)
      const key = `${installation} ${octokit.request.endpoint(endpoint).url}`
      const known = answers.find(key)
      if (known !== undefined) endpoint.headers['if-none-match'] = known.etag
      try {
        const response = await Promise.resolve(request(endpoint))
        answers.keep(key, response)
        return response
      } catch (error) {
        const answer = readError(error)
        if (known === undefined || answer?.status !== 304) throw error
        return { status: 200, url: endpoint.url, headers: known.headers, data: JSON.parse(known.text) }
      }
    })
  }
}

function createAnswers() {
  const kept = new Map<string, Kept>()
  let size = 0
  const drop = (key: string) => {
    size -= kept.get(key)?.text.length ?? 0
    kept.delete(key)
  }
  return {
    find(key: string): Kept | undefined {
      const known = kept.get(key)
      if (known !== undefined) {
        kept.delete(key)
        kept.set(key, known)
      }
      return known
    },
    keep(key: string, { status, headers, data }: Answer): void {
      drop(key)
      const { etag } = headers
      const text = status === 200 && etag !== undefined ? JSON.stringify(data) : ''
      if (etag === undefined || text === '' || text.length > largest) return
      kept.set(key, { etag, text, headers })
      size += text.length
      for (const oldest of kept.keys()) {
        if (size <= most) break
        drop(oldest)
      }
    },
  }
}
