import type { Repository } from './state/repository.ts'

const tails = new WeakMap<Repository, Promise<unknown>>()

/** Runs changes of one repository one after the other, in the order of the calls. Must not be nested. */
export function exclusive<T>(repository: Repository, work: () => Promise<T> | T): Promise<T> {
  const before = tails.get(repository) ?? Promise.resolve()
  const done = before.then(work, work)
  tails.set(
    repository,
    done.catch(() => undefined),
  )
  return done
}
