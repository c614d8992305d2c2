import { authorshipOf } from '../model/change-authorship.ts'
import { keysOf } from '../model/change-issues.ts'
import { changeKeys } from '../model/change-keys.ts'
import type { Environment } from '../model/config-schema.ts'
import { type Deployment, hasSucceeded, isSettled } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { isAnsweredFor, liveIn, newestOf, stageBefore, stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import { leaseOf } from '../model/lease.ts'
import { shippedBy } from '../model/shipped.ts'
import { viewsOf } from '../model/views.ts'
import type { Wish } from '../model/wish.ts'
import { writersOf } from '../model/writers.ts'
import { judgePromotion } from '../rules/judge-promotion.ts'
import { type Shipping, statusAnswer } from '../words/status.ts'
import type { LineView } from './plan-line.ts'
import { fulfil } from './wish-effects.ts'

/** A comment shows so many versions; the command line shows more. */
const mostVersions = 10

/** Answers `/waybill status`: first what would ship from this pull request, then where everything is. */
export function planStatus(view: LineView, wish: Wish): readonly Effect[] {
  const answer = statusAnswer(shippingOf(view, wish.pull), viewsOf(view, mostVersions))
  return fulfil(wish, { kind: 'status' }, answer)
}

function shippingOf(view: LineView, pull: number): Shipping {
  const { history } = view
  const carries = (one: Pick<Version, 'changes'>) => one.changes.some((change) => change.pull?.number === pull)
  const version = history.versions.find(carries)
  if (version !== undefined) return versionShipping(view, version)
  if (carries({ changes: history.unreleased })) return { kind: 'unreleased', pull, branch: view.line.ref.branch }
  return pullShipping(view, pull)
}

/** What a promotion to the next environment would bring, and what it lacks. */
function versionShipping(view: LineView, version: Version): Shipping {
  const { line, config, history } = view
  const environment = stagesOf(config).find((stage) => !isPast(view, stage, version))
  const url = `${line.repositoryUrl}/releases/tag/${encodeURIComponent(version.tag)}`
  if (environment === undefined) return { kind: 'arrived', version: version.tag, url }
  const shipped = shippedBy({ history, deployments: line.deployments, environment: environment.name, version })
  const changes = (shipped ?? [version]).flatMap((one) => one.changes)
  const writers = changes.map((change) => writersOf(authorshipOf(change, line)))
  const before = stageBefore(config, environment.name)
  const staged = before === null ? null : newestOf(line.deployments, before.name, version.sha)
  const tried = newestOf(line.deployments, environment.name, version.sha)
  const promotion = judgePromotion({ config, line, history, environment, version, by: null, emergency: null })
  const promoters = environment.deploy === 'auto' ? null : (environment.promoters ?? 'nobody')
  return {
    kind: 'version',
    version: version.tag,
    url,
    environment: environment.name,
    versions: (shipped ?? [version]).map((one) => one.tag),
    whole: shipped !== null,
    issues: [...new Set(changes.flatMap((change) => keysOf(config, change)))],
    writers: [...new Set(writers.flatMap(({ known }) => known.map((one) => one.account.login)))],
    strangers: writers.flatMap(({ unknown }) => unknown).length,
    place: staged?.statuses[0]?.url ?? null,
    tried: tried === null || hasSucceeded(tried) ? null : wayOf(tried, environment),
    missing: promotion.kind === 'waits' || promotion.kind === 'denied' ? promotion.reason : null,
    denied: promotion.kind === 'denied',
    promoters: promoters === null || typeof promoters === 'string' ? promoters : promoters.join(', '),
  }
}

/** What failed, and nobody answers for, is not tried again: it is promoted like any other. */
function wayOf(tried: Deployment, environment: Environment): 'ended' | 'running' | null {
  if (!isSettled(tried)) return 'running'
  return isAnsweredFor(tried, environment) ? 'ended' : null
}

/** This version, or a newer one, is live there; or it was, before somebody deployed there what is no version of the line. */
function isPast({ line, history }: LineView, { name }: Environment, version: Version): boolean {
  const live = liveIn(line.deployments, name)
  const at = history.versions.findIndex((one) => one.sha === live?.sha)
  const newest = newestOf(line.deployments, name, version.sha)
  if (live !== null && at < 0) return newest !== null && hasSucceeded(newest)
  return at >= history.versions.findIndex((one) => one.sha === version.sha)
}

function pullShipping({ line, config }: LineView, number: number): Shipping {
  const pull = line.pulls.get(number)
  if (pull?.kind !== 'found') {
    return { kind: 'unread', pull: number, cause: pull?.kind === 'unknown' ? pull.cause : 'GitHub did not show it' }
  }
  const boxes = config.environments.flatMap((environment) => {
    if (environment.kind !== 'rush') return []
    const lease = leaseOf(line, environment, line.now)
    const place = lease?.claim.pull === number ? (lease.deployment.statuses[0]?.url ?? null) : null
    return [{ environment: environment.name, by: lease?.claim.pull ?? null, until: lease?.until ?? null, place }]
  })
  const { author, branch, state, headSha: head, gate, isFork } = pull.value
  const issues = changeKeys(config, pull.value)
  return { kind: 'pull', pull: number, state, branch, head, author: author?.login ?? null, issues, gate, boxes, isFork }
}
