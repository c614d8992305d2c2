import type { Effect } from '../model/effect.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { judgeProposal } from '../rules/judge-proposal.ts'
import { configAnswer } from '../words/config-check.ts'
import { newestPosted } from './post-check.ts'

/**
 * Answers a pull request that touches the configuration, once for each pair of files: how other pull requests would be
 * judged was true when it was said, and is not said again whenever one of them moves.
 */
export function planConfigCheck(snapshot: PullSnapshot): readonly Effect[] {
  const proposed = judgeProposal(snapshot)
  if (proposed === null || !configCheckDue(snapshot)) return []
  const { pull, posted } = snapshot
  const newest = newestPosted(posted, 'waybill/config')
  const onto =
    newest === null || newest.completed
      ? ({ kind: 'new', after: newest?.runId ?? 0 } as const)
      : ({ kind: 'update', runId: newest.runId } as const)
  const said = { sha: pull.headSha, answer: configAnswer(proposed), fingerprint: saidOf(snapshot), onto }
  return [{ kind: 'post-check', name: 'waybill/config', ...said }]
}

/** Whether the files on both sides are others than those that were answered. */
export function configCheckDue(snapshot: PullSnapshot): boolean {
  const { proposal, posted, pull } = snapshot
  if (proposal === null || pull.state !== 'open') return false
  return newestPosted(posted, 'waybill/config')?.fingerprint !== saidOf(snapshot)
}

function saidOf({ proposal, config }: PullSnapshot): string {
  const before = config.kind === 'valid' ? JSON.stringify(config.config) : config.kind
  return fingerprint(proposal?.file ?? '', JSON.stringify(proposal?.config ?? null), before)
}
