import { absent, found, type Lookup, unknown } from '../model/lookup.ts'
import type { Commit } from '../model/pull.ts'
import type { Repository } from '../model/ref.ts'
import type { TimelineItem } from '../model/timeline.ts'
import { child, type Json } from './json.ts'
import type { Octokit } from './octokit.ts'
import { type Page, parseCommits } from './parse-pull.ts'
import { parseTimeline } from './parse-timeline.ts'
import { pullPageQuery } from './pull-query.ts'
import { runQuery } from './run-query.ts'

type PullAt = { readonly repository: Repository; readonly number: number }

/** GitHub lists at most 250 commits of a pull request and tells how many there are. */
const mostPages = 10
/** A timeline has no such end, and each comment on a line may be a review of its own. */
const mostOfTimeline = 50

/** All commits, oldest first, given the first page. `absent` when GitHub does not list all, or not all authors of one. */
export async function readCommits(
  octokit: Octokit,
  pull: PullAt,
  first: Page<Commit> & { readonly total: number },
): Promise<Lookup<readonly Commit[]>> {
  let page: Page<Commit> = first
  let commits = first.items
  for (let pages = 1; page.more !== null && page.whole && pages < mostPages; pages++) {
    page = parseCommits(await readPage(octokit, pull, { commits: page.more, timeline: null }))
    commits = [...commits, ...page.items]
  }
  return page.more === null && page.whole && commits.length >= first.total ? found(commits) : absent
}

/** All that bears on reviews, oldest first, given the last page. */
export async function readTimeline(
  octokit: Octokit,
  pull: PullAt,
  last: Page<TimelineItem>,
): Promise<Lookup<readonly TimelineItem[]>> {
  let page = last
  let items = last.items
  for (let pages = 1; page.more !== null && page.whole && pages < mostOfTimeline; pages++) {
    page = parseTimeline(await readPage(octokit, pull, { commits: null, timeline: page.more }))
    items = [...page.items, ...items]
  }
  return page.more === null && page.whole ? found(items) : unknown('GitHub did not give all reviews')
}

async function readPage(
  octokit: Octokit,
  { repository, number }: PullAt,
  after: { readonly commits: string | null; readonly timeline: string | null },
): Promise<Json> {
  const variables = { owner: repository.owner, name: repository.name, number, ...after }
  const { data } = await runQuery(octokit, { name: 'WaybillPullPage', text: pullPageQuery, variables })
  return child(child(data, 'repository'), 'pullRequest')
}
