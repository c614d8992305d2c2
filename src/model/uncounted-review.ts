/** A review that does not count: it says approved, or asks for changes without the right to write. */
export type UncountedReview = {
  readonly login: string
  readonly says: 'approved' | 'changes_requested'
  readonly because:
    | 'author'
    | 'commit-author'
    | 'committer'
    | 'co-author'
    | 'assignee-of-bot'
    | 'pusher'
    | 'bot'
    | 'no-write-access'
    | 'not-an-approver'
    | 'other-account'
    | 'outdated'
    | 'asked-again'
    | 'base-changed'
  /** The commit that makes the reviewer an implementer, or the head the review was given for. */
  readonly sha: string | null
}
