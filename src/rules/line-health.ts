import type { CheckShown } from '../model/check.ts'
import type { Change } from '../model/history.ts'
import type { LineStanding } from '../model/line-standing.ts'
import { decideChange } from './decide-change.ts'
import type { OnLine } from './line-standing.ts'
import { mergeIsGreen } from './merge-is-green.ts'

/**
 * The newest merge whose checks came to an end decides: one that still runs, or was cancelled, neither makes a line red
 * nor lifts it. A version proves its own merge where its checks can't be read any more.
 */
export function lineHealth({ line, history, config }: OnLine): LineStanding['health'] {
  const changes = [...history.versions.flatMap((version) => version.changes), ...history.unreleased]
  const tagged = new Map(history.versions.map((version) => [version.sha, version.tag]))
  let red: { readonly change: Change; readonly checks: readonly CheckShown[] } | null = null
  let judged = false
  let since: string | null = null
  for (const change of changes) {
    const result = resultOf(change, { line, config, isVersion: tagged.has(change.sha) })
    judged ||= result.kind !== 'open'
    if (result.kind === 'green') red = null
    if (result.kind === 'red') red = { change, checks: result.checks }
    since = red === null ? (tagged.get(change.sha) ?? since) : since
  }
  if (red === null) return { kind: judged ? 'green' : isSilent({ line, history, config }) ? 'unjudged' : 'new' }
  const { change, checks } = red
  const pull = change.pull === null ? null : { number: change.pull.number, url: change.pull.url }
  return { kind: 'red', since, sha: change.sha, pull, checks }
}

type Result = { readonly kind: 'green' | 'open' } | { readonly kind: 'red'; readonly checks: readonly CheckShown[] }

function resultOf(
  change: Change,
  { line, config, isVersion }: Omit<OnLine, 'history'> & { isVersion: boolean },
): Result {
  const answer = mergeIsGreen(change, { line, config })
  switch (answer.kind) {
    case 'passes':
    case 'skips':
      return { kind: 'green' }
    case 'blocks':
      return { kind: 'red', checks: answer.reason.kind === 'checks-failed' ? answer.reason.checks : [] }
    case 'waits':
      return { kind: isVersion && answer.reason.kind === 'checks-unreadable' ? 'green' : 'open' }
  }
}

/** Nothing at all reported on a merge for which it is too late. */
function isSilent({ line, history, config }: OnLine): boolean {
  return history.unreleased.some((change) => {
    const decision = decideChange(change, { line, config, last: false })
    return decision.kind === 'unproven' && decision.missing.length === 0
  })
}
