import type { Ms, User } from './accounts.ts'

export type Release = {
  readonly id: number
  readonly nodeId: string
  tagName: string
  targetCommitish: string
  name: string | undefined
  body: string | undefined
  draft: boolean
  prerelease: boolean
  makeLatest: 'true' | 'false' | 'legacy'
  readonly author: User
  readonly createdAt: Ms
  publishedAt: Ms | undefined
  /** Published while the repository made its releases immutable: its tag stays where it is. */
  immutable: boolean
}

/** A ruleset for tags. */
export type TagRuleset = {
  readonly id: number
  readonly nodeId: string
  name: string
  enforcement: 'active' | 'disabled' | 'evaluate'
  /** Patterns of whole ref names, or `~ALL`. */
  include: readonly string[]
  rules: readonly string[]
  /** Apps that it does not hold. */
  bypassAppIds: readonly number[]
  readonly createdAt: Ms
}
