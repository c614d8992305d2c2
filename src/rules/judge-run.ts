import type { Account } from '../model/account.ts'
import type { Environment } from '../model/config-schema.ts'
import { type Deployment, isBranchClaim, isSettled } from '../model/deployment.ts'
import { historyOf } from '../model/history.ts'
import { leaseOf } from '../model/lease.ts'
import type { LineSnapshot } from '../model/line.ts'
import { seenAs } from '../model/line-seen.ts'
import type { PromotionReason } from '../model/promotion.ts'
import type { RunFacts, RunVerdict } from '../model/run.ts'
import { judgePromotion } from './judge-promotion.ts'
import { notHeld } from './not-held.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * May this job of GitHub Actions use that environment? What Waybill ordered itself may; everything else is judged as a
 * promotion by whoever started the run, by the same rules.
 */
export function judgeRun(line: LineSnapshot, run: RunFacts, name: string): RunVerdict {
  const version = run.headSha.slice(0, 7)
  const { config: read } = line
  if (read.kind === 'broken') return rejected(version, { kind: 'config-broken', path: read.path })
  if (read.kind === 'absent') return rejected(version, { kind: 'not-configured' })
  if (read.kind === 'unknown') return { kind: 'waits', version, reason: { kind: 'run-unjudged', cause: read.cause } }
  const { config } = read
  if (config.mode === 'report') return { kind: 'approved', version, because: 'report-mode' }
  // GitHub does not tell names of environments apart by case.
  const environment = config.environments.find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (environment === undefined) {
    return rejected(version, { kind: 'environment-unknown', name, known: config.environments.map((one) => one.name) })
  }
  return (environment.kind === 'rush' ? judgeTry(line, run, environment) : null) ?? judgeVersion(line, run, environment)
}

const nobody: Account = { id: 0, login: 'nobody GitHub names', kind: 'bot' }

/** A rush box is for whoever holds it; while nobody does, a version may go there. */
function judgeTry(line: LineSnapshot, run: RunFacts, environment: Environment): RunVerdict | null {
  const lease = leaseOf(line, environment, line.now)
  const version = run.headSha.slice(0, 7)
  if (lease === null) return null
  const { claim, until } = lease
  if (claim.sha === run.headSha) return { kind: 'approved', version, because: 'leased' }
  const named = { environment: environment.name, pull: claim.pull, login: claim.by.login }
  return { kind: 'waits', version, reason: { kind: 'rush-leased', ...named, until } }
}

function judgeVersion(read: LineSnapshot, run: RunFacts, environment: Environment): RunVerdict {
  if (read.config.kind !== 'valid') throw new TypeError('judged without a configuration')
  const { config } = read.config
  const line = seenAs(read, config)
  const history = historyOf(line, config.release?.tag ?? 'v{version}')
  const version = history.versions.find((one) => one.sha === run.headSha)
  if (version === undefined) {
    const sha = run.headSha.slice(0, 7)
    const merged = history.unreleased.some((change) => change.commits.some((commit) => commit.sha === run.headSha))
    const reason = { kind: merged ? 'run-unreleased' : 'run-no-version', sha, branch: line.ref.branch } as const
    return merged ? { kind: 'waits', version: sha, reason } : rejected(sha, reason)
  }
  const there = line.deployments.filter((one) => one.environment === environment.name && one.sha === run.headSha)
  if (there.some((one) => one.claim !== null && !isBranchClaim(one.claim) && !isSettled(one))) {
    return { kind: 'approved', version: version.tag, because: 'ordered' }
  }
  const others = line.deployments.filter((one) => !there.includes(one) || !isOwnRecord(one))
  const by = environment.deploy === 'auto' ? null : (run.by ?? nobody)
  const facts = { config, line: { ...line, deployments: others }, history, environment, version, by, emergency: null }
  const promotion = judgePromotion(facts)
  switch (promotion.kind) {
    case 'approved':
      return { kind: 'approved', version: version.tag, because: 'judged' }
    case 'already-live':
      return heldAgain(facts) ?? { kind: 'approved', version: version.tag, because: 'already-live' }
    case 'waits':
      return { kind: 'waits', version: version.tag, reason: promotion.reason }
    case 'denied':
      return rejected(version.tag, promotion.reason)
  }
}

/** What is live may be deployed again, unless people hold the environment: then nothing goes there but a rollback. */
function heldAgain(facts: PromotionFacts): RunVerdict | null {
  const held = notHeld({ ...facts, by: facts.by ?? nobody })
  return held.kind === 'waits' ? { kind: 'waits', version: facts.version.tag, reason: held.reason } : null
}

/** The record that Actions itself made for the job that asks: it is not in its own way. */
function isOwnRecord(deployment: Deployment): boolean {
  return deployment.claim === null && deployment.creator?.kind === 'bot' && !isSettled(deployment)
}

function rejected(version: string, reason: PromotionReason): RunVerdict {
  return { kind: 'rejected', version, reason }
}
