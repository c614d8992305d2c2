import { found, type Lookup, unknown } from '../model/lookup.ts'
import type { Commit, Review } from '../model/pull.ts'
import type { Repository } from '../model/ref.ts'
import { child, type Json } from './json.ts'
import type { Octokit } from './octokit.ts'
import { type Page, parseCommits, parseReviews } from './parse-pull.ts'
import { pullPageQuery } from './pull-query.ts'
import { runQuery } from './run-query.ts'

type PullAt = { readonly repository: Repository; readonly number: number }

/** GitHub lists at most 250 commits of a pull request and tells how many there are. */
const mostPages = 10

/** All commits, oldest first, given the first page. `unknown` when GitHub does not give all. */
export async function readCommits(
  octokit: Octokit,
  pull: PullAt,
  first: Page<Commit> & { readonly total: number },
): Promise<Lookup<readonly Commit[]>> {
  let page: Page<Commit> = first
  let commits = first.items
  for (let pages = 1; page.more !== null && page.whole && pages < mostPages; pages++) {
    page = parseCommits(await readPage(octokit, pull, { commits: page.more, reviews: null }))
    commits = [...commits, ...page.items]
  }
  if (page.more === null && page.whole && commits.length >= first.total) return found(commits)
  return unknown(`GitHub lists ${commits.length} of ${first.total} commits`)
}

/** All reviews, oldest first, given the last page. */
export async function readReviews(
  octokit: Octokit,
  pull: PullAt,
  last: Page<Review>,
): Promise<Lookup<readonly Review[]>> {
  let page = last
  let reviews = last.items
  for (let pages = 1; page.more !== null && page.whole && pages < mostPages; pages++) {
    page = parseReviews(await readPage(octokit, pull, { commits: null, reviews: page.more }))
    reviews = [...page.items, ...reviews]
  }
  return page.more === null && page.whole ? found(reviews) : unknown('GitHub did not give all reviews')
}

async function readPage(
  octokit: Octokit,
  { repository, number }: PullAt,
  after: { readonly commits: string | null; readonly reviews: string | null },
): Promise<Json> {
  const variables = { owner: repository.owner, name: repository.name, number, ...after }
  const { data } = await runQuery(octokit, { name: 'WaybillPullPage', text: pullPageQuery, variables })
  return child(child(data, 'repository'), 'pullRequest')
}
