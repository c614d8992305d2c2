import { fitsPattern, proposeBranch } from '../model/branch-name.ts'
import type { Config } from '../model/config-schema.ts'
import { globMatches } from '../model/glob.ts'
import { issueKeysIn, keysLike } from '../model/issue-key.ts'
import type { Reason } from '../model/reason.ts'
import { revertedBy } from '../model/reverted.ts'
import type { Answer } from '../model/verdict.ts'
import type { ChangeFacts } from './change-facts.ts'

/**
 * Does the branch name its issue, in one of the configured shapes? A bot's exempt branch needs none, nor what GitHub's
 * “Revert” button made of a merged change. What was opened before the configuration came may name it in its title.
 */
export function branchNamesIssue(change: ChangeFacts, config: Config): Answer {
  const { reverts } = change
  const exempt = exemptionOf(change, config)
  if (exempt !== null) return { kind: 'skips', note: exempt }
  if (reverts?.kind === 'found') return { kind: 'passes', note: { kind: 'reverts', pull: reverts.value.pull } }
  const answer = judgeName(change, config)
  const pull = revertedBy(change.branch)
  if (answer.kind === 'blocks' && reverts?.kind === 'unknown' && pull !== null) {
    return { kind: 'waits', reason: { kind: 'revert-unreadable', pull, cause: reverts.cause } }
  }
  return change.isOlder && answer.kind === 'blocks' ? judgeTitle(change, config, answer) : answer
}

/** A fork's branch is not ours to name: there a key in the title is enough. */
function judgeName(change: ChangeFacts, config: Config): Answer {
  const { projects } = config.issues
  const keys = issueKeysIn(change.branch, projects)
  const titled = issueKeysIn(change.title, projects)
  if (keys.length === 0 && change.isFork && titled[0] !== undefined) {
    return severalIn(titled, change, config) ?? { kind: 'passes', note: { kind: 'title-names-issue', key: titled[0] } }
  }
  if (keys[0] === undefined) return { kind: 'blocks', reason: keyless(change, config) }
  const several = severalIn(keys, change, config)
  if (several !== null) return several
  if (!change.isFork && !fitsPattern(config, change.branch)) {
    return { kind: 'blocks', reason: { kind: 'branch-off-pattern', ...naming(change, config, keys[0]) } }
  }
  return { kind: 'passes', note: { kind: 'names-issue', key: keys[0] } }
}

/** One issue is asked for of the old as of the new. */
function judgeTitle(change: ChangeFacts, config: Config, otherwise: Answer): Answer {
  const { projects } = config.issues
  const [key] = issueKeysIn(change.title, projects)
  if (key === undefined) return otherwise
  const all = [...issueKeysIn(change.branch, projects), ...issueKeysIn(change.title, projects)]
  return severalIn(all, change, config) ?? { kind: 'passes', note: { kind: 'opened-before', key } }
}

/** The pattern that exempts this branch from naming an issue: only a bot's branch can be exempt. */
export function exemptionOf(
  { branch, pusher }: Pick<ChangeFacts, 'branch' | 'pusher'>,
  config: Config,
): { readonly kind: 'exempt-branch'; readonly pattern: string; readonly pusher: string } | null {
  if (pusher?.kind !== 'bot') return null
  const pattern = config.branches.exempt.find((glob) => globMatches(glob, branch, '/'))
  return pattern === undefined ? null : { kind: 'exempt-branch', pattern, pusher: pusher.login }
}

/**
 * With `one-issue`: the keys of the name, and any other that a commit's first line begins with, in brackets or not; or the
 * pull request's title, which is the first line of what a squash makes.
 */
function severalIn(keys: readonly string[], change: ChangeFacts, config: Config): Answer | null {
  if (!config.merge['one-issue']) return null
  const { headlines } = change
  const lines = [...(change.onPull ? [change.title] : []), ...(headlines.kind === 'found' ? headlines.value : [])]
  const begun = lines.flatMap((line) => keyAtBegin(line, config.issues.projects))
  const all = [...new Set([...keys, ...begun])]
  if (all.length > 1) return { kind: 'blocks', reason: { kind: 'several-issues', keys: all } }
  switch (headlines.kind) {
    case 'found':
      return null
    case 'absent':
      return { kind: 'waits', reason: { kind: 'commits-unlisted' } }
    case 'unknown':
      return { kind: 'waits', reason: { kind: 'commits-unreadable', cause: headlines.cause } }
  }
}

function keyAtBegin(line: string, projects: readonly string[]): readonly string[] {
  const bare = line.replace(/^[^\p{L}\p{N}]+/u, '')
  const [first] = issueKeysIn(bare, projects)
  return first !== undefined && bare.toUpperCase().startsWith(first) ? [first] : []
}

function keyless(change: ChangeFacts, config: Config): Reason {
  const { projects } = config.issues
  const foreign = keysLike(change.branch)
  if (foreign.length > 0)
    return { kind: 'foreign-project', keys: foreign, projects, onPull: change.onPull, isFork: change.isFork }
  const [key] = issueKeysIn(change.title, projects)
  return { kind: 'branch-without-key', ...naming(change, config, key) }
}

function naming({ branch, title, onPull, isFork }: ChangeFacts, config: Config, key: string | undefined) {
  const words = [branch.split('/').at(-1) ?? '', title]
  const proposal = key === undefined ? null : proposeBranch(config, { key, words })
  return { branch, patterns: config.branches.pattern, proposal, onPull, isFork }
}
