import type { ConfigRead } from '../model/config-read.ts'
import type { Repository } from '../model/ref.ts'
import { child, childOrNull, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import { parseOrganisation, type Reader } from './reader.ts'
import type { QueryAnswer } from './run-query.ts'

export type OfDefault = { readonly config: ConfigRead; readonly defaultBranch: string }

/** What is in force on the default branch, out of an answer with it and the organisation's part. */
export async function readDefaultConfiguration(
  { configurations }: Pick<Reader, 'configurations'>,
  { octokit, repository }: { readonly octokit: Octokit; readonly repository: Repository },
  answer: QueryAnswer,
): Promise<OfDefault> {
  const ref = childOrNull(child(answer.data, 'repository'), 'defaultBranchRef')
  const defaultBranch = ref === null ? '' : text(ref, 'name')
  const config = await configurations.inForce({
    octokit,
    repository,
    branch: defaultBranch,
    defaultBranch,
    target: ref === null ? null : childOrNull(ref, 'target'),
    organisation: parseOrganisation(answer),
  })
  return { config, defaultBranch }
}
