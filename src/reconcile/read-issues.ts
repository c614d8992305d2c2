import type { Issue } from '../model/issue.ts'
import type { Lookup } from '../model/lookup.ts'
import { sameName } from '../model/same-name.ts'
import type { World } from './world/world.ts'

type Wanted = {
  readonly keys: readonly string[]
  readonly verify: boolean
  /** How old an answer may be (ms). */
  readonly within: number
  /** If given, an older answer will do only where it holds nothing up: open, and in one of these if there are any. */
  readonly statuses?: readonly string[]
}

/** Every key is looked up once; without Jira, or with `verify: false`, none is. */
export async function readIssues(
  { issues }: Pick<World, 'issues'>,
  want: Wanted,
): Promise<ReadonlyMap<string, Lookup<Issue>>> {
  if (!issues.verifies || !want.verify) return new Map()
  const keys = [...new Set(want.keys)]
  const answers = await Promise.all(keys.map((key) => ask(issues, key, want)))
  return new Map(
    keys.flatMap((key, at) => {
      const answer = answers[at]
      return answer === undefined ? [] : [[key, answer] as const]
    }),
  )
}

async function ask(issues: World['issues'], key: string, { within, statuses }: Wanted): Promise<Lookup<Issue>> {
  const answer = await issues.readIssue(key, within)
  if (within === 0 || statuses === undefined || answer.kind !== 'found') return answer
  const { done, status, key: own } = answer.value
  const allowed = statuses.length === 0 || statuses.some((one) => sameName(one, status))
  return done || own !== key || !allowed ? issues.readIssue(key) : answer
}
