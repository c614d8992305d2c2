import type { Ref, Repository } from '../model/ref.ts'
import type { Listing } from '../model/seen.ts'
import type { ToldThere } from './world/telling.ts'

/** What Jira was told is there and no list shows any more: closed or deleted while the delivery about it was lost. */
export function vanished(repository: Repository, { subjects, branches }: Listing, told: ToldThere): readonly Ref[] {
  const open = new Set(subjects.flatMap(({ ref }) => (ref.kind === 'pull' ? [ref.number] : [])))
  const there = new Set(branches)
  return [
    ...told.pulls.filter((number) => !open.has(number)).map((number): Ref => ({ kind: 'pull', repository, number })),
    ...told.branches.filter((name) => !there.has(name)).map((branch): Ref => ({ kind: 'branch', repository, branch })),
  ]
}
