import type { Client, SendRequestOptions } from 'jira.js/core'
import type { Request } from './request.ts'
import { JiraTrouble } from './trouble.ts'

export type ClientOptions = {
  readonly request: Request
  /** Address of the server, without a slash at the end. */
  readonly host: string
  /**
   * The value of `Authorization`. Called with the value that was answered 401, it gives another one or the same; the same means that
   * there is nothing better.
   */
  readonly authorization: (rejected: string | null) => Promise<string>
}

/**
 * What jira.js's functions send their calls through. jira.js's own client has no timeout, reads answers of any size and follows a
 * redirected POST as a GET, so this one takes its place. Rejects with `JiraTrouble`. Paths are sent as they are: jira.js does not encode
 * their parameters, so callers pass only what needs no encoding.
 */
export function createJiraClient({ request, host, authorization }: ClientOptions): Client {
  return {
    async sendRequest<T>({ url, method = 'GET', searchParams = {}, body, schema }: SendRequestOptions<T>): Promise<T> {
      const ask = { method, url: `${host}${url}${queryOf(searchParams)}`, body }
      const header = await authorization(null)
      const answer = await request({ ...ask, headers: { authorization: header } }).catch(async (error: unknown) => {
        if (!isUnauthorized(error)) throw error
        const other = await authorization(header)
        if (other === header) throw error
        return request({ ...ask, headers: { authorization: other } })
      })
      const parsed = schema?.safeParse(answer)
      // A field that Atlassian changed must not stop everything; who reads the answer checks what it needs.
      return (parsed?.success === true ? parsed.data : answer) as T
    },
  }
}

function queryOf(parameters: { readonly [name: string]: unknown }): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null) query.append(name, String(one))
  }
  return query.size === 0 ? '' : `?${query}`
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof JiraTrouble && error.trouble.kind === 'answered' && error.trouble.status === 401
}
