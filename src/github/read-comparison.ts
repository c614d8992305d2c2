import { type Comparison, comparisonKey } from '../model/comparison.ts'
import { Failed } from '../model/failure.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { isJson, type Json, list, record, text } from './json.ts'
import { keep } from './known.ts'
import type { Octokit } from './octokit.ts'
import { haveSameModes } from './read-modes.ts'
import type { Reader } from './reader.ts'

/** GitHub lists no more files than these in a comparison, whatever page is asked for. */
const mostFiles = 300

/**
 * Three calls, two where something changed, once per process: the answer is of commits alone. That GitHub does not show a
 * commit is not kept: it may only not show it yet.
 */
export async function compare(
  { known, octokitFor }: Pick<Reader, 'known' | 'octokitFor'>,
  repository: Repository,
  comparison: Comparison,
): Promise<Lookup<boolean>> {
  const key = `${repository.id} ${comparisonKey(comparison)}`
  const before = known.comparisons.get(key)
  if (before !== undefined) return before
  const answer = await readComparison(await octokitFor(repository.installationId), repository, comparison)
  if (answer === 'gone') return found(false)
  if (answer.kind === 'found') keep(known.comparisons, key, answer)
  return answer
}

/**
 * Whether two commits make the same change to `base`: the same text, and then the same modes. What is too large is
 * changed; what could not be read is `unknown`.
 */
async function readComparison(
  octokit: Octokit,
  repository: Repository,
  { base, before, after }: Comparison,
): Promise<Lookup<boolean> | 'gone'> {
  try {
    const first = await readChange(octokit, repository, `${base}...${before}`)
    if (first === 'gone') return first
    if (first === 'too-large') return found(false)
    const second = await readChange(octokit, repository, `${base}...${after}`)
    if (second === 'gone') return second
    if (second === 'too-large' || !isSameChange(first, second)) return found(false)
    const paths = second.filter((file) => file['status'] !== 'removed').map((file) => text(file, 'filename'))
    return found(await haveSameModes(octokit, repository, { before, after, paths }))
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return unknown(`whether the change is still the same can't be read: ${error.failure.cause}`)
  }
}

/** Equal files with equal hunks; positions and blob ids do not count. A file without a patch counts by its blob. */
export function isSameChange(before: readonly Json[], after: readonly Json[]): boolean {
  const [first, second] = [before, after].map((files) => files.map(essence).toSorted())
  return JSON.stringify(first) === JSON.stringify(second)
}

async function readChange(
  octokit: Octokit,
  repository: Repository,
  basehead: string,
): Promise<readonly Json[] | 'gone' | 'too-large'> {
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/compare/{basehead}',
    parameters: { ...at(repository), basehead, per_page: 1 },
    expects: [404, 422],
    lags: true,
  })
  if (status !== 200) return 'gone'
  const files = list(record(data, 'comparison'), 'files').filter(isJson)
  return files.length < mostFiles ? files : 'too-large'
}

function essence(file: Json): string {
  const { patch, previous_filename: previous } = file
  const name = [text(file, 'filename'), typeof previous === 'string' ? previous : null, text(file, 'status')]
  return JSON.stringify([...name, typeof patch === 'string' ? hunksOf(patch) : { blob: text(file, 'sha') }])
}

/** `@@ -1,4 +1,6 @@ and the line git shows for orientation` says only where a hunk stands. */
function hunksOf(patch: string): string {
  return patch.replaceAll(/^@@ .*$/gm, '@@')
}
