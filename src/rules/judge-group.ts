import { isEnforced } from '../model/config-read.ts'
import type { Config } from '../model/config-schema.ts'
import { durationOf } from '../model/duration.ts'
import type { GroupHead, QueueSnapshot } from '../model/merge-queue.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { type Answer, type Finding, outcomeOf, type UnusableConfig } from '../model/verdict.ts'
import { judgeChecks } from './checks-pass.ts'
import { judgingConfig } from './judging-config.ts'
import { overridden } from './overridden.ts'
import { rulesFor } from './pull-rules.ts'
import { resolvesItself } from './resolves-itself.ts'

/** One group of a merge queue: the pull requests from the queue's front to the one whose commit is its head. */
export type Group = { readonly head: GroupHead; readonly pulls: readonly number[] }

export type GroupVerdict =
  | {
      readonly kind: 'judged'
      /** Nobody waits in a queue for a person: what one must resolve is a no. */
      readonly outcome: 'passes' | 'waits' | 'blocks'
      readonly members: readonly { readonly pull: number; readonly findings: readonly Finding[] }[]
      /** What ran on the group's own head. */
      readonly checks: Finding
      readonly enforced: boolean
    }
  | UnusableConfig
  /** There is no configuration, and GitHub still requires the answer: it holds nothing. */
  | { readonly kind: 'not-configured' }
  | { readonly kind: 'silent' }

/** The groups of a queue that GitHub has built. */
export function groupsOf({ entries }: Pick<QueueSnapshot, 'entries'>): readonly Group[] {
  return entries.flatMap(({ group }, at) => {
    return group === null ? [] : [{ head: group, pulls: entries.slice(0, at + 1).map((entry) => entry.pull) }]
  })
}

/** Every member is judged without its own checks, which ran on another commit, and the group by those on its head. */
export function judgeGroup(snapshot: QueueSnapshot, { head, pulls }: Group): GroupVerdict {
  const { config, required } = snapshot
  switch (config.kind) {
    case 'absent': {
      const isAsked = required.kind === 'found' && required.value.some(({ name }) => name === 'waybill/gate')
      return { kind: isAsked ? 'not-configured' : 'silent' }
    }
    case 'broken': {
      const repaired = repairOf(snapshot, pulls)
      if (repaired !== null) return judgeBy(snapshot, { head, pulls }, repaired)
      return { kind: 'config-broken', path: config.path, problems: config.problems, enforced: isEnforced(config) }
    }
    case 'unknown':
      return { kind: 'config-unreadable', cause: config.cause, enforced: isEnforced(config) }
    case 'valid':
      return judgeBy(snapshot, { head, pulls }, config.config)
  }
}

/** By what a group is judged that repairs a configuration which can't be used: none where one of its members does not. */
function repairOf({ members }: QueueSnapshot, pulls: readonly number[]): Config | null {
  const configs = pulls.map((pull) => {
    const member = members.get(pull)
    return member?.config.kind === 'broken' ? judgingConfig(member) : null
  })
  return configs.includes(null) ? null : (configs[0] ?? null)
}

function judgeBy(snapshot: QueueSnapshot, { head, pulls }: Group, config: Config): GroupVerdict {
  const members = pulls.map((pull) => ({ pull, findings: judgeMember(snapshot.members.get(pull), config) }))
  const checks: Finding = { rule: 'checks-pass', ...judgeHead(snapshot, head, config) }
  const answers = [...members.flatMap((member) => member.findings), checks].map(withoutPeople)
  return { kind: 'judged', outcome: outcomeOf(answers), members, checks, enforced: config.mode === 'enforce' }
}

/** A member that was not read is not waved through. */
function judgeMember(member: PullSnapshot | undefined, config: Config): readonly Finding[] {
  if (member === undefined) {
    return [{ rule: 'mergeable', kind: 'waits', reason: { kind: 'mergeable-unknown' } }]
  }
  const findings = rulesFor(member, config)
    .filter(({ rule }) => rule !== 'checks-pass')
    .map(({ rule, judge }) => ({ rule, ...judge(member, config) }))
  return overridden(findings, member.override)
}

function judgeHead({ now, required }: QueueSnapshot, { checks, posted }: GroupHead, { merge }: Config): Answer {
  const firstSaidAt = Math.min(now, ...posted.flatMap((run) => run.startedAt ?? []))
  return judgeChecks(checks, {
    wanted: merge.checks,
    required,
    settleUntil: firstSaidAt + durationOf(merge.settle),
    silentAfter: firstSaidAt + durationOf(merge['report-within']),
    event: 'merge_group',
    now,
    neutral: merge.neutral,
    skipped: merge.skipped,
    ignore: merge['ignore-checks'],
  })
}

function withoutPeople(answer: Answer): Answer {
  return answer.kind === 'waits' && !resolvesItself(answer.reason) ? { kind: 'blocks', reason: answer.reason } : answer
}
