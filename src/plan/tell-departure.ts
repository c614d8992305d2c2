import { keysOf } from '../model/change-issues.ts'
import type { Effect } from '../model/effect.ts'
import { withdrawnStory } from '../words/issue-story.ts'
import { withdrawnSentence } from '../words/people-sentence.ts'
import type { Departure } from './arrivals.ts'
import { act, keysOfAll, shown } from './issue-act.ts'
import { moveIssues } from './move-issues.ts'
import type { LineView } from './plan-line.ts'

/** What issues get when their change was taken back from production. */
export function tellDeparture(view: LineView, departure: Departure): readonly Effect[] {
  const { line, config } = view
  const { environment, version, shipped, withdrawal } = departure
  if (environment.type !== 'production') return []
  const { restored, at } = withdrawal
  const changes = shipped.flatMap((one) => one.changes)
  const because = `${version.tag} was taken back from ${environment.name}`
  const moves = moveIssues({
    config,
    repositoryId: line.ref.repository.id,
    station: 'rolled-back',
    subject: String(restored.id),
    issueKeys: keysOfAll(view, changes),
    because,
    at,
    now: line.now,
  })
  if (!config.jira.comment) return moves
  const named = { tag: version.tag, environment: environment.name, withdrawn: withdrawnSentence(withdrawal) }
  const news = changes.flatMap((change) => {
    const { pull } = change
    if (pull === null) return []
    const story = withdrawnStory({ ...named, pull: shown(view, pull), restored: restored.tag ?? 'an older version' })
    return keysOf(config, change).map((issueKey) => {
      const mark = { repository: line.ref.repository.id, pull: pull.number, news: `rollback ${restored.id}` }
      const action = { kind: 'comment' as const, issueKey, story, mark, since: at }
      return act(view, `news:${restored.id}:${pull.number}:${issueKey}`, action)
    })
  })
  return [...moves, ...news]
}
