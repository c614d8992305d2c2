import { keysOf } from '../model/change-issues.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import { shippedBy } from '../model/shipped.ts'
import { type Wish, wishKey } from '../model/wish.ts'
import { peopleSentence } from '../words/people-sentence.ts'
import { peopleOf } from './people-of.ts'
import type { LineView } from './plan-line.ts'
import { report, takeBack } from './report.ts'
import { reportedRepository } from './report-pull.ts'

/**
 * Shows a promotion that waits (for its second person, for a soak) as a pending deployment, and takes it back once it has
 * become a deployment of its own or was given up. Its number is the comment's: GitHub has no deployment yet.
 */
export function reportPromotions(view: LineView): readonly Effect[] {
  const { line } = view
  const { repository } = line.ref
  const waiting = line.wishes.filter((wish) => waits(view, wish)).flatMap((wish) => reportOf(view, wish))
  const shown = new Set(waiting.flatMap((one) => (one.kind === 'report' ? [one.report.key] : [])))
  const over = line.jira.flatMap(({ key, body }) => {
    if (body.kind !== 'deployment' || !key.startsWith(`promotion:${repository.id}:`) || shown.has(key)) return []
    const { environment, number } = body.deployment
    return [takeBack(key, body.repository, { kind: 'deployment', environment, number })]
  })
  return [...waiting, ...over]
}

function waits({ line }: LineView, wish: Wish): boolean {
  if (wish.state !== 'accepted' || wish.command?.kind !== 'promote') return false
  return !line.deployments.some((one) => one.claim !== null && one.claim.wish === wish.id)
}

function reportOf(view: LineView, wish: Wish): readonly Effect[] {
  const { line, config, history } = view
  if (wish.command?.kind !== 'promote') return []
  const { environment: name, version: wanted } = wish.command
  const environment = stagesOf(config).find((stage) => stage.name === name)
  const version = history.versions.find((one) => {
    if (wanted !== null) return one.tag === wanted || one.version === wanted
    return one.changes.some((change) => change.pull?.number === wish.pull)
  })
  if (environment === undefined || version === undefined) return []
  const shipped = shippedBy({ history, deployments: line.deployments, environment: name, version }) ?? [version]
  const changes = shipped.flatMap((one) => one.changes)
  const issueKeys = [...new Set(changes.flatMap((change) => keysOf(config, change)))]
  if (issueKeys.length === 0) return []
  const { repository } = line.ref
  const releaseUrl = `${line.repositoryUrl}/releases/tag/${encodeURIComponent(version.tag)}`
  const deployment = {
    number: wish.press === null ? wish.commentId : wish.id,
    version: version.tag,
    sha: version.sha,
    environment: name,
    type: environment.type,
    state: 'pending' as const,
    description: `Waits. ${peopleSentence({ promoter: wish.by.login, as: 'promotion', ...peopleOf(view, changes) })}`,
    url: releaseUrl,
    releaseUrl,
    at: wish.heardAt,
  }
  const key = `promotion:${repository.id}:${wishKey(wish)}`
  const body = {
    kind: 'deployment' as const,
    repository: reportedRepository(repository, line.repositoryUrl),
    deployment,
  }
  return [report(config, { key, issueKeys, sequence: wish.id, body })]
}
