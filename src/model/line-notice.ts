/** Something that concerns a whole line and that a person should know. Each has its words in `words/line-notices`. */
export type LineNotice =
  /** GitHub refused something that the line needs; it is tried again by itself. */
  | {
      readonly kind: 'parked'
      readonly what: 'tag' | 'release' | 'deployment' | 'words'
      readonly name: string
      readonly cause: string
      readonly remedy: string
    }
  /** A version tag on a commit that is not on this line. */
  | { readonly kind: 'foreign-tag'; readonly tag: string; readonly sha: string }
  /** Version-like tags of another shape stand on the line, and none of the configured one. */
  | {
      readonly kind: 'other-shape'
      readonly tags: readonly string[]
      readonly pattern: string
      readonly fits: string
    }
  /** History goes on beyond what is read, and no version was met. */
  | { readonly kind: 'cut'; readonly commits: number }
  /** A merge whose checks never said anything; the next green one carries it. */
  | {
      readonly kind: 'unproven'
      readonly sha: string
      readonly pull: number | null
      readonly missing: readonly string[]
    }
  | { readonly kind: 'direct-push'; readonly sha: string; readonly by: string }
  /** A version whose name GitHub never gives out again. */
  | { readonly kind: 'void-version'; readonly tag: string }
  /** No check ever reported on a merge. */
  | { readonly kind: 'unjudged' }
