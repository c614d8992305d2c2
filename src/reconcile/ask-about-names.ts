import type { PullSnapshot } from '../model/pull.ts'
import { questionAboutNames } from '../rules/questions-about-names.ts'
import type { World } from './world/world.ts'

/** Reads whether a pull request undoes a merged one, and whether it is older than the configuration, where that decides. */
export async function askAboutNames({ code }: Pick<World, 'code'>, given: PullSnapshot): Promise<PullSnapshot> {
  const { ref, pull } = given
  let snapshot = given
  let question = questionAboutNames(snapshot)
  if (question?.kind === 'revert') {
    const revert = { pull: question.pull, base: pull.base, head: pull.headSha }
    snapshot = { ...snapshot, reverts: await code.readRevert(ref.repository, revert) }
    question = questionAboutNames(snapshot)
  }
  if (question?.kind !== 'adoption') return snapshot
  const adoption = await code.readAdoption(ref.repository, pull.base)
  return adoption.kind === 'found' ? { ...snapshot, configuredSince: adoption.value } : snapshot
}
