import type { Environment } from '../model/config-schema.ts'
import { deploymentState } from '../model/deployment.ts'
import { newestOf, stageBefore, stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { StageShown, Whereabouts } from '../words/living-comment.ts'
import type { LineView } from './plan-line.ts'

/** Where a version is now, stage by stage. */
export function whereaboutsOf(view: LineView, version: Version): Whereabouts {
  return {
    tag: version.tag,
    sha: version.sha,
    releaseUrl: `${view.line.repositoryUrl}/releases/tag/${encodeURIComponent(version.tag)}`,
    stages: stagesOf(view.config).map((environment) => stageOf(view, version, environment)),
  }
}

function stageOf({ line, config }: LineView, version: Version, environment: Environment): StageShown {
  const promoters = environment.promoters ?? 'nobody'
  const named = {
    environment: environment.name,
    promoters: environment.deploy === 'auto' ? null : typeof promoters === 'string' ? promoters : promoters.join(', '),
  }
  const newest = newestOf(line.deployments, environment.name, version.sha)
  if (newest === null) {
    const before = stageBefore(config, environment.name)
    const staged = before === null ? null : newestOf(line.deployments, before.name, version.sha)
    const ready = before === null || (staged !== null && ['success', 'inactive'].includes(deploymentState(staged)))
    return { ...named, state: ready ? 'next' : 'later', description: '', url: null, by: null }
  }
  const status = newest.statuses[0]
  return {
    ...named,
    state: deploymentState(newest),
    description: status?.description ?? '',
    url: status?.url ?? null,
    by: newest.claim?.by?.login ?? null,
  }
}
