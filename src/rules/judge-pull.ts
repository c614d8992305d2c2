import { gatedBranches, isEnforced } from '../model/config-read.ts'
import type { Config } from '../model/config-schema.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { type Answer, type Finding, outcomeOf, type PullVerdict } from '../model/verdict.ts'
import { judgingConfig } from './judging-config.ts'
import { overridden } from './overridden.ts'
import { rulesFor } from './pull-rules.ts'

/**
 * The gate of one pull request. A check belongs to a commit, so the answer is the worst over all open pull requests with
 * that head into gated branches, and the same whichever of them is asked. Report mode holds nobody.
 */
export function judgePull(snapshot: PullSnapshot): PullVerdict {
  const own = judgeAlone(snapshot)
  if (own.kind === 'silent' || snapshot.others.length === 0) return own
  const all = [snapshot, ...snapshot.others]
    .toSorted((a, b) => a.pull.number - b.pull.number)
    .map((one) => ({ number: one.pull.number, verdict: one === snapshot ? own : judgeAlone(one) }))
    .filter(({ verdict }) => verdict.kind !== 'silent')
  const [worst = { number: snapshot.pull.number, verdict: own }] = all.toSorted(
    (a, b) => weightOf(b.verdict) - weightOf(a.verdict),
  )
  if (worst.verdict.kind !== 'judged') return worst.verdict
  const held = all.filter(({ number, verdict }) => number !== worst.number && holds(verdict))
  return { ...worst.verdict, alsoHeldBy: held.map(({ number }) => number) }
}

function judgeAlone(snapshot: PullSnapshot): PullVerdict {
  const { pull, gated, config, defaultBranch } = snapshot
  if (pull.state !== 'open') return { kind: 'silent', because: 'closed' }
  if (gated !== null && !gated.includes(pull.base)) return { kind: 'silent', because: 'not-gated' }
  if (config.kind === 'absent') {
    return isAskedFor(snapshot) ? { kind: 'not-configured' } : { kind: 'silent', because: 'not-configured' }
  }
  if (config.kind === 'unknown') {
    return { kind: 'config-unreadable', cause: config.cause, enforced: isEnforced(config) }
  }
  const judging = judgingConfig(snapshot)
  if (judging === null) {
    const { path, problems } = config
    return { kind: 'config-broken', path, problems, enforced: isEnforced(config) }
  }
  // Without a usable file on the default branch, the base's own file says what it gates.
  const own = gated ?? gatedBranches(judging, defaultBranch)
  if (!own.includes(pull.base)) return { kind: 'silent', because: 'not-gated' }
  const findings = findingsOf(snapshot, judging)
  return { kind: 'judged', pull: pull.number, findings, alsoHeldBy: [], enforced: judging.mode === 'enforce' }
}

/** Somebody waits for an answer although there is no configuration: GitHub requires one, or there was one before. */
function isAskedFor({ posted, required }: PullSnapshot): boolean {
  const isRequired = required.kind === 'found' && required.value.some(({ name }) => name === 'waybill/gate')
  return isRequired || posted.some(({ name }) => name === 'waybill/gate')
}

function findingsOf(snapshot: PullSnapshot, config: Config): readonly Finding[] {
  const findings: Finding[] = []
  for (const { rule, judge, last } of rulesFor(snapshot, config)) {
    const isAsked = last !== true || outcomeOf(findings) === 'passes'
    const answer: Answer = isAsked ? judge(snapshot, config) : { kind: 'skips', note: { kind: 'line-not-asked' } }
    findings.push({ rule, ...answer })
  }
  return overridden(findings, snapshot.override)
}

/** How much a verdict holds: enforced before reported, then blocks, waits, passes. */
function weightOf(verdict: PullVerdict): number {
  switch (verdict.kind) {
    case 'silent':
    case 'not-configured':
      return 0
    case 'config-broken':
      return verdict.enforced ? 7 : 4
    case 'config-unreadable':
      return verdict.enforced ? 5 : 2
    case 'judged': {
      const weight = { passes: 1, waits: 2, blocks: 3 }[outcomeOf(verdict.findings)]
      return verdict.enforced ? weight + 3 : weight
    }
  }
}

function holds(verdict: PullVerdict): boolean {
  switch (verdict.kind) {
    case 'silent':
    case 'not-configured':
      return false
    case 'config-broken':
    case 'config-unreadable':
      return verdict.enforced
    case 'judged':
      return verdict.enforced && outcomeOf(verdict.findings) !== 'passes'
  }
}
