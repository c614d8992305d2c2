import { Failed, type Failure } from '../model/failure.ts'
import { JiraTrouble, type Trouble } from './trouble.ts'

/** How long to leave Jira alone when it is away and does not say for how long (ms). */
const awayFor = 30_000
/** The same for a limit without `Retry-After` (ms). */
const limitedFor = 60_000

/** What a failed call to the panels stands for. `now` is ms, UTC. */
export function toFailed(error: unknown, { call, now }: { readonly call: string; readonly now: number }): Failed {
  if (error instanceof Failed) return error
  if (!(error instanceof JiraTrouble)) {
    return new Failed({ kind: 'bug', call, cause: error instanceof Error ? error.name : 'no error' })
  }
  return new Failed(failureOf(error.trouble, { call, now }))
}

/** Why an issue could not be read, in one clause for a person. `now` is ms, UTC. */
export function causeOf(error: unknown, now: number): string {
  if (!(error instanceof JiraTrouble)) return 'Jira gave an answer that Waybill does not understand'
  const { trouble } = error
  if (trouble.kind === 'lost') return `Jira could not be read: ${trouble.cause}`
  if (trouble.status === 401) {
    return 'Jira refused the API token (401): it has expired or was withdrawn, and JIRA_API_TOKEN needs a new one'
  }
  if (trouble.status === 403) return `Jira refused the look-up (403)${saying(trouble.message)}`
  if (trouble.status === 429) return `Jira asks to wait until ${clock(waitUntil(trouble, now))} UTC (429)`
  return `Jira answered ${trouble.status}${saying(trouble.message)}${elsewhere(trouble)}`
}

/** No Jira Cloud answers like this at the address it has; empty for any other answer. */
export function elsewhere({ status }: { readonly status: number }): string {
  if (status !== 404 && (status < 300 || status >= 400)) return ''
  return '; check JIRA_SITE: the site may have been renamed, or be no Jira Cloud'
}

/** When Jira may be asked again after an answer of 429 (ms, UTC). */
export function waitUntil({ retryAfter }: { readonly retryAfter: number | null }, now: number): number {
  return now + (retryAfter ?? limitedFor)
}

/** `10:00:07` */
export function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 19)
}

function failureOf(trouble: Trouble, { call, now }: { readonly call: string; readonly now: number }): Failure {
  if (trouble.kind === 'lost') return { kind: 'busy', until: now + awayFor, cause: `Jira: ${trouble.cause}` }
  const { status, message } = trouble
  const cause = `Jira answered ${status}${saying(message)}`
  if (status === 429) return { kind: 'busy', until: waitUntil(trouble, now), cause }
  if (status >= 500 || status === 408) return { kind: 'busy', until: now + (trouble.retryAfter ?? awayFor), cause }
  const remedy = remedyOf(status, call)
  return remedy === null ? { kind: 'bug', call, cause } : { kind: 'refused', call, cause, remedy }
}

function remedyOf(status: number, call: string): string | null {
  if (status === 401 || (status === 403 && call.endsWith('/oauth/token'))) {
    return 'check JIRA_CLIENT_ID and JIRA_CLIENT_SECRET, or make new OAuth credentials in Jira'
  }
  if (status === 403) {
    return 'give the OAuth credentials in Jira the permissions Development information, Builds and Deployments'
  }
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) {
    return 'check JIRA_SITE and JIRA_GATEWAY_URL: the site may have been renamed'
  }
  return null
}

function saying(message: string): string {
  return message === '' ? '' : `: ${message}`
}
