import type { Lookup } from '../model/lookup.ts'
import { absent, found } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import type { Log } from '../reconcile/world.ts'
import { childOrNull, type Json } from './json.ts'
import type { Octokit } from './octokit.ts'
import type { QueryAnswer } from './run-query.ts'

/** What every read is given. */
export type Reader = {
  readonly octokitFor: (installationId: number) => Promise<Octokit>
  /** Our own App: its id marks its checks, its slug its comments and deployments. */
  readonly app: { readonly id: number; readonly slug: string }
  /** ms, UTC */
  readonly now: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly log: Log
}

/** The repository in an answer. Absent: GitHub says it is not there, or another one stands under its name. */
export function parseRepository({ data, missed }: QueryAnswer, repository: Repository): Lookup<Json> {
  if (missed.get('repository') === 'NOT_FOUND') return absent
  const json = childOrNull(data, 'repository')
  return json === null || json['databaseId'] !== repository.id ? absent : found(json)
}

/** For `mayMiss`: a repository that is gone, or what is named below it. */
export function missing(...below: readonly string[]): (path: string) => boolean {
  const paths = new Set(['repository', ...below.map((path) => `repository.${path}`)])
  return (path) => paths.has(path)
}
