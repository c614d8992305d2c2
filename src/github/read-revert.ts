import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup, unknown } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import type { Reverted } from '../model/reverted.ts'
import type { Revert } from '../reconcile/world/code.ts'
import { at, callRest } from './call-rest.ts'
import { invertPatch } from './invert-patch.ts'
import { child, isJson, type Json, list, record, text } from './json.ts'
import { keep } from './known.ts'
import type { Octokit } from './octokit.ts'
import { isSameChange } from './read-comparison.ts'
import type { Reader } from './reader.ts'

/** A change of more files than one page holds is not looked at. */
const mostFiles = 100

/**
 * Whether a head undoes, on its base, just what a merged pull request did there: three calls, once for each head.
 * `absent`: it does something else, or so much that it can't be told.
 */
export async function readRevert(reader: Reader, repository: Repository, revert: Revert): Promise<Lookup<Reverted>> {
  const key = `${repository.id} ${revert.pull} ${revert.head}`
  const before = reader.known.reverts.get(key)
  if (before !== undefined) return before
  try {
    const answer = await compareRevert(await reader.octokitFor(repository.installationId), repository, revert)
    keep(reader.known.reverts, key, answer)
    return answer
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return unknown(error.failure.cause)
  }
}

async function compareRevert(
  octokit: Octokit,
  repository: Repository,
  { pull, base, head }: Revert,
): Promise<Lookup<Reverted>> {
  const of = { ...at(repository), pull_number: pull }
  const merged = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    parameters: of,
    expects: [404],
  })
  if (merged.status === 404) return absent
  const json = record(merged.data, 'pull request')
  if (json['merged'] !== true || text(child(json, 'base'), 'ref') !== base) return absent
  const done = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    parameters: { ...of, per_page: mostFiles },
  })
  const undone = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/compare/{basehead}',
    parameters: { ...at(repository), basehead: `${base}...${head}`, per_page: 1 },
    expects: [404, 422],
    lags: true,
  })
  if (undone.status !== 200) return absent
  const inverse = inverseOf(Array.isArray(done.data) ? done.data.filter(isJson) : [])
  const files = list(record(undone.data, 'comparison'), 'files').filter(isJson)
  if (inverse === null || files.length >= mostFiles || !isSameChange(inverse, files)) return absent
  return found({ pull, branch: text(child(json, 'head'), 'ref'), title: text(json, 'title') })
}

const opposites: Readonly<Record<string, string>> = {
  added: 'removed',
  removed: 'added',
  modified: 'modified',
  renamed: 'renamed',
}

/** Null where it can't be told: nothing changed, too much did, or a file is shown without its lines. */
function inverseOf(files: readonly Json[]): readonly Json[] | null {
  if (files.length === 0 || files.length >= mostFiles) return null
  const inverses = files.map((file) => {
    const status = opposites[text(file, 'status')]
    const { patch, filename, previous_filename: previous } = file
    if (status === undefined || typeof patch !== 'string') return null
    const names = status === 'renamed' ? { filename: previous, previous_filename: filename } : { filename }
    return { ...names, status, patch: invertPatch(patch) }
  })
  return inverses.every((one) => one !== null) ? inverses : null
}
