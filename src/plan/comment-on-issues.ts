import { keysOf } from '../model/change-issues.ts'
import { type Deployment, hasSucceeded, isSettled } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import { withdrawalOf } from '../model/withdrawn.ts'
import { type IssueStage, livingStory } from '../words/issue-story.ts'
import type { StageShown } from '../words/living-comment.ts'
import { withdrawnSentence } from '../words/people-sentence.ts'
import { arrivals, departures } from './arrivals.ts'
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
  // Others came, or were taken back, with a newer one.
  const carried = new Set([...arrivals(view), ...departures(view)].flatMap(({ shipped }) => shipped))
  return history.versions.filter((version) => {
    const own = line.deployments.filter((one) => one.sha === version.sha)
    const isNew = own.some((one) => one.numbered || withdrawalOf(line, one)?.restored.numbered === true)
    return (isNew || carried.has(version)) && own.every(isSettled)
  })
}

function commentOn(view: LineView, version: Version): readonly Effect[] {
  const { line } = view
  const where = whereaboutsOf(view, version)
  const own = line.deployments.filter((one) => one.sha === version.sha)
  const newest = own.find((one) => hasSucceeded(one) && withdrawalOf(line, one) === null)
  const stages = where.stages.map((stage) => shownStage(view, own, stage))
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

/** Whether the version was taken away there again, by itself or with the newer one it came with. */
function shownStage({ line, history }: LineView, own: readonly Deployment[], stage: StageShown): IssueStage {
  const isPassed = stage.state === 'passed'
  const newer = isPassed ? history.versions.find(({ tag }) => tag === stage.description) : undefined
  const brought = newer === undefined ? own : line.deployments.filter(({ sha }) => sha === newer.sha)
  const there = brought.filter(({ environment }) => environment === stage.environment)
  const gone = there.flatMap((one) => withdrawalOf(line, one) ?? [])[0]
  if (gone !== undefined) return { ...stage, withdrawn: withdrawnSentence(gone) }
  return { ...stage, state: isPassed && !there.some(hasSucceeded) ? 'later' : stage.state, withdrawn: null }
}
