import type { Effect } from '../model/effect.ts'
import type { PullFacts } from '../model/pull.ts'
import type { Repository } from '../model/ref.ts'
import type { ReportedRepository } from '../model/report.ts'
import { decisiveReviews } from '../rules/decisive-reviews.ts'

/** Tells Jira how a pull request stands, with its reviewers. A merged one is its line's to tell. */
export function reportPull(facts: PullFacts, issueKeys: readonly string[]): readonly Effect[] {
  const { ref, pull, reviews, repositoryUrl } = facts
  if (issueKeys.length === 0 || pull.state === 'merged') return []
  const decisive = reviews.kind === 'found' ? decisiveReviews(reviews.value) : []
  const reviewers = decisive.flatMap(({ author, state }) => {
    return author === null ? [] : [{ name: author.login, approved: state === 'approved' }]
  })
  const { number, title, url, branch, base, updatedAt } = pull
  const status = pull.state === 'open' ? ('OPEN' as const) : ('DECLINED' as const)
  const author = pull.author?.login ?? 'unknown'
  const reported = { number, title, url, status, author, branch, base, updatedAt, reviewers }
  const report = { key: `pull:${ref.repository.id}:${number}`, issueKeys, sequence: updatedAt }
  const repository = reportedRepository(ref.repository, repositoryUrl)
  return [{ kind: 'report', report: { ...report, body: { kind: 'pull', repository, pull: reported } } }]
}

export function reportedRepository({ id, owner, name }: Repository, url: string): ReportedRepository {
  return { id, fullName: `${owner}/${name}`, url }
}
