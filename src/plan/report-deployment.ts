import { keysOf } from '../model/change-issues.ts'
import { changeKeys } from '../model/change-keys.ts'
import type { Environment } from '../model/config-schema.ts'
import {
  type BranchClaim,
  type Deployment,
  type DeploymentState,
  deploymentState,
  isBranchClaim,
  versionClaim,
} from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import type { ReportedDeployment } from '../model/report.ts'
import { shippedBy } from '../model/shipped.ts'
import { type Withdrawal, withdrawalOf } from '../model/withdrawn.ts'
import { peopleSentence, withdrawnSentence } from '../words/people-sentence.ts'
import { peopleOf } from './people-of.ts'
import type { LineView } from './plan-line.ts'
import { report } from './report.ts'
import { reportedRepository } from './report-pull.ts'

/**
 * Tells Jira's deployment panels of every deployment that is not settled yet, for all issues it brings; and of what a
 * rollback took away, once that has succeeded.
 */
export function reportDeployments(view: LineView): readonly Effect[] {
  return view.line.deployments.flatMap((one) => {
    if (isBranchClaim(one.claim)) return one.numbered ? reportTry(view, one, one.claim) : []
    const withdrawal = withdrawalOf(view.line, one)
    if (withdrawal !== null) return withdrawal.restored.numbered ? reportOf(view, one, withdrawal) : []
    return one.numbered ? reportOf(view, one, null) : []
  })
}

function reportOf(view: LineView, deployment: Deployment, withdrawal: Withdrawal | null): readonly Effect[] {
  const { line, config, history } = view
  const environment = config.environments.find((one) => one.name === deployment.environment)
  const version = history.versions.find((one) => one.sha === deployment.sha)
  if (environment === undefined || version === undefined) return []
  const older = line.deployments.slice(line.deployments.indexOf(deployment) + 1)
  // A rush box is no stage: what goes there ships nothing but itself.
  const staged = environment.kind === 'stage'
  const shipped = staged ? shippedBy({ history, deployments: older, environment: environment.name, version }) : null
  const issueKeys = [
    ...new Set((shipped ?? [version]).flatMap((one) => one.changes.flatMap((change) => keysOf(config, change)))),
  ]
  const releaseUrl = `${line.repositoryUrl}/releases/tag/${encodeURIComponent(version.tag)}`
  const changes = (shipped ?? [version]).flatMap((one) => one.changes)
  const as = versionClaim(deployment)?.as ?? 'promotion'
  const people = peopleSentence({ promoter: deployment.claim?.by?.login ?? null, as, ...peopleOf(view, changes) })
  const of = { environment, version: version.tag, pageUrl: releaseUrl, issueKeys, people, withdrawal }
  return tell(view, deployment, of)
}

/** An unmerged branch's deployment, for the issues that branch names. */
function reportTry(view: LineView, deployment: Deployment, claim: BranchClaim): readonly Effect[] {
  const { line, config } = view
  const environment = config.environments.find((one) => one.name === deployment.environment)
  const pull = line.pulls.get(claim.pull)
  if (environment === undefined || pull?.kind !== 'found') return []
  const version = `${pull.value.branch}@${claim.sha.slice(0, 7)}`
  const issueKeys = changeKeys(config, pull.value)
  const people = `Asked for by ${claim.by.login}, not merged`
  const of = { environment, version, pageUrl: pull.value.url, issueKeys, people, withdrawal: null }
  return tell(view, deployment, of)
}

type Told = {
  readonly environment: Environment
  readonly version: string
  /** The release's page, or the pull request's. */
  readonly pageUrl: string
  readonly issueKeys: readonly string[]
  /** Who had a hand in it, in one sentence. */
  readonly people: string
  readonly withdrawal: Withdrawal | null
}

function tell({ line, config }: LineView, deployment: Deployment, { issueKeys, ...of }: Told): readonly Effect[] {
  if (issueKeys.length === 0) return []
  const { repository } = line.ref
  const body = {
    kind: 'deployment' as const,
    repository: reportedRepository(repository, line.repositoryUrl),
    deployment: shownDeployment(deployment, of),
  }
  return [
    report(config, {
      key: `deployment:${repository.id}:${deployment.id}`,
      issueKeys,
      sequence: sequenceOf(deployment, of),
      body,
    }),
  ]
}

/**
 * GitHub's number of the newest status it comes from: when another version is restored, GitHub makes this one inactive, and either may
 * have the greater number. Our own `pending` comes before all of them.
 */
function sequenceOf({ statuses }: Deployment, { withdrawal }: Pick<Told, 'withdrawal'>): number {
  return Math.max(statuses[0]?.id ?? 1, withdrawal?.restored.statuses[0]?.id ?? 1)
}

function shownDeployment(deployment: Deployment, of: Omit<Told, 'issueKeys'>): ReportedDeployment {
  const { environment, version, pageUrl, people, withdrawal } = of
  const status = deployment.statuses[0]
  const said = status?.description ? `${people}. ${status.description}` : people
  return {
    number: deployment.id,
    version,
    sha: deployment.sha,
    environment: environment.name,
    type: environment.type,
    state: withdrawal === null ? jiraState(deploymentState(deployment)) : 'rolled_back',
    description: withdrawal === null ? said : `${withdrawnSentence(withdrawal)}. ${people}`,
    url: status?.url ?? pageUrl,
    releaseUrl: pageUrl,
    at: withdrawal?.at ?? status?.at ?? deployment.createdAt,
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
