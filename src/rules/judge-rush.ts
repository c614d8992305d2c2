import type { Account } from '../model/account.ts'
import type { Config, Environment } from '../model/config-schema.ts'
import { runningIn } from '../model/environments.ts'
import { type Lease, leaseOf } from '../model/lease.ts'
import type { Leased } from '../model/leased.ts'
import type { LineSnapshot, PullBeside } from '../model/line.ts'
import { found } from '../model/lookup.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { judgeChecks } from './checks-pass.ts'
import { mayWrite } from './may-write.ts'

/** What the rush rule looks at: a pull request that somebody wants tried out in a rush box. */
export type RushFacts = {
  readonly config: Config
  readonly line: Pick<LineSnapshot, 'deployments' | 'pulls' | 'writers' | 'now'>
  readonly environment: Environment
  readonly pull: number
  readonly by: Account
}

/** `waits` goes on by itself, `denied` is final. */
export type Rush =
  | { readonly kind: 'leased'; readonly lease: Leased; readonly branch: string }
  | { readonly kind: 'already-there'; readonly until: number | null }
  | { readonly kind: 'waits'; readonly reason: PromotionReason }
  | { readonly kind: 'denied'; readonly reason: PromotionReason }

/**
 * May this pull request's head go to this rush box now? It must be open, no fork's, and green; who asks must have write
 * access; and nobody else may have the box. The gate is not asked: trying out comes before it.
 */
export function judgeRush(facts: RushFacts): Rush {
  const { line, environment, by } = facts
  const there = line.pulls.get(facts.pull)
  if (there?.kind !== 'found') return waits({ kind: 'pull-unreadable', pull: facts.pull, cause: causeOf(there) })
  const pull = there.value
  if (pull.state !== 'open') return denied({ kind: 'rush-closed', pull: pull.number, state: pull.state })
  if (pull.isFork) return denied({ kind: 'rush-fork', pull: pull.number })
  const access = mayWrite(line, by)
  if (access.kind === 'waits') return access
  if (access.kind === 'denies') return denied(access.reason)
  const lease = leaseOf(line, environment, line.now)
  if (lease?.claim.pull === pull.number && lease.claim.sha === pull.headSha) {
    return { kind: 'already-there', until: lease.until }
  }
  const held = green(facts, pull) ?? free(facts, lease)
  if (held !== null) return held
  return { kind: 'leased', lease: leased(facts, pull), branch: pull.branch }
}

/** The checks that the gate would ask for, without its pause for late ones. */
function green({ config: { merge }, line }: RushFacts, pull: PullBeside): Rush | null {
  const answer = judgeChecks(pull.checks, {
    wanted: merge.checks,
    // More is safer than less: where GitHub's own list would be wanted, everything that reported counts.
    required: found([]),
    settleUntil: line.now,
    silentAfter: Number.POSITIVE_INFINITY,
    event: 'pull_request',
    now: line.now,
    neutral: merge.neutral,
    skipped: merge.skipped,
    ignore: merge['ignore-checks'],
  })
  if (answer.kind === 'passes' || answer.kind === 'skips') return null
  const reason = { kind: 'rush-checks', pull: pull.number, sha: pull.headSha, why: answer.reason } as const
  return answer.kind === 'waits' ? waits(reason) : denied(reason)
}

function free({ environment, line, pull }: RushFacts, lease: Lease | null): Rush | null {
  if (lease !== null && lease.claim.pull !== pull) {
    const { claim, until } = lease
    const named = { environment: environment.name, pull: claim.pull, login: claim.by.login }
    return waits({ kind: 'rush-leased', ...named, until })
  }
  const running = runningIn(line.deployments, environment.name)
  if (running === null) return null
  const version = running.tag ?? running.sha.slice(0, 7)
  return waits({ kind: 'environment-busy', environment: environment.name, version })
}

function leased({ environment, by }: RushFacts, pull: PullBeside): Leased {
  const lease = {
    environment: environment.name,
    pull: pull.number,
    sha: pull.headSha,
    by: { id: by.id, login: by.login },
  }
  // The one place where this proof is made: the brand exists in types only.
  return lease as Leased
}

function waits(reason: PromotionReason): Rush {
  return { kind: 'waits', reason }
}

function denied(reason: PromotionReason): Rush {
  return { kind: 'denied', reason }
}

function causeOf(lookup: { readonly kind: string; readonly cause?: string } | undefined): string {
  if (lookup?.kind === 'absent') return 'GitHub knows no such pull request'
  return lookup?.cause ?? 'it was not read'
}
