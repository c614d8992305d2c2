import type { DeploymentClaim } from '../model/deployment.ts'

/** Who had a hand in what is deployed, by login. */
export type PeopleShown = {
  /** Who asked for it; null where policy deploys. */
  readonly promoter: string | null
  /** `rollback`: an older version returns, which is no promotion. */
  readonly as: DeploymentClaim['as']
  readonly writers: readonly string[]
  readonly approvers: readonly string[]
}

const mostNamed = 5

/** `Promoted by grace, written by ada, approved by linus`: plain text, for places that render no markup. */
export function peopleSentence({ promoter, as, writers, approvers }: PeopleShown): string {
  const parts = [
    promoter === null ? 'deployed by policy' : byWhom(as, promoter),
    writers.length === 0 ? 'written by somebody unknown' : `written by ${named(writers)}`,
    approvers.length === 0 ? 'approved by nobody' : `approved by ${named(approvers)}`,
  ]
  const text = parts.join(', ')
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

/** `promoted by grace`; of a version that returns `brought back by grace`. */
export function byWhom(as: DeploymentClaim['as'], login: string): string {
  return `${as === 'rollback' ? 'brought back' : 'promoted'} by ${login}`
}

/** `Taken back by grace: customers can't pay`. */
export function withdrawnSentence({
  by,
  reason,
}: {
  readonly by: { readonly login: string } | null
  readonly reason: string
}): string {
  return `Taken back by ${by?.login ?? 'policy'}: ${reason}`
}

function named(logins: readonly string[]): string {
  const more = logins.length - mostNamed
  return more > 0 ? `${logins.slice(0, mostNamed).join(', ')} and ${more} more` : logins.join(', ')
}
