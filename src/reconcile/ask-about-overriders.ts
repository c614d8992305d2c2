import type { Account } from '../model/account.ts'
import { comparisonKey } from '../model/comparison.ts'
import type { People } from '../model/config-schema.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import { isLogin } from '../model/named-logins.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { partOf } from '../model/writers.ts'
import { isListed } from '../rules/is-listed.ts'
import type { World } from './world/world.ts'

/** Reads what decides about a wish to override: whether the asker may, what they pushed, and the merges they clicked. */
export async function askAboutOverriders({ code }: Pick<World, 'code'>, snapshot: PullSnapshot): Promise<PullSnapshot> {
  const { ref, config, pull, wishes, commits } = snapshot
  const askers = wishes.filter(({ command }) => command?.kind === 'override').map(({ by }) => by)
  if (askers.length === 0 || config.kind !== 'valid' || pull.state !== 'open') return snapshot
  const named = config.config.merge.overriders
  const overriders = new Map<number, Lookup<boolean>>()
  for (const by of askers) {
    overriders.set(by.id, await mayOverride({ code }, snapshot, { named, by }))
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

/** By id where a user is named; the members of a team are asked for. */
async function mayOverride(
  { code }: Pick<World, 'code'>,
  { ref, members }: PullSnapshot,
  { named, by }: { readonly named: People; readonly by: Account },
): Promise<Lookup<boolean>> {
  const person = { id: by.id, login: by.login }
  if (typeof named === 'string') return code.readStanding(ref.repository, { people: named, person })
  const listed = isListed(named.filter(isLogin), by, { members, writers: found([]) })
  if (listed === true) return found(true)
  const teams = await code.readStanding(ref.repository, { people: named.filter((one) => !isLogin(one)), person })
  const isUnread = typeof listed === 'object' && listed.kind === 'promoters-unreadable'
  return isUnread && teams.kind === 'found' && !teams.value ? unknown(listed.cause) : teams
}
