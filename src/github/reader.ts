import type { Lookup } from '../model/lookup.ts'
import { absent, found } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import type { Log } from '../reconcile/world/log.ts'
import type { BoundAccounts } from './bound-accounts.ts'
import type { Configurations } from './configurations.ts'
import { childOrNull, type Json } from './json.ts'
import type { Known } from './known.ts'
import type { Octokit } from './octokit.ts'
import type { MayMiss, QueryAnswer } from './run-query.ts'

/** What every read is given. */
export type Reader = {
  readonly octokitFor: (installationId: number) => Promise<Octokit>
  /** Our own App: its id marks its checks, its slug its comments and deployments. */
  readonly app: { readonly id: number; readonly slug: string }
  /** ms, UTC */
  readonly now: () => number
  readonly pause: (ms: number) => Promise<unknown>
  readonly log: Log
  readonly known: Known
  readonly configurations: Configurations
  readonly accounts: BoundAccounts
}

/** The repository in an answer. Absent: GitHub says it is not there, or another one stands under its name. */
export function parseRepository({ data }: QueryAnswer, repository: Repository): Lookup<Json> {
  const json = childOrNull(data, 'repository')
  return json === null || json['databaseId'] !== repository.id ? absent : found(json)
}

/** The organisation's `.github` repository in an answer; null where there is none that we may see. */
export function parseOrganisation({ data }: QueryAnswer): Json | null {
  return childOrNull(data, 'organisation')
}

/** For `mayMiss`: GitHub says that the repository (or the organisation's) is not there, or what is named below it. A comparison may fail in any way. */
export function missing(...below: readonly string[]): MayMiss {
  const paths = new Set(['organisation', 'repository', ...below.map((path) => `repository.${path}`)])
  return (path, type) => paths.has(path) && (type === 'NOT_FOUND' || path.endsWith('.compare'))
}
