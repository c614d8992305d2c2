import { keysOf } from '../model/change-issues.ts'
import { hasSucceeded, isSettled } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import { withdrawalOf } from '../model/withdrawn.ts'
import { livingStory } from '../words/issue-story.ts'
import { withdrawnSentence } from '../words/people-sentence.ts'
import { act, placeOf, shown } from './issue-act.ts'
import type { LineView } from './plan-line.ts'
import { whereaboutsOf } from './whereabouts.ts'

/** The one living comment for each issue and pull request of the versions there is something new about. */
export function commentOnIssues(view: LineView): readonly Effect[] {
  return versionsInMotion(view).flatMap((version) => commentOn(view, version))
}

/** Versions about which there is something new, and nothing under way: the panels show that, and an edit is saved. */
function versionsInMotion(view: LineView): readonly Version[] {
  const { line, config, history } = view
  if (!config.jira.comment) return []
  if (stagesOf(config).length === 0) return history.versions.slice(-1).filter(({ tag }) => line.released.includes(tag))
  return history.versions.filter(({ sha }) => {
    const own = line.deployments.filter((one) => one.sha === sha)
    const isNew = own.some((one) => one.numbered || withdrawalOf(line, one)?.restored.numbered === true)
    return isNew && own.every(isSettled)
  })
}

function commentOn(view: LineView, version: Version): readonly Effect[] {
  const { line } = view
  const where = whereaboutsOf(view, version)
  const own = line.deployments.filter((one) => one.sha === version.sha)
  const newest = own.find((one) => hasSucceeded(one) && withdrawalOf(line, one) === null)
  const stages = where.stages.map((stage) => {
    const gone = own.flatMap((one) => (one.environment === stage.environment ? (withdrawalOf(line, one) ?? []) : []))[0]
    return { ...stage, withdrawn: gone === undefined ? null : withdrawnSentence(gone) }
  })
  const place = newest === undefined ? null : placeOf(newest.environment, newest)
  return version.changes.flatMap((change) => {
    const { pull } = change
    if (pull === null) return []
    const shownVersion = { tag: version.tag, url: where.releaseUrl }
    const story = livingStory({ pull: shown(view, pull), place, version: shownVersion, stages })
    return keysOf(view.config, change).map((issueKey) => {
      const mark = { repository: line.ref.repository.id, pull: pull.number, news: null }
      const action = { kind: 'comment' as const, issueKey, story, mark, since: pull.createdAt }
      return act(view, `comment:${pull.number}:${issueKey}`, action)
    })
  })
}
