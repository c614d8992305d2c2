import { setTimeout as pause } from 'node:timers/promises'
import { Failed } from '../model/failure.ts'
import type { Repository } from '../model/ref.ts'
import { readError, toFailed } from './failures.ts'
import { isOnceOnly } from './is-once-only.ts'
import { isJson, type Json } from './json.ts'
import type { Octokit } from './octokit.ts'
import { usualPace } from './pace.ts'

export type RestCall = {
  /** As GitHub's documents write it: `POST /repos/{owner}/{repo}/git/refs`. */
  readonly route: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Statuses of 400 and above that the caller reads itself. */
  readonly expects?: readonly number[]
  /** A 404 that is expected may only mean that GitHub does not show it yet: it is asked twice. */
  readonly lags?: boolean
}

export type RestAnswer = {
  readonly status: number
  readonly data: unknown
  readonly message: string
  readonly headers: Json
}

/** GitHub does not know, or not yet, what a call names that would make a second one if it were sent again. */
export class NotKnownYet extends Failed {}

/**
 * One REST call. Rejects with `Failed`, whatever went wrong, except for the statuses the caller expects. GitHub may not
 * know yet what was made a moment ago: then it is tried once more, or rejects with `NotKnownYet` where that would make a second one.
 */
export async function callRest(octokit: Octokit, call: RestCall): Promise<RestAnswer> {
  const first = await attempt(octokit, call)
  if (!(first instanceof Error) && !(call.lags === true && first.status === 404)) return first
  if (first instanceof Error) {
    const failed = failedOf(first, call)
    if (!isLagging(first)) throw failed
    const [method = '', path = ''] = call.route.split(' ')
    if (isOnceOnly(method, path)) throw new NotKnownYet(failed.failure)
  }
  await letLagPass(octokit)
  const second = await attempt(octokit, call)
  if (second instanceof Error) throw failedOf(second, call)
  return second
}

function failedOf(error: Error, { route }: RestCall): Failed {
  return toFailed(error, tokenCall(error) ?? route)
}

/** Until GitHub shows what was made a moment ago. */
export async function letLagPass({ lag }: Octokit): Promise<void> {
  await pause(lag ?? usualPace.lag)
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
