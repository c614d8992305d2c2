import type { ConfigChange } from './config-change.ts'
import type { ConfigProblem, ConfigRead } from './config-read.ts'
import type { Config } from './config-schema.ts'
import type { Finding } from './verdict.ts'

/** The configuration as a pull request that touches its file would leave it. */
export type Proposal = {
  /** What would be in force: nothing stands in for a broken file. `absent`: the file is deleted. */
  readonly config: ConfigRead
  /** Equal for the same file. */
  readonly file: string
}

/** How another open pull request is judged now, and would be; null where it is not judged at all. */
export type PullOutlook = {
  readonly number: number
  readonly title: string
  readonly before: readonly Finding[] | null
  readonly after: readonly Finding[] | null
}

/** What a pull request that touches the configuration would do. */
export type ProposalVerdict =
  | { readonly kind: 'broken'; readonly path: string; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: 'unreadable'; readonly cause: string }
  | { readonly kind: 'deletes' }
  | {
      readonly kind: 'adopts'
      readonly path: string
      readonly config: Config
      readonly tags: readonly string[]
      readonly pulls: readonly PullOutlook[]
      readonly more: number
    }
  | {
      readonly kind: 'changes'
      readonly path: string
      readonly changes: readonly ConfigChange[]
      readonly pulls: readonly PullOutlook[]
      readonly more: number
    }

export type Proposed = { readonly verdict: ProposalVerdict; readonly enforced: boolean }
