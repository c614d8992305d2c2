import { Failed, type Failure } from '../model/failure.ts'
import { isJson, type Json } from './json.ts'

/** The permission each call needs (docs.github.com/rest/authentication/permissions-required-for-github-apps), by the end of its path. */
const permissions: readonly (readonly [RegExp, string])[] = [
  [/\/check-runs/, 'Checks: write'],
  [/\/git\/(tags|refs?)/, 'Contents: write, and Workflows: write where workflow files differ from every branch'],
  [/\/releases/, 'Contents: write, and Workflows: write where workflow files differ from every branch'],
  [/\/deployments|\/deployment_protection_rule/, 'Deployments: write'],
  [/\/actions\//, 'Actions: read'],
  [/\/comments/, 'Pull requests: write'],
  [/\/orgs\//, 'Members: read'],
  [/\/activity/, 'Contents: read'],
  [/\/collaborators/, 'Metadata: read'],
]

/** What an error of a call stands for. Its texts hold GitHub's own message and never what was sent. */
export function toFailed(error: unknown, call: string): Failed {
  if (error instanceof Failed) return error
  const answer = readError(error)
  if (answer === null) return new Failed({ kind: 'bug', call, cause: error instanceof Error ? error.name : 'no error' })
  return new Failed(failureOf(answer, call))
}

export type ErrorAnswer = {
  readonly status: number
  readonly message: string
  readonly headers: Json
  readonly data: unknown
}

/** The status, message and headers of Octokit's `RequestError`; null for anything else. */
export function readError(error: unknown): ErrorAnswer | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  const response = 'response' in error && isJson(error.response) ? error.response : {}
  const data = response['data']
  const message = isJson(data) && typeof data['message'] === 'string' ? data['message'] : 'no message'
  const headers = isJson(response['headers']) ? response['headers'] : {}
  return { status: error.status, message: plain(message), headers, data }
}

/** The permission that is missing, as GitHub names it or as its documents say. */
function missingPermission(call: string, headers: Json): string | null {
  const named = headers['x-accepted-github-permissions']
  if (typeof named === 'string' && named !== '') {
    const sets = named
      .split(';')
      .map((set) => set.trim().replaceAll('=', ': ').replaceAll(',', ' and ').replaceAll('_', ' '))
    return sets.filter((set) => set !== '').join(', or ')
  }
  return permissions.find(([pattern]) => pattern.test(call))?.[1] ?? null
}

/** What GitHub answers 403 to whatever the App may do. */
const shut: readonly (readonly [RegExp, string])[] = [
  [/archived|read-only/i, 'unarchive the repository, or remove it from the installation'],
  [/ip allow list/i, "add this machine's address to the organisation's IP allow list"],
  [/repository has been locked/i, 'wait until its move is over, or ask its owner why it is locked'],
  [/issue is locked/i, 'unlock the conversation of the pull request'],
]

function failureOf({ status, message, headers }: ErrorAnswer, call: string): Failure {
  const refused = (remedy: string): Failure => ({
    kind: 'refused',
    call,
    cause: `GitHub answered ${status}: ${message}`,
    remedy,
  })
  if (call.includes('access_tokens')) return refused('install the App again, or lift its suspension')
  const permission = missingPermission(call, headers)
  const grant =
    permission === null ? null : `give the App the permission ${permission}, and accept it for the installation`
  if (status === 401) return refused('check APP_ID, the private key and the clock of this machine')
  if (/suspended/i.test(message)) return refused("lift the suspension in the organisation's settings")
  if (/not accessible by integration/i.test(message))
    return refused(grant ?? 'give the App the permission for this call')
  const gates = shut.find(([pattern]) => pattern.test(message))
  if (gates !== undefined) return refused(gates[1])
  if (status === 403) return refused(grant ?? 'look at the message: a rule of the organisation is in the way')
  if (status === 404) {
    const there = 'check that the repository still belongs to the installation'
    return refused(grant === null ? there : `${there}, and ${grant}`)
  }
  if (/rule violation|ruleset|protected/i.test(message)) {
    return refused('add the App to the bypass list of the ruleset or protection that forbids this')
  }
  return { kind: 'bug', call, cause: `GitHub answered ${status}: ${message}` }
}

/** One short line without control characters. */
function plain(message: string): string {
  return message
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .slice(0, 200)
    .trim()
}
