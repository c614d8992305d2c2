import { Failed } from '../model/failure.ts'
import type { World } from './world.ts'

/**
 * Looks at everything once: the way back after lost deliveries. A repository that can't be read now is left for the
 * next sweep; the others go on.
 */
export async function sweep(world: Pick<World, 'code' | 'queue' | 'log'>): Promise<void> {
  for (const repository of await world.code.listRepositories()) {
    try {
      for (const ref of await world.code.listRefs(repository)) await world.queue.hint(ref)
      await world.queue.hintOutbox(repository)
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      world.log.warn({ repository: repository.id, cause: error.failure.cause }, 'not swept')
    }
  }
}
