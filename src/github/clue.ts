import { queuedLine } from '../model/merge-queue.ts'
import type { BranchRef, CommitRef, LineRef, PullRef, QueueRef, Ref, Repository } from '../model/ref.ts'
import type { CheckNews, Hint } from '../reconcile/world/inbox.ts'
import { type Fields, fields, idOf, nameOf } from './narrow.ts'

export type Clue =
  | { readonly kind: 'look'; readonly ref: Ref; readonly when: Hint['when']; readonly check?: CheckNews }
  /** Look at the branch, unless a pull request is known to be open from it. */
  | { readonly kind: 'branch'; readonly ref: BranchRef; readonly when: Hint['when'] }
  /** Look at what is known to stand at the commit; if nothing is, at `otherwise`. */
  | {
      readonly kind: 'commit'
      readonly ref: CommitRef
      readonly otherwise: LineRef | CommitRef
      readonly when: Hint['when']
      readonly check?: CheckNews
    }

/** Our own App. `slug` is null while GitHub was not asked for it; then our own echoes are only looked at once more. */
export type OwnApp = { readonly appId: number; readonly slug: string | null }

export type Place = { readonly repository: Repository; readonly defaultBranch: string }
/** A payload whose installation and repository were read. */
export type Delivered = Place & { readonly given: Fields; readonly own: OwnApp; readonly action: string | null }

export function placeOf(given: Fields): Place | null {
  const repository = fields(given['repository'])
  const installationId = idOf(fields(given['installation'])?.['id'])
  const id = idOf(repository?.['id'])
  const name = nameOf(repository?.['name'])
  const owner = nameOf(fields(repository?.['owner'])?.['login'])
  const defaultBranch = nameOf(repository?.['default_branch'])
  if (installationId === null || id === null || name === null || owner === null || defaultBranch === null) return null
  return { repository: { installationId, id, owner, name }, defaultBranch }
}

export function look(ref: Ref, when: Hint['when']): Clue {
  return { kind: 'look', ref, when }
}

export function line({ repository, defaultBranch }: Place, branch = defaultBranch): LineRef {
  return { kind: 'line', repository, branch }
}

export function pull({ repository }: Place, number: number): PullRef {
  return { kind: 'pull', repository, number }
}

/** GitHub's own branches of a merge queue: their groups are judged together. */
export function isQueueBranch(branch: string): boolean {
  return branch.startsWith('gh-readonly-queue/')
}

/** The queue whose branch this is; none where the name is not one that GitHub gives. */
export function queueOf({ repository }: Place, branch: string): readonly QueueRef[] {
  const line = queuedLine(branch)
  return line === null ? [] : [{ kind: 'queue', repository, branch: line }]
}

export function isOurs({ own }: Delivered, account: unknown): boolean {
  return own.slug !== null && fields(account)?.['login'] === `${own.slug}[bot]`
}
