import { issueKeysIn } from '../model/issue-key.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { revertedBy } from '../model/reverted.ts'
import { branchNamesIssue } from './branch-names-issue.ts'
import { changeOfPull } from './change-facts.ts'
import { issueIsReady } from './issue-is-ready.ts'

/** What would decide about a pull request's name or issue and is not read as a rule. */
export type NameQuestion = { readonly kind: 'revert'; readonly pull: number } | { readonly kind: 'adoption' }

/** At most one at a time: what it is answered may leave no other. */
export function questionAboutNames(snapshot: PullSnapshot): NameQuestion | null {
  const { config, pull, reverts, configuredSince } = snapshot
  if (config.kind !== 'valid' || pull.state !== 'open') return null
  const change = changeOfPull(snapshot)
  const name = branchNamesIssue(change, config.config)
  const undone = revertedBy(pull.branch)
  const isHeld = name.kind === 'blocks' || issueIsReady(change, config.config).kind === 'blocks'
  if (undone !== null && reverts === null && isHeld) return { kind: 'revert', pull: undone }
  const isTitled = issueKeysIn(pull.title, config.config.issues.projects).length > 0
  return name.kind === 'blocks' && isTitled && configuredSince === null ? { kind: 'adoption' } : null
}
