import type { ConfigRead } from '../model/config-read.ts'
import { Failed } from '../model/failure.ts'
import { keep } from './known.ts'
import type { Octokit } from './octokit.ts'
import { readUnknownNames } from './read-unknown-names.ts'

/**
 * The users and teams of `merge.approvers`, and of `policy-owners` where these are asked, that GitHub positively does not
 * know: one query for each state of the file and process, and again each time while there are any, which may be made any
 * day. An answer that fails says nothing.
 */
export async function readNoApprovers(
  octokit: Octokit,
  { config, ownersAsked }: { readonly config: ConfigRead; readonly ownersAsked: boolean },
  known: Map<string, readonly string[]>,
): Promise<readonly string[]> {
  const names = namesIn(config, ownersAsked)
  if (names.length === 0) return []
  const key = names.join(' ')
  const before = known.get(key)
  if (before !== undefined) return before
  try {
    const unknown = await readUnknownNames(octokit, names)
    if (unknown.length === 0) keep(known, key, unknown)
    return unknown
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return []
  }
}

function namesIn(config: ConfigRead, ownersAsked: boolean): readonly string[] {
  if (config.kind !== 'valid') return []
  const { merge, 'policy-owners': owners } = config.config
  return [...new Set([...(typeof merge.approvers === 'string' ? [] : merge.approvers), ...(ownersAsked ? owners : [])])]
}
