import type { Config } from '../model/config-schema.ts'
import type { Change } from '../model/history.ts'
import type { LineFacts, LineSnapshot } from '../model/line.ts'
import { found } from '../model/lookup.ts'
import { requiredChecks } from './required-checks.ts'
import type { World } from './world/world.ts'

type Fresh = Pick<LineSnapshot, 'types' | 'seenAt' | 'required'>

export const nothingFresh: Fresh = { types: new Map(), seenAt: new Map(), required: found([]) }

/** What decides about changes that have no version yet: their issues' types, since when they are there, what is required. */
export async function askAboutFresh(
  { code, memory }: Pick<World, 'code' | 'memory'>,
  { ref }: LineFacts,
  { fresh, config }: { readonly fresh: readonly Change[]; readonly config: Config },
): Promise<Fresh> {
  const pulls = fresh.flatMap((change) => (change.pull === null ? [] : [change.pull.number]))
  const seenAt = new Map<string, number>()
  for (const { pull, sha } of fresh) if (pull === null) seenAt.set(sha, await memory.headSeen(ref, sha))
  const asks = config.release?.checks === 'required'
  return {
    types: await memory.issueTypes(ref.repository, pulls),
    seenAt,
    required: asks ? requiredChecks(await code.readBranchRules(ref.repository, ref.branch)) : found([]),
  }
}
