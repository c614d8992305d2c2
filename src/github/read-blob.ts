import type { Repository } from '../model/ref.ts'
import { blobQuery } from './audited-query.ts'
import { child, childOrNull } from './json.ts'
import type { Octokit } from './octokit.ts'
import { runQuery } from './run-query.ts'

/** The text of a blob; null where GitHub has none of this name, or it is no text. */
export async function readBlob(octokit: Octokit, repository: Repository, oid: string): Promise<string | null> {
  if (!/^[0-9a-f]{40}$/.test(oid)) return null
  const variables = { owner: repository.owner, name: repository.name, oid }
  const mayMiss = (path: string) => path === 'repository.object'
  const { data } = await runQuery(octokit, { name: 'WaybillBlob', text: blobQuery, variables, mayMiss })
  const object = childOrNull(child(data, 'repository'), 'object')
  const text = object?.['__typename'] === 'Blob' ? object['text'] : null
  return typeof text === 'string' ? text : null
}
