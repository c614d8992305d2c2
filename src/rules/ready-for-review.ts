import type { PullFacts } from '../model/pull.ts'
import type { Answer } from '../model/verdict.ts'

/** Does its author say it is ready? */
export function readyForReview({ pull }: Pick<PullFacts, 'pull'>): Answer {
  return pull.draft ? { kind: 'waits', reason: { kind: 'draft' } } : { kind: 'passes', note: { kind: 'not-draft' } }
}
