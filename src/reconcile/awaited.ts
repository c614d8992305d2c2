import type { Checks } from '../model/check.ts'
import { changesOf } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { Lookup } from '../model/lookup.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Answer } from '../model/verdict.ts'
import { judgingConfig } from '../rules/judging-config.ts'
import { mergeIsGreen } from '../rules/merge-is-green.ts'
import { pullChecksPass } from '../rules/pull-checks-pass.ts'
import type { Awaited } from './world/inbox.ts'

/** The checks under way for which a pull request's gate waits. */
export function awaitedOfPull(snapshot: PullSnapshot): Awaited {
  const { pull, checks } = snapshot
  const config = judgingConfig(snapshot)
  if (config === null || pull.state !== 'open') return {}
  return keyed([[pull.headSha, pendingIn(pullChecksPass(snapshot, config), checks)]])
}

/** The checks under way for which a line's merges wait. */
export function awaitedOnLine(line: LineSnapshot): Awaited {
  const { config, commits } = line
  if (config.kind !== 'valid') return {}
  return keyed(
    changesOf(commits).flatMap((change) => {
      const commit = change.commits.at(-1)
      if (commit === undefined) return []
      return [[commit.sha, pendingIn(mergeIsGreen(change, { line, config: config.config }), commit.checks)] as const]
    }),
  )
}

/** One that is not waited for is left out: it would keep the last of the others from being heard at once. */
function pendingIn(answer: Answer, checks: Lookup<Checks>): readonly string[] {
  if (answer.kind !== 'waits' || answer.reason.kind !== 'checks-pending' || checks.kind !== 'found') return []
  const names = new Set(answer.reason.checks.map((check) => check.name))
  return checks.value.checks
    .filter((check) => (check.state === 'queued' || check.state === 'in_progress') && names.has(check.name))
    .map((check) => (check.kind === 'run' ? `run:${check.id}` : `status:${check.name}`))
}

function keyed(pairs: readonly (readonly [string, readonly string[]])[]): Awaited {
  return Object.fromEntries(pairs.filter(([, open]) => open.length > 0))
}
