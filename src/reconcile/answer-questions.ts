import { comparisonKey } from '../model/comparison.ts'
import { found } from '../model/lookup.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { questionsAboutApprovals } from '../rules/approved.ts'
import { judgingConfig } from '../rules/judging-config.ts'
import { asksPolicyOwners, byOwners } from '../rules/policy-owner-approved.ts'
import type { World } from './world/world.ts'

/** An answer may raise one more question (who pushed, once enough approved); more rounds than these are none. */
const mostRounds = 4

/**
 * Reads what would decide about the approvals and is not in the one query: whether an outdated one was given for this
 * very change, and who pushed. Nothing is read that would change no answer.
 */
export async function answerQuestions({ code }: Pick<World, 'code'>, snapshot: PullSnapshot): Promise<PullSnapshot> {
  const { pull, ref } = snapshot
  const config = judgingConfig(snapshot)
  if (config === null || pull.state !== 'open') return snapshot
  const wanted = asksPolicyOwners(snapshot, config) ? [config, byOwners(config)] : [config]
  let { pushes } = snapshot
  const comparisons = new Map(snapshot.comparisons)
  for (let round = 0; round < mostRounds; round++) {
    const facts = { ...snapshot, pushes, comparisons }
    const questions = wanted.flatMap((one) => questionsAboutApprovals(facts, one))
    if (questions.length === 0) break
    for (const question of questions) {
      if (question.kind === 'comparison') {
        const key = comparisonKey(question.comparison)
        if (!comparisons.has(key)) comparisons.set(key, await code.compare(ref.repository, question.comparison))
      } else if (pushes === null) {
        // A fork's list is its owner's to read.
        const of = { branch: pull.branch, head: pull.headSha }
        pushes = pull.isFork ? found([]) : await code.readPushes(ref.repository, of)
      }
    }
  }
  return { ...snapshot, pushes, comparisons }
}
