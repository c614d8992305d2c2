import { changeKeys } from '../model/change-keys.ts'
import type { Config } from '../model/config-schema.ts'
import { issueKeysIn } from '../model/issue-key.ts'
import type { Reverted } from '../model/reverted.ts'
import { sameName } from '../model/same-name.ts'
import type { Answer } from '../model/verdict.ts'
import { exemptionOf } from './branch-names-issue.ts'
import type { ChangeFacts } from './change-facts.ts'

/**
 * Does the issue exist, open and in a status that is allowed? Not being able to ask is not a no: it waits, and passes
 * where the issue was found good for this pull request before.
 */
export function issueIsReady(change: ChangeFacts, config: Config): Answer {
  if (change.reverts?.kind === 'found') return ofReverted(change.reverts.value, config)
  const keys = keysOf(change, config)
  if (keys.length === 0) {
    const exempt = exemptionOf(change, config) !== null
    return { kind: 'skips', note: { kind: exempt ? 'no-issue-needed' : 'no-issue-named' } }
  }
  const answers = keys.map((key) => judgeIssue(key, change, config))
  const worst =
    answers.find((one) => one.kind === 'blocks') ?? answers.find((one) => one.kind === 'waits') ?? answers[0]
  return worst ?? { kind: 'skips', note: { kind: 'no-issue-named' } }
}

/** What undoes a change belongs to its issue, and that may be done by now. */
function ofReverted(reverted: Reverted, config: Config): Answer {
  return {
    kind: 'passes',
    note: { kind: 'issue-of-reverted', pull: reverted.pull, keys: changeKeys(config, reverted) },
  }
}

/** A branch without a pull request has no title to speak for it. */
function keysOf(change: ChangeFacts, config: Config): readonly string[] {
  return change.onPull ? changeKeys(config, change) : issueKeysIn(change.branch, config.issues.projects)
}

function judgeIssue(key: string, change: ChangeFacts, config: Config): Answer {
  const lookup = change.issues.get(key)
  if (!config.issues.verify || lookup === undefined)
    return { kind: 'skips', note: { kind: 'issue-not-looked-up', key } }
  if (lookup.kind === 'absent') return { kind: 'blocks', reason: { kind: 'issue-not-found', key } }
  if (lookup.kind === 'unknown') {
    const at = change.verified.get(key)
    const since = change.jiraAwaySince
    return at === undefined
      ? { kind: 'waits', reason: { kind: 'issue-unreadable', key, since, cause: lookup.cause } }
      : { kind: 'passes', note: { kind: 'issue-verified-before', key, at, since, cause: lookup.cause } }
  }
  const issue = lookup.value
  if (issue.key !== key) return { kind: 'blocks', reason: { kind: 'issue-moved', key, newKey: issue.key } }
  if (issue.done && change.movedToDone.has(key)) {
    return { kind: 'passes', note: { kind: 'issue-done-by-waybill', key, status: issue.status } }
  }
  if (issue.done) return { kind: 'blocks', reason: { kind: 'issue-done', key, status: issue.status } }
  const allowed = config.issues.statuses
  if (allowed.length > 0 && !allowed.some((status) => sameName(status, issue.status))) {
    return { kind: 'blocks', reason: { kind: 'issue-status-not-allowed', key, status: issue.status, allowed } }
  }
  return { kind: 'passes', note: { kind: 'issue-ready', key, summary: issue.summary, status: issue.status } }
}
