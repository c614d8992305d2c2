import { type PullRef, type Repository, refKey } from '../model/ref.ts'
import type { World } from './world/world.ts'

/**
 * Jira sends no news, so a sweep asks for the issues that gates found good, a hundred at a time, and has those pull requests looked at of
 * whose issues there is something new. Between two sweeps what was read is good enough.
 */
export async function watchIssues(
  { issues, memory, queue }: Pick<World, 'issues' | 'memory'> & { readonly queue: Pick<World['queue'], 'hintAll'> },
  repositories: readonly Repository[],
): Promise<void> {
  if (!issues.verifies || repositories.length === 0) return
  const watched = await memory.verifiedOpenPulls(repositories)
  const news = new Set(await issues.refresh([...new Set(watched.map(({ issueKey }) => issueKey))]))
  const concerned = watched.filter(({ issueKey }) => news.has(issueKey))
  for (const repository of repositories) {
    const own = concerned.filter(({ repositoryId }) => repositoryId === repository.id)
    const refs = own.map(({ pull: number }): PullRef => ({ kind: 'pull', repository, number }))
    if (refs.length > 0) await queue.hintAll([...new Map(refs.map((ref) => [refKey(ref), ref])).values()])
  }
}
