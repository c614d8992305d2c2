import { Failed } from '../model/failure.ts'
import type { Repository } from '../model/ref.ts'
import { readError, toFailed } from './failures.ts'
import type { Octokit } from './octokit.ts'

export type RestCall = {
  /** As GitHub's documents write it: `POST /repos/{owner}/{repo}/git/refs`. */
  readonly route: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Statuses of 400 and above that the caller reads itself. */
  readonly expects?: readonly number[]
}

export type RestAnswer = { readonly status: number; readonly data: unknown; readonly message: string }

/** One REST call. Rejects with `Failed`, whatever went wrong, except for the statuses the caller expects. */
export async function callRest(octokit: Octokit, { route, parameters, expects = [] }: RestCall): Promise<RestAnswer> {
  try {
    const { status, data }: { readonly status: number; readonly data: unknown } = await octokit.request(route, {
      ...parameters,
    })
    return { status, data, message: '' }
  } catch (error) {
    const answer = error instanceof Failed ? null : readError(error)
    if (answer !== null && expects.includes(answer.status)) return answer
    throw toFailed(error, tokenCall(error) ?? route)
  }
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
