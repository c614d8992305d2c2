/** A repository as one installation sees it. Identity is the id: names change. */
export type Repository = {
  readonly installationId: number
  readonly id: number
  readonly owner: string
  readonly name: string
}

/** A pushed branch without an open pull request. */
export type BranchRef = { readonly kind: 'branch'; readonly repository: Repository; readonly branch: string }
/** An open pull request. */
export type PullRef = { readonly kind: 'pull'; readonly repository: Repository; readonly number: number }
/** A protected branch with its merges, tags, releases, deployments and wishes. */
export type LineRef = { readonly kind: 'line'; readonly repository: Repository; readonly branch: string }
/** A commit whose subjects are not known yet: its pass only finds where to look. */
export type CommitRef = { readonly kind: 'commit'; readonly repository: Repository; readonly sha: string }

/** The merge queue of a line: the groups that GitHub builds of its pull requests before it merges them. */
export type QueueRef = { readonly kind: 'queue'; readonly repository: Repository; readonly branch: string }

/** A run of GitHub Actions that asks for an environment; `branch` is the repository's default branch. */
export type RunRef = {
  readonly kind: 'run'
  readonly repository: Repository
  readonly branch: string
  readonly runId: number
  readonly environment: string
}

export type Ref = BranchRef | PullRef | LineRef | CommitRef | QueueRef | RunRef

/** The same for every ref to the same subject, whatever its repository is called today. */
export function refKey(ref: Ref): string {
  const at = `${ref.kind}:${ref.repository.id}`
  switch (ref.kind) {
    case 'branch':
    case 'line':
    case 'queue':
      return `${at}:${ref.branch}`
    case 'pull':
      return `${at}:${ref.number}`
    case 'run':
      return `${at}:${ref.runId}:${ref.environment}`
    case 'commit':
      return `${at}:${ref.sha}`
  }
}
