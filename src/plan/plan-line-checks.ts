import type { Effect } from '../model/effect.ts'
import type { Change, Version } from '../model/history.ts'
import type { LineNotice } from '../model/line-notice.ts'
import { refusedOfMerge } from '../model/refused-acts.ts'
import { lineStanding } from '../rules/line-standing.ts'
import { mergedAt } from '../rules/merge-is-green.ts'
import { type Decided, decideChanges } from '../rules/next-release.ts'
import { leftAside } from '../words/jira-aside.ts'
import { type LineFate, lineAnswer } from '../words/line-check.ts'
import type { LineView } from './plan-line.ts'
import { postCheck } from './post-check.ts'
import { whereaboutsOf } from './whereabouts.ts'

/** What waits for nobody is said only when it takes longer than this: most builds of a merge are told by their end (ms). */
const patience = 120_000

/** The check speaks on so many of the newest changes. */
const most = 50

/** The check `waybill/line` on every change of the line: its version, or why there is none, and what comes next. */
export function planLineChecks(view: LineView): readonly Effect[] {
  const { line, config, history } = view
  if (config.release === undefined) return []
  const decided = decideChanges(line, history, config)
  const fates = [
    ...history.versions.flatMap((version) => fatesOf(view, version)),
    ...decided.flatMap((one) => fateOf(view, one)),
  ]
  const newest = [...history.versions.flatMap((version) => version.changes), ...history.unreleased].at(-1)
  const { notices } = lineStanding(view)
  return fates
    .slice(-most)
    .flatMap(({ change, fate }) => say(view, { change, fate, notices: change === newest ? notices : [] }))
}

type Fated = { readonly change: Change; readonly fate: LineFate }

function fatesOf(view: LineView, version: Version): readonly Fated[] {
  const { releaseUrl, stages } = whereaboutsOf(view, version)
  const named = { tag: version.tag, releaseUrl }
  const parked = view.line.refused.has(`release:${version.tag}`)
  const isOwn = (change: Change) => change.commits.some((commit) => commit.sha === version.sha)
  return version.changes.map((change) => ({
    change,
    fate: isOwn(change) ? { kind: 'version', ...named, stages, parked } : { kind: 'carried', ...named },
  }))
}

function fateOf({ line }: LineView, { change, decision }: Decided): readonly Fated[] {
  switch (decision.kind) {
    case 'green':
      return [{ change, fate: { kind: 'stuck' } }]
    case 'waits':
    case 'held':
      return line.now - mergedAt(change) < patience ? [] : [{ change, fate: decision }]
    case 'none':
    case 'red':
    case 'cancelled':
    case 'unproven':
    case 'direct-push':
      return [{ change, fate: decision }]
  }
}

function say(
  { line, history }: LineView,
  { change, fate, notices }: Fated & { readonly notices: readonly LineNotice[] },
): readonly Effect[] {
  const posted = change.commits.at(-1)?.posted ?? null
  if (posted === null) return []
  const version = fate.kind === 'version' ? history.versions.find(({ tag }) => tag === fate.tag) : undefined
  const refused = refusedOfMerge(line.actsRefused, {
    pulls: change.pull === null ? [] : [change.pull.number],
    tag: version?.tag ?? null,
    deployments: line.deployments.flatMap(({ id, sha }) => (sha === version?.sha ? [id] : [])),
  })
  const answer = lineAnswer(fate, notices)
  const asides = [leftAside(refused)]
  return postCheck({ name: 'waybill/line', sha: change.sha, answer, asides }, posted, line.now)
}
