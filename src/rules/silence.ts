import type { Check, CheckShown, Checks } from '../model/check.ts'
import type { Silence, SilenceCause } from '../model/silence.ts'
import type { ChecksPolicy } from './checks-policy.ts'
import { isOfCommit } from './counted-checks.ts'

/**
 * Why wanted checks have not reported, as far as what did report tells. What is certain is named at once, likely causes
 * once they are late. `queued`: known to come, and not begun.
 */
export function silenceOf(
  checks: Checks,
  policy: ChecksPolicy,
  { missing, queued }: { readonly missing: readonly string[]; readonly queued: readonly CheckShown[] },
): Silence {
  const until = policy.silentAfter
  const awaits = checks.suites.some((suite) => suite.awaitsApproval && isOfCommit(suite))
  const certain: readonly SilenceCause[] = awaits ? [{ kind: 'workflow-awaits-approval' }] : []
  if (policy.now < until) return { until, causes: certain }
  const known: readonly SilenceCause[] = [
    ...certain,
    ...(queued.length > 0 ? [{ kind: 'no-runner' as const, checks: queued }] : []),
    ...missing.flatMap((one) => otherName(one, checks.checks)),
  ]
  const isExplained = queued.length > 0 && missing.length === 0
  return { until, causes: isExplained ? known : [...known, { kind: 'not-started', event: policy.event }] }
}

/** The same but for case and blanks, or as a job that its workflow's name stands before. */
function otherName(missing: string, checks: readonly Check[]): readonly SilenceCause[] {
  const bare = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, '')
  const near = checks.find(({ name }) => {
    return (
      name !== missing &&
      (bare(name) === bare(missing) || name.split(' / ').some((part) => bare(part) === bare(missing)))
    )
  })
  return near === undefined ? [] : [{ kind: 'other-name', missing, reported: near.name }]
}
