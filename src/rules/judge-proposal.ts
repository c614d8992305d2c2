import { configChanges } from '../model/config-changes.ts'
import { type ConfigRead, gatedBranches, isEnforced } from '../model/config-read.ts'
import type { ProposalVerdict, Proposed, PullOutlook } from '../model/proposal.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Finding } from '../model/verdict.ts'
import { judgePull } from './judge-pull.ts'

/** Null where the file is left alone, or the branch it would change is not one that Waybill looks at. */
export function judgeProposal(snapshot: PullSnapshot): Proposed | null {
  const { proposal, pull, config, defaultBranch } = snapshot
  if (proposal === null || pull.state !== 'open') return null
  const after = proposal.config
  const lines = [config, after].flatMap((one) => linesOf(one, defaultBranch))
  if (![defaultBranch, ...lines, ...(snapshot.gated ?? [])].includes(pull.base)) return null
  return { verdict: verdictOf(snapshot, after), enforced: isEnforced(config.kind === 'valid' ? config : after) }
}

function verdictOf(snapshot: PullSnapshot, after: ConfigRead): ProposalVerdict {
  const { config, defaultBranch, outlook } = snapshot
  switch (after.kind) {
    case 'unknown':
      return { kind: 'unreadable', cause: after.cause }
    case 'absent':
      return { kind: 'deletes' }
    case 'broken':
      return { kind: 'broken', path: after.path, problems: after.problems }
    case 'valid': {
      const { path, problems } = after
      if (problems.length > 0) return { kind: 'broken', path, problems }
      const pulls = (outlook?.pulls ?? []).map((other) => outlookOf(other, snapshot, after))
      const more = outlook?.more ?? 0
      if (config.kind !== 'valid') {
        return { kind: 'adopts', path, config: after.config, tags: outlook?.tags ?? [], pulls, more }
      }
      return { kind: 'changes', path, changes: configChanges(config.config, after.config, defaultBranch), pulls, more }
    }
  }
}

/** The file of a branch judges what goes into that branch; the default branch's file says which branches are gated. */
function outlookOf(other: PullSnapshot, { pull, defaultBranch }: PullSnapshot, after: ConfigRead): PullOutlook {
  const { number, title, base } = other.pull
  const config = base === pull.base ? after : other.config
  const gated = pull.base === defaultBranch ? linesOf(after, defaultBranch) : other.gated
  return { number, title, before: findingsOf(other), after: findingsOf({ ...other, config, gated }) }
}

function findingsOf(pull: PullSnapshot): readonly Finding[] | null {
  const verdict = judgePull(pull)
  return verdict.kind === 'judged' ? verdict.findings : null
}

function linesOf(config: ConfigRead, defaultBranch: string): readonly string[] {
  return config.kind === 'valid' ? gatedBranches(config.config, defaultBranch) : []
}
