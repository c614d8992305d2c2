import type { Tag } from './line.ts'

/** A tag of ours that does not stand where it was made: moved to `found`, or deleted (null). */
export type MovedTag = { readonly tag: string; readonly made: string; readonly found: string | null }

/** `made`: the tags Waybill made on the commits that were read. A version that was burned has none. */
export function movedTags(line: {
  readonly tags: readonly Tag[]
  readonly madeTags: readonly Tag[]
  readonly voids: ReadonlySet<string>
}): readonly MovedTag[] {
  const there = new Map(line.tags.map((tag) => [tag.name, tag.sha]))
  return line.madeTags
    .filter((made) => !line.voids.has(made.name) && there.get(made.name) !== made.sha)
    .map((made) => ({ tag: made.name, made: made.sha, found: there.get(made.name) ?? null }))
}

/** The tags as they were made: what they stand for does not change when somebody moves one. */
export function tagsAsMade(tags: readonly Tag[], moved: readonly MovedTag[]): readonly Tag[] {
  const wrong = new Set(moved.map(({ tag }) => tag))
  return [...tags.filter(({ name }) => !wrong.has(name)), ...moved.map(({ tag, made }) => ({ name: tag, sha: made }))]
}
