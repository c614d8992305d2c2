import { Failed } from '../model/failure.ts'
import type { Repository } from '../model/ref.ts'
import type { Listed } from '../model/seen.ts'
import type { World } from './world/world.ts'

/**
 * Looks at whatever something came to since it was looked at last, and hears the last comments: the way back after lost deliveries. A repository that can't be
 * read now is left for the next sweep; the others go on.
 */
export async function sweep(world: Pick<World, 'code' | 'memory' | 'queue' | 'log'>): Promise<void> {
  for (const repository of await world.code.listRepositories()) {
    try {
      const subjects = await world.code.listSubjects(repository)
      await world.queue.hintAll(await world.memory.newsAmong(subjects))
      if (subjects.length > 0) await hear(world, repository, subjects)
      await world.queue.hintOutbox(repository)
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      world.log.warn({ repository: repository.id, cause: error.failure.cause }, 'not swept')
    }
  }
}

async function hear(
  { code, memory, queue }: Pick<World, 'code' | 'memory' | 'queue'>,
  repository: Repository,
  subjects: readonly Listed[],
): Promise<void> {
  const wishes = await code.listCommands(repository)
  await memory.hear(wishes)
  const line = subjects.find(({ ref }) => ref.kind === 'line')?.ref
  // The pass that the sweep asked for may have read the open wishes already.
  if (wishes.length > 0 && line !== undefined) await queue.hint(line)
}
