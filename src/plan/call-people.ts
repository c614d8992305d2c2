import { deploymentState, versionClaim } from '../model/deployment.ts'
import { deploymentsIn } from '../model/deployments-in.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { Change, Version } from '../model/history.ts'
import { failedTurn, readyTurn, rolledBackTurn } from '../words/turns.ts'
import type { LineView } from './plan-line.ts'
import { nextStage } from './whereabouts.ts'

/** News is news for so long (ms). */
const recent = 24 * 3_600_000

/** One new comment when it is a person's turn, which mentions them: an edited one tells nobody. */
export function callPeople(view: LineView): readonly Effect[] {
  const { line, history } = view
  const called = [
    ...history.versions.slice(-1).flatMap((version) => callPromoters(view, version)),
    ...stagesOf(view.config).flatMap(({ name }) => callAfterFailure(view, name)),
    ...history.versions.flatMap((version) => callAfterRollback(view, version)),
  ]
  return called.filter((effect) => effect.kind !== 'call-people' || !line.told.has(effect.key))
}

function callPromoters(view: LineView, version: Version): readonly Effect[] {
  const next = nextStage(view, version)
  const pull = pullOf(version.changes)
  if (next === null || next.reason !== null || pull === null) return []
  const { name, deploy, promoters = 'nobody' } = next.environment
  if (deploy === 'auto' || typeof promoters === 'string') return []
  const body = readyTurn({ version: version.tag, environment: name, people: promoters })
  return [{ kind: 'call-people', key: `turn:ready:${name}:${version.tag}`, pull, body }]
}

function callAfterFailure({ line, history }: LineView, environment: string): readonly Effect[] {
  const newest = deploymentsIn(line.deployments, environment)[0]
  if (newest === undefined || line.now - newest.createdAt > recent || versionClaim(newest) === null) return []
  const state = deploymentState(newest)
  const version = history.versions.find((one) => one.sha === newest.sha)
  const pull = pullOf(version?.changes ?? [])
  if (version === undefined || pull === null || (state !== 'failure' && state !== 'error')) return []
  const promoter = newest.claim?.by?.login
  const people = promoter === undefined ? authorsOf(version.changes) : [promoter]
  if (people.length === 0) return []
  const body = failedTurn({ version: version.tag, environment, people, said: newest.statuses[0]?.description ?? '' })
  return [{ kind: 'call-people', key: `turn:failed:${environment}:${newest.id}`, pull, body }]
}

function callAfterRollback({ line }: LineView, version: Version): readonly Effect[] {
  const rejections = line.decisions.flatMap(({ what, by, at }) => {
    const fresh = what.kind === 'reject' && what.sha === version.sha && line.now - at < recent
    return fresh ? [{ environment: what.environment, reason: what.reason, by: by?.login ?? null }] : []
  })
  return rejections.flatMap((rejection) =>
    version.changes.flatMap(({ pull }): readonly Effect[] => {
      if (pull?.author?.kind !== 'user') return []
      const body = rolledBackTurn({ version: version.tag, ...rejection, people: [pull.author.login] })
      const key = `turn:rolled-back:${rejection.environment}:${version.tag}:${pull.number}`
      return [{ kind: 'call-people', key, pull: pull.number, body }]
    }),
  )
}

/** The pull request on which a version is spoken of: the newest it carries. */
function pullOf(changes: readonly Change[]): number | null {
  return changes.findLast(({ pull }) => pull !== null)?.pull?.number ?? null
}

function authorsOf(changes: readonly Change[]): readonly string[] {
  const authors = changes.flatMap(({ pull }) => (pull?.author?.kind === 'user' ? [pull.author.login] : []))
  return [...new Set(authors)]
}
