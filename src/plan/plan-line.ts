import { gatedBranches } from '../model/config-read.ts'
import type { Config } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import { effectKey } from '../model/effect-key.ts'
import { type History, historyOf } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import { type LineSeen, seenAs } from '../model/line-seen.ts'
import { makes } from '../model/makes.ts'
import { afterDecisions } from './after-decisions.ts'
import { foldLine } from './fold-line.ts'
import { planBeginning } from './plan-beginning.ts'
import { planConfiguration } from './plan-configuration.ts'
import { planDeployments } from './plan-deployments.ts'
import { planReleases } from './plan-releases.ts'
import { planRush } from './plan-rush.ts'
import { planStanding } from './plan-standing.ts'
import { planUpkeep } from './plan-upkeep.ts'
import { planWatch } from './plan-watch.ts'
import { planWishes } from './plan-wishes.ts'
import { planWords } from './plan-words.ts'

/** What the parts of a line's plan look at. */
export type LineView = { readonly line: LineSeen; readonly config: Config; readonly history: History }

/**
 * What to do next on a line. Whatever makes something new (a tag, a release, a deployment) comes alone: its result is
 * folded into the snapshot and the line is planned again, without another read. Only when nothing is left to make are
 * the words about it said.
 */
export function planLine(line: LineSnapshot): readonly Effect[] {
  return [...planConfiguration(line), ...planWork(line)]
}

function planWork(line: LineSnapshot): readonly Effect[] {
  if (line.config.kind === 'broken') return planWishes({ line, why: { kind: 'config-broken', path: line.config.path } })
  if (line.config.kind === 'unknown') return [{ kind: 'look', ref: line.ref, at: line.now + 60_000 }]
  if (line.config.kind === 'absent') return planWishes({ line, why: { kind: 'not-configured' } })
  const { config } = line.config
  const [released] = gatedBranches(config, line.defaultBranch)
  if (released !== line.ref.branch) {
    if (line.ref.branch !== line.defaultBranch) return []
    return [{ kind: 'look', ref: { ...line.ref, branch: released }, at: null }]
  }
  const seen = seenAs(line, config)
  const view = { line: seen, config, history: historyOf(seen, config.release?.tag ?? 'v{version}') }
  if (config.mode === 'report') return [...planWishes({ line, why: { kind: 'report-mode' } }), ...planStanding(view)]
  const beginning = planBeginning(line, config)
  if (beginning.length > 0) return beginning
  const wishes = planWishes(view)
  const kept = [...planUpkeep(view), ...planWatch(view)]
  const decided = afterDecisions(view, wishes)
  const planned = [
    ...planReleases(view),
    ...wishes,
    ...kept,
    ...planDeployments(decided, wishes),
    ...planRush(decided, wishes),
  ]
  const made = planned.filter((effect) => !line.refused.has(effectKey(effect)))
  if (made.some(makes)) return made.filter((effect) => !isLast(effect))
  const after = settled(line, made)
  return [
    ...made,
    ...planWords(after === line ? view : { ...view, line: seenAs(after, config) }),
    ...planStanding(view),
  ]
}

/** The words are about the wishes as they stand when the plan is done. */
function settled(line: LineSnapshot, made: readonly Effect[]): LineSnapshot {
  const settling = made.filter((effect) => effect.kind === 'settle-wish')
  return settling.reduce<LineSnapshot>((after, effect) => foldLine(after, effect, null), line)
}

/** A look later, and what closes a wish, wait until everything is made. */
function isLast(effect: Effect): boolean {
  return effect.kind === 'look' || effect.kind === 'settle-wish' || effect.kind === 'answer-wish'
}
