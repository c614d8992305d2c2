import { highestBump } from '../model/bump.ts'
import { keysOf } from '../model/change-issues.ts'
import type { CheckShown } from '../model/check.ts'
import type { Bump, Config } from '../model/config-schema.ts'
import { durationOf } from '../model/duration.ts'
import type { Change } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { Reason } from '../model/reason.ts'
import type { Answer } from '../model/verdict.ts'
import { bumpOfChange } from './bump-of-change.ts'
import { mergedAt, mergeIsGreen } from './merge-is-green.ts'

/** GitHub needs a moment to know which pull request a commit came from; until then it is no direct push (ms). */
const pullLag = 60_000

/** What could not be read is asked for again after this (ms). */
const again = 30_000

/** What a change on the line comes to by itself, as long as it has no version. Only `waits` holds what is behind it. */
export type Decision =
  | { readonly kind: 'green' }
  /** A label, its title or its issue's type says that it is not released by itself. */
  | { readonly kind: 'none' }
  | { readonly kind: 'red'; readonly checks: readonly CheckShown[] }
  /** Its checks were cancelled while the line went on. */
  | { readonly kind: 'cancelled'; readonly checks: readonly CheckShown[] }
  /** Its checks did not come in time. They still count when they come. */
  | { readonly kind: 'unproven'; readonly missing: readonly string[] }
  | { readonly kind: 'direct-push' }
  /** `reason`: null while GitHub may still name its pull request. `until`: when to look again (ms, UTC). */
  | { readonly kind: 'waits'; readonly reason: Reason | null; readonly until: number | null }

export type Deciding = {
  readonly line: Pick<LineSnapshot, 'now' | 'seenAt' | 'types' | 'issues' | 'required'>
  readonly config: Config
  /** Nothing was merged after it. */
  readonly last: boolean
}

export function decideChange(change: Change, { line, config, last }: Deciding): Decision {
  if (change.pull === null) {
    const until = (line.seenAt.get(change.sha) ?? 0) + pullLag
    return until > line.now ? { kind: 'waits', reason: null, until } : { kind: 'direct-push' }
  }
  if (bumpOf(change, { line, config }) === 'none') return { kind: 'none' }
  const answer = mergeIsGreen(change, { line, config })
  if (answer.kind === 'passes' || answer.kind === 'skips') return { kind: 'green' }
  if (answer.kind === 'waits') return waiting(answer, { at: mergedAt(change), now: line.now, config, last })
  return { kind: 'red', checks: answer.reason.kind === 'checks-failed' ? answer.reason.checks : [] }
}

/** The highest of what it says of itself; an issue's type counts as the gate read it. */
export function bumpOf(change: Change, { line, config }: Pick<Deciding, 'line' | 'config'>): Bump {
  if (config.release === undefined) return 'none'
  const facts = bumpFactsOf(change, { line, config })
  return highestBump([bumpOfChange(facts, config.release.bump).bump])
}

function bumpFactsOf(change: Change, { line, config }: Pick<Deciding, 'line' | 'config'>) {
  const known = change.pull === null ? undefined : line.types.get(change.pull.number)
  const types = keysOf(config, change).flatMap((key) => {
    const issue = line.issues.get(key)
    const type = known?.get(key) ?? (issue?.kind === 'found' ? issue.value.type : undefined)
    return type === undefined ? [] : [[key, type] as const]
  })
  const title = change.pull?.title ?? change.commits[0]?.headline ?? ''
  return { title, labels: change.pull?.labels ?? [], types: new Map(types) }
}

type Moment = Pick<Deciding, 'config' | 'last'> & { readonly at: number; readonly now: number }

function waiting({ reason }: Extract<Answer, { kind: 'waits' }>, { at, now, config, last }: Moment): Decision {
  const late = at + durationOf(config.merge['report-within'])
  if (reason.kind === 'checks-cancelled') {
    return last ? { kind: 'waits', reason, until: null } : { kind: 'cancelled', checks: reason.checks }
  }
  if (reason.kind === 'checks-settling') return { kind: 'waits', reason, until: reason.until }
  if (reason.kind === 'checks-unreadable' || reason.kind === 'required-unreadable')
    return { kind: 'waits', reason, until: now + again }
  const missing = missingIn(reason)
  if (missing === null) return { kind: 'waits', reason, until: null }
  return now >= late ? { kind: 'unproven', missing } : { kind: 'waits', reason, until: late }
}

const unbegun = ['queued', 'waiting for approval']

/** The checks that never began; null where something runs still. */
function missingIn(reason: Reason): readonly string[] | null {
  if (reason.kind === 'nothing-reported') return []
  if (reason.kind !== 'checks-pending' || !reason.checks.every(({ word }) => unbegun.includes(word))) return null
  return [...reason.missing, ...reason.checks.map((check) => check.name)]
}
