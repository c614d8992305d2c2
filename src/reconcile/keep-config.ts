import type { KeepConfig } from '../model/effect.ts'
import type { LineRef, Ref } from '../model/ref.ts'
import type { World } from './world/world.ts'

/** Most open pull requests that hear of a configuration that was deleted; others do when something comes to them. */
const most = 100

/** Looks at whatever is judged otherwise now, and only then remembers what is in force. */
export async function keepConfig(world: Pick<World, 'code' | 'memory' | 'queue'>, effect: KeepConfig): Promise<void> {
  for (const ref of await subjectsAround(world, effect.ref, effect.among)) await world.queue.hint(ref)
  await world.memory.keepConfig(effect.ref, effect.config)
}

/** All that is judged by a configuration: a repository's own subjects, or the lines of an organisation's others. */
async function subjectsAround(
  { code }: Pick<World, 'code'>,
  { repository }: LineRef,
  among: 'repository' | 'organisation',
): Promise<readonly Ref[]> {
  if (among === 'repository') {
    const refs = await code.listRefs(repository)
    return refs.length > 0 ? refs : (await code.listOpenPulls(repository, most)).pulls
  }
  const refs: Ref[] = []
  for (const other of await code.listRepositories(repository.installationId)) {
    if (!other.configured || other.repository.id === repository.id) continue
    refs.push(...(await code.listRefs(other.repository)).filter(({ kind }) => kind === 'line'))
  }
  return refs
}
