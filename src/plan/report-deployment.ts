import { keysOf } from '../model/change-issues.ts'
import type { Environment } from '../model/config-schema.ts'
import { type Deployment, type DeploymentState, deploymentState } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { ReportedDeployment } from '../model/report.ts'
import { shippedBy } from '../model/shipped.ts'
import type { LineView } from './plan-line.ts'
import { report } from './report.ts'
import { reportedRepository } from './report-pull.ts'

/** Tells Jira's deployment panels of every deployment that is not settled yet, for all issues it brings. */
export function reportDeployments(view: LineView): readonly Effect[] {
  return view.line.deployments.filter((one) => one.numbered).flatMap((one) => reportOf(view, one))
}

function reportOf(view: LineView, deployment: Deployment): readonly Effect[] {
  const { line, config, history } = view
  const environment = stagesOf(config).find((stage) => stage.name === deployment.environment)
  const version = history.versions.find((one) => one.sha === deployment.sha)
  if (environment === undefined || version === undefined) return []
  const older = line.deployments.slice(line.deployments.indexOf(deployment) + 1)
  const shipped = shippedBy({ history, deployments: older, environment: environment.name, version }) ?? [version]
  const issueKeys = [...new Set(shipped.flatMap((one) => one.changes.flatMap((change) => keysOf(config, change))))]
  if (issueKeys.length === 0) return []
  const { repository } = line.ref
  const body = {
    kind: 'deployment' as const,
    repository: reportedRepository(repository, line.repositoryUrl),
    deployment: shownDeployment(view, deployment, { environment, version }),
  }
  // Our own `pending` comes before any status GitHub numbers.
  const sequence = deployment.statuses[0]?.id ?? 1
  return [report(config, { key: `deployment:${repository.id}:${deployment.id}`, issueKeys, sequence, body })]
}

type Of = { readonly environment: Environment; readonly version: Version }

function shownDeployment(view: LineView, deployment: Deployment, { environment, version }: Of): ReportedDeployment {
  const status = deployment.statuses[0]
  const releaseUrl = `${view.line.repositoryUrl}/releases/tag/${encodeURIComponent(version.tag)}`
  return {
    number: deployment.id,
    version: version.tag,
    sha: deployment.sha,
    environment: environment.name,
    type: environment.type,
    state: jiraState(deploymentState(deployment)),
    description: status?.description || `${version.tag} to ${environment.name}`,
    url: status?.url ?? releaseUrl,
    releaseUrl,
    at: status?.at ?? deployment.createdAt,
  }
}

function jiraState(state: DeploymentState): ReportedDeployment['state'] {
  switch (state) {
    case 'pending':
    case 'queued':
      return 'pending'
    case 'in_progress':
      return 'in_progress'
    case 'success':
    // Replaced by a newer one, after it had succeeded.
    case 'inactive':
      return 'successful'
    case 'failure':
    case 'error':
      return 'failed'
  }
}
