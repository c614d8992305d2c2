import type { Account } from './account.ts'

/** One push to a branch, as GitHub's activity list tells it. Merges and deletions are no pushes. */
export type Push = {
  readonly by: Account
  /** The branch, without `refs/heads/`. */
  readonly branch: string
  /** `creation`: the branch did not exist before; a button makes one without any commit of its own, too. */
  readonly kind: 'push' | 'force-push' | 'creation'
  /** The branch's head before (null for a creation) and after. */
  readonly before: string | null
  readonly after: string
  /** ms, UTC, by GitHub's clock, in whole seconds. */
  readonly at: number
}

/**
 * Who pushed the commits of a branch. A branch made without one of its commits is no push, unless its head was replaced
 * later: then nobody can tell what stood there. `clean` merges brought nothing, whoever clicked them.
 */
export function pushersOf(
  pushes: readonly Push[],
  { shas, clean }: { readonly shas: ReadonlySet<string>; readonly clean: ReadonlySet<string> },
): readonly Account[] {
  const replaced = pushes.some((push) => push.kind === 'force-push')
  return pushes
    .filter(({ kind, after }) => !clean.has(after) && (kind !== 'creation' || replaced || shas.has(after)))
    .map((push) => push.by)
}
