import { setTimeout as pause } from 'node:timers/promises'
import { Failed } from '../model/failure.ts'
import type { Repository } from '../model/ref.ts'
import { readError, toFailed } from './failures.ts'
import { isJson, type Json } from './json.ts'
import type { Octokit } from './octokit.ts'
import { usualPace } from './pace.ts'

export type RestCall = {
  /** As GitHub's documents write it: `POST /repos/{owner}/{repo}/git/refs`. */
  readonly route: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Statuses of 400 and above that the caller reads itself. */
  readonly expects?: readonly number[]
}

export type RestAnswer = {
  readonly status: number
  readonly data: unknown
  readonly message: string
  readonly headers: Json
}

/**
 * One REST call. Rejects with `Failed`, whatever went wrong, except for the statuses the caller expects. A 404 that the
 * caller did not expect did nothing for certain, so it is tried once more.
 */
export async function callRest(octokit: Octokit, call: RestCall): Promise<RestAnswer> {
  const first = await attempt(octokit, call)
  if (!(first instanceof Error)) return first
  if (!isLagging(first)) throw toFailed(first, tokenCall(first) ?? call.route)
  await pause(octokit.lag ?? usualPace.lag)
  const second = await attempt(octokit, call)
  if (second instanceof Error) throw toFailed(second, tokenCall(second) ?? call.route)
  return second
}

async function attempt(octokit: Octokit, { route, parameters, expects = [] }: RestCall): Promise<RestAnswer | Error> {
  try {
    const answer: { readonly status: number; readonly data: unknown; readonly headers: unknown } =
      await octokit.request(route, { ...parameters })
    return {
      status: answer.status,
      data: answer.data,
      message: '',
      headers: isJson(answer.headers) ? answer.headers : {},
    }
  } catch (error) {
    const answer = error instanceof Failed ? null : readError(error)
    if (answer !== null && expects.includes(answer.status)) return answer
    return error instanceof Error ? error : new Error('thrown')
  }
}

function isLagging(error: Error): boolean {
  const answer = error instanceof Failed || tokenCall(error) !== null ? null : readError(error)
  return answer?.status === 404 || (answer?.status === 422 && /no commit found/i.test(answer.message))
}

export function at(repository: Repository): { readonly owner: string; readonly repo: string } {
  return { owner: repository.owner, repo: repository.name }
}

/** The token exchange happens inside other calls, and its failure has another remedy. */
function tokenCall(error: unknown): string | null {
  if (!(error instanceof Error) || !('request' in error)) return null
  const { request } = error
  const url = typeof request === 'object' && request !== null && 'url' in request ? String(request.url) : ''
  return url.endsWith('/access_tokens') ? 'POST /app/installations/{installation_id}/access_tokens' : null
}
