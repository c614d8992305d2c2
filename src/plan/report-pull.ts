import { changeKeys } from '../model/change-keys.ts'
import { gatedBranches } from '../model/config-read.ts'
import type { Effect } from '../model/effect.ts'
import type { PullRequest, PullSnapshot, Review } from '../model/pull.ts'
import type { Repository } from '../model/ref.ts'
import { pullReportKey, type ReportedPull, type ReportedRepository } from '../model/report.ts'
import { decisiveReviews } from '../rules/decisive-reviews.ts'
import { linkPull } from './link-pull.ts'
import { moveIssues } from './move-issues.ts'
import { report, takeBack } from './report.ts'

/**
 * Tells Jira how a pull request stands, with its reviewers, and moves its issues when it is opened. A merged one is its line's to tell,
 * if it has one; one that names no issue of ours any more, or goes elsewhere now, is taken back from the issues that heard of it.
 */
export function reportPull(snapshot: PullSnapshot): readonly Effect[] {
  const { ref, pull, reviews, repositoryUrl, config } = snapshot
  if (config.kind !== 'valid' || config.config.mode === 'report' || isOfLine(snapshot)) return []
  const key = pullReportKey(ref.repository.id, pull.number)
  const repository = reportedRepository(ref.repository, repositoryUrl)
  const issueKeys = pullKeys(snapshot)
  if (issueKeys.length === 0) {
    const told = snapshot.jira.some((one) => one.key === key && one.body.kind !== 'gone')
    return told ? [takeBack(key, repository, { kind: 'pull', number: pull.number })] : []
  }
  const reviewers = reviewersOf(pull, reviews.kind === 'found' ? reviews.value : [])
  const { number, title, url, branch, base, updatedAt } = pull
  const status = statusOf[pull.state]
  const author = pull.author?.login ?? 'unknown'
  const reported = { number, title, url, status, author, branch, base, updatedAt, reviewers }
  const body = { kind: 'pull' as const, repository, pull: reported }
  return [
    report(config.config, { key, issueKeys, sequence: updatedAt, body }),
    ...linkPull(config.config, { repository, pull: reported, issueKeys }),
    ...(pull.state === 'open' ? moveOpened(snapshot, issueKeys) : []),
  ]
}

const statusOf = { open: 'OPEN', closed: 'DECLINED', merged: 'MERGED' } as const

/** A line that has not told of it after this (ms) does not find it among its commits. */
const lineTells = 600_000

/** Merged into the line that is released, which tells it with its version. Other gated branches have no line. */
function isOfLine({ ref, pull, config, gated, defaultBranch, jira, now }: PullSnapshot): boolean {
  if (pull.state !== 'merged' || config.kind !== 'valid') return false
  const [released] = gated ?? gatedBranches(config.config, defaultBranch)
  const key = pullReportKey(ref.repository.id, pull.number)
  const isOpen = jira.some((one) => one.key === key && one.body.kind === 'pull' && one.body.pull.status === 'OPEN')
  return pull.base === released && !(isOpen && now - pull.updatedAt > lineTells)
}

/** Who decided, and who is awaited: an approval of somebody who was asked again counts no more. Jira knows people only. */
function reviewersOf({ requested }: PullRequest, reviews: readonly Review[]): ReportedPull['reviewers'] {
  const awaited = new Set(requested.map(({ id }) => id))
  const decided = decisiveReviews(reviews).flatMap(({ author, state }) => {
    return author === null || awaited.has(author.id) ? [] : [{ name: author.login, approved: state === 'approved' }]
  })
  const asked = requested.map(({ login }) => ({ name: login, approved: false }))
  return [...decided, ...asked].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function moveOpened({ ref, config, pull, now }: PullSnapshot, issueKeys: readonly string[]): readonly Effect[] {
  if (config.kind !== 'valid') return []
  return moveIssues({
    config: config.config,
    repositoryId: ref.repository.id,
    station: 'pull-request',
    subject: String(pull.number),
    issueKeys,
    because: `#${pull.number} was opened into ${pull.base}`,
    at: pull.createdAt,
    now,
  })
}

/** Whose issues hear of it: those of a pull request into a gated branch; none in report mode. */
export function pullKeys({ config, pull, gated, defaultBranch }: PullSnapshot): readonly string[] {
  if (config.kind !== 'valid' || config.config.mode === 'report') return []
  const lines = gated ?? gatedBranches(config.config, defaultBranch)
  return lines.includes(pull.base) ? changeKeys(config.config, pull) : []
}

export function reportedRepository({ id, owner, name }: Repository, url: string): ReportedRepository {
  return { id, fullName: `${owner}/${name}`, url }
}
