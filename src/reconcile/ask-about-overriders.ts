import { comparisonKey } from '../model/comparison.ts'
import { found, type Lookup } from '../model/lookup.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { partOf } from '../model/writers.ts'
import type { World } from './world/world.ts'

/** Reads what decides about a wish to override: whether the asker may, what they pushed, and the merges they clicked. */
export async function askAboutOverriders({ code }: Pick<World, 'code'>, snapshot: PullSnapshot): Promise<PullSnapshot> {
  const { ref, config, pull, wishes, commits } = snapshot
  const askers = wishes.filter(({ command }) => command?.kind === 'override').map(({ by }) => by)
  if (askers.length === 0 || config.kind !== 'valid' || pull.state !== 'open') return snapshot
  const people = config.config.merge.overriders
  const overriders = new Map<number, Lookup<boolean>>()
  for (const by of askers) {
    overriders.set(by.id, await code.readStanding(ref.repository, { people, person: { id: by.id, login: by.login } }))
  }
  const of = { branch: pull.branch, head: pull.headSha }
  const pushes = snapshot.pushes ?? (pull.isFork ? found([]) : await code.readPushes(ref.repository, of))
  const comparisons = new Map(snapshot.comparisons)
  for (const by of askers) {
    const part = partOf(by, {
      author: pull.author,
      assignees: pull.assignees,
      commits: commits.kind === 'found' ? commits.value : [],
      pushes: pushes.kind === 'found' ? pushes.value : [],
      comparisons,
    })
    for (const one of part.kind === 'asks' ? part.comparisons : []) {
      comparisons.set(comparisonKey(one), await code.compare(ref.repository, one))
    }
  }
  return { ...snapshot, overriders, pushes, comparisons }
}
