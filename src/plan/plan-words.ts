import { type Deployment, hasSucceeded, isSettled } from '../model/deployment.ts'
import { deploymentsIn } from '../model/deployments-in.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { Version } from '../model/history.ts'
import { livingComment } from '../words/living-comment.ts'
import { callPeople } from './call-people.ts'
import { planDirectPushes } from './plan-direct-pushes.ts'
import type { LineView } from './plan-line.ts'
import { planLineChecks } from './plan-line-checks.ts'
import { reportDeployments } from './report-deployment.ts'
import { reportMerges } from './report-merge.ts'
import { reportPromotions } from './report-promotions.ts'
import { sayOnTries } from './say-on-tries.ts'
import { tellIssues } from './tell-issues.ts'
import { looksFor, whereaboutsOf } from './whereabouts.ts'

/** What there is to say about a line once nothing is left to make: comments on pull requests and Jira's panels. */
export function planWords(view: LineView): readonly Effect[] {
  return [
    ...reportMerges(view),
    ...sayOnPulls(view),
    ...callPeople(view),
    ...view.history.versions.slice(-1).flatMap((version) => looksFor(view, version)),
    ...planLineChecks(view),
    ...planDirectPushes(view),
    ...sayOnTries(view),
    ...reportDeployments(view),
    ...reportPromotions(view),
    ...tellIssues(view),
    ...settleDeployments(view),
  ]
}

function sayOnPulls(view: LineView): readonly Effect[] {
  const { line, history } = view
  const shown = history.versions.filter((version) => line.released.includes(version.tag) && isShown(view, version))
  return shown.flatMap((version) => {
    const body = livingComment(whereaboutsOf(view, version))
    const said = fingerprint(body)
    const pulls = version.changes.flatMap((change) => (change.pull === null ? [] : [change.pull.number]))
    return pulls
      .filter((pull) => line.told.get(`comment:${pull}`) !== said)
      .map((pull): Effect => ({ kind: 'say-on-pull', pull, body, fingerprint: said }))
  })
}

/** With environments a version is first spoken of when it is on its way: one comment less to write. */
function isShown({ line, config }: LineView, version: Version): boolean {
  return stagesOf(config).length === 0 || line.deployments.some((one) => one.tag === version.tag)
}

/**
 * Deployments whose statuses need no numbers any more: they succeeded, or a newer one of their environment followed. A
 * failed one may still be run again and succeed.
 */
function settleDeployments({ line }: LineView): readonly Effect[] {
  return line.deployments
    .filter((one) => one.numbered && isSettled(one) && (hasSucceeded(one) || isFollowed(one, line.deployments)))
    .map((one): Effect => ({ kind: 'settle-deployment', deployment: one.id }))
}

function isFollowed(deployment: Deployment, deployments: readonly Deployment[]): boolean {
  return deploymentsIn(deployments, deployment.environment)[0] !== deployment
}
