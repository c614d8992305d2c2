import { type Check, type Checks, newestChecks } from '../model/check.ts'
import { changesOf } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { Lookup } from '../model/lookup.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Answer } from '../model/verdict.ts'
import { judgingConfig } from '../rules/judging-config.ts'
import { mergeIsGreen } from '../rules/merge-is-green.ts'
import { pullChecksPass } from '../rules/pull-checks-pass.ts'
import type { Awaited, CheckNews, Expected, Seen } from './world/inbox.ts'

/** News of older merges of a line is looked at, whatever was seen: there is little of it. */
const newestChanges = 5

/** The checks on a pull request's head, and those under way for which its gate waits. */
export function expectedOfPull(snapshot: PullSnapshot): Expected {
  const { pull, checks } = snapshot
  const config = judgingConfig(snapshot)
  if (config === null || pull.state !== 'open') return { awaited: {}, seen: {} }
  return {
    awaited: awaited([[pull.headSha, pendingIn(pullChecksPass(snapshot, config), checks)]]),
    seen: seen([[pull.headSha, checks]]),
  }
}

/** The checks on a line's newest merges, and those under way for which its merges wait. */
export function expectedOnLine(line: LineSnapshot): Expected {
  const { config, commits } = line
  if (config.kind !== 'valid') return { awaited: {}, seen: {} }
  const merges = changesOf(commits).flatMap((change) => {
    const commit = change.commits.at(-1)
    return commit === undefined ? [] : [{ change, commit }]
  })
  return {
    awaited: awaited(
      merges.map(({ change, commit }) => {
        return [commit.sha, pendingIn(mergeIsGreen(change, { line, config: config.config }), commit.checks)]
      }),
    ),
    seen: seen(merges.slice(-newestChanges).map(({ commit }) => [commit.sha, commit.checks])),
  }
}

/** One that is not waited for is left out: it would keep the last of the others from being heard at once. */
function pendingIn(answer: Answer, checks: Lookup<Checks>): readonly string[] {
  if (answer.kind !== 'waits' || answer.reason.kind !== 'checks-pending' || checks.kind !== 'found') return []
  const names = new Set(answer.reason.checks.map((check) => check.name))
  return checks.value.checks.filter((check) => stateOf(check) === 'begun' && names.has(check.name)).map(idOf)
}

function awaited(pairs: readonly (readonly [string, readonly string[]])[]): Awaited {
  return Object.fromEntries(pairs.filter(([, open]) => open.length > 0))
}

function seen(pairs: readonly (readonly [string, Lookup<Checks>])[]): Seen {
  return Object.fromEntries(
    pairs.flatMap(([sha, checks]) => {
      if (checks.kind !== 'found') return []
      // Of the statuses of one name the newest counts; each run has an id of its own.
      const { checks: all } = checks.value
      const counted = [...all.filter((one) => one.kind === 'run'), ...newestStatuses(all)]
      return [[sha, Object.fromEntries(counted.map((check) => [idOf(check), stateOf(check)]))]]
    }),
  )
}

function newestStatuses(checks: readonly Check[]): readonly Check[] {
  return newestChecks(checks.filter((one) => one.kind === 'status')).toSorted((a, b) => a.id - b.id)
}

function idOf(check: Check): string {
  return check.kind === 'run' ? `run:${check.id}` : `status:${check.name}`
}

function stateOf({ state }: Check): CheckNews['state'] {
  if (state === 'queued' || state === 'in_progress') return 'begun'
  return state === 'success' ? 'passed' : 'decided'
}
