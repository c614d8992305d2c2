import type { Change, Version } from '../model/history.ts'
import { implementersOf } from '../model/implementers.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { shippedBy } from '../model/shipped.ts'
import type { Implementer } from '../model/verdict.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * Did somebody else write everything this promotion ships? All versions between what is live and the target count, and
 * a commit whose author nobody knows counts as the asker's own: unknown fails closed.
 */
export function promoterIsNoImplementer(facts: PromotionFacts): PromotionAnswer {
  const { environment, history, line, version, by } = facts
  if (by === null || !environment['separation-of-duties']) return { kind: 'passes' }
  const shipped = shippedBy({ history, deployments: line.deployments, environment: environment.name, version })
  if (shipped === null) return { kind: 'denies', reason: { kind: 'history-unknown', version: version.tag } }
  for (const one of shipped) {
    const own = writersOf(one).known.find((implementer) => implementer.account.id === by.id)
    if (own !== undefined) {
      return {
        kind: 'denies',
        reason: { kind: 'implementer', login: by.login, version: one.tag, as: own.as, sha: own.sha },
      }
    }
  }
  for (const one of shipped) {
    const strangers = writersOf(one).unknown
    if (strangers.length > 0) {
      return { kind: 'denies', reason: { kind: 'author-unknown', version: one.tag, commits: strangers } }
    }
  }
  return { kind: 'passes' }
}

type Writers = {
  readonly known: readonly Implementer[]
  readonly unknown: readonly { readonly sha: string; readonly email: string }[]
}

function writersOf(version: Version): Writers {
  const writers = version.changes.map(writersOfChange)
  return { known: writers.flatMap((one) => one.known), unknown: writers.flatMap((one) => one.unknown) }
}

function writersOfChange(change: Change): Writers {
  const { pull } = change
  if (pull === null) {
    const commits = change.commits.map(({ sha, headline, author }) => {
      return { sha, headline, author, committer: null, coAuthors: [] }
    })
    return implementersOf({ author: null, assignees: [], commits })
  }
  const known = implementersOf({ author: pull.author, assignees: [], commits: pull.commits ?? [] })
  if (pull.commits !== null) return known
  return {
    known: known.known,
    unknown: [...known.unknown, { sha: pull.headSha, email: 'commits that GitHub did not list' }],
  }
}
