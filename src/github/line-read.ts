import type { LineAsk, LinePage, Part, ReadDeployment } from './line-page.ts'
import type { WalkCommit } from './parse-line.ts'

/** All pages of a line that were read so far. */
export type LineRead = {
  /** In the order of GitHub's history, merged branches included. */
  readonly commits: ReadonlyMap<string, WalkCommit>
  /** The cursor of the next page of history. */
  readonly next: string | null
  readonly tags: LinePage['tags']
  readonly releases: LinePage['releases']
  readonly deployments: ReadonlyMap<string, Part<ReadDeployment>>
  readonly members: LinePage['members']
  readonly pulls: LinePage['pulls']
  readonly comments: LinePage['comments']
  readonly writers: LinePage['writers']
}

const nothing = { items: [], next: null }

export const emptyLine: LineRead = {
  commits: new Map(),
  next: null,
  tags: nothing,
  releases: nothing,
  deployments: new Map(),
  members: new Map(),
  pulls: new Map(),
  comments: new Map(),
  writers: new Set(),
}

/** Adds a page to what was read; parts that were not asked for stay as they were. */
export function addPage(read: LineRead, ask: LineAsk, page: LinePage): LineRead {
  return {
    commits: new Map([...read.commits, ...page.commits.items.map((commit) => [commit.sha, commit] as const)]),
    next: ask.history === undefined ? read.next : page.commits.next,
    tags: ask.tags === undefined ? read.tags : join(read.tags, page.tags),
    releases: ask.releases === undefined ? read.releases : join(read.releases, page.releases),
    deployments: new Map([
      ...read.deployments,
      ...ask.deployments.map(({ environment }, at) => {
        const more = page.deployments[at] ?? nothing
        return [environment, join(read.deployments.get(environment) ?? nothing, more)] as const
      }),
    ]),
    members: new Map([...read.members, ...page.members]),
    pulls: new Map([...read.pulls, ...page.pulls]),
    comments: new Map([...read.comments, ...page.comments]),
    writers: new Set([...read.writers, ...page.writers]),
  }
}

function join<T>(before: Part<T>, more: Part<T>): Part<T> {
  return { items: [...before.items, ...more.items], next: more.next }
}
