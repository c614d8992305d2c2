import type { storeDevelopmentInformation, submitBuilds, submitDeployments } from 'jira.js/agile'
import type {
  Report,
  ReportedBranch,
  ReportedBuild,
  ReportedCommit,
  ReportedDeployment,
  ReportedPull,
  ReportedRepository,
} from '../model/report.ts'
import type { TestCounts } from '../model/test-counts.ts'
import { branchPath, devinfoId, fitId, fitText, fitUrl } from './fit.ts'

export type DevinfoRepository = Parameters<typeof storeDevelopmentInformation>[1]['repositories'][number]
export type DevinfoBranch = NonNullable<DevinfoRepository['branches']>[number]
export type DevinfoCommit = NonNullable<DevinfoRepository['commits']>[number]
export type DevinfoPull = NonNullable<DevinfoRepository['pullRequests']>[number]
export type Build = Parameters<typeof submitBuilds>[1]['builds'][number]
export type Deployment = Parameters<typeof submitDeployments>[1]['deployments'][number]

type Told = Pick<Report, 'issueKeys' | 'sequence'>
type Of<T> = Told & { readonly repository: ReportedRepository; readonly entity: T }

/** Jira takes 500 associations for an entity; a deployment's commit is one of them. */
export const mostKeys = 499

/** A branch for the development panel. Texts and addresses are cut to what Jira takes. */
export function toBranch({
  repository,
  entity: { name, commit },
  issueKeys,
  sequence,
}: Of<ReportedBranch>): DevinfoBranch {
  return {
    id: devinfoId(name),
    name: fitText(name, 512, 'branch'),
    url: fitUrl(`${repository.url}/tree/${branchPath(name)}`, repository.url),
    createPullRequestUrl: fitUrl(`${repository.url}/compare/${branchPath(name)}?quick_pull=1`, repository.url),
    updateSequenceId: sequence,
    associations: issues(issueKeys),
    lastCommit: {
      ...commitOf({ repository, entity: commit, issueKeys, sequence }),
      issueKeys: issueKeys.slice(0, mostKeys),
    },
  }
}

/** A commit of a branch, for the same issues as the branch. */
export function toCommit(of: Of<ReportedCommit>): DevinfoCommit {
  return { ...commitOf(of), associations: issues(of.issueKeys) }
}

function commitOf({ repository, entity: commit, sequence }: Of<ReportedCommit>) {
  return {
    id: commit.sha,
    displayId: commit.sha.slice(0, 7),
    updateSequenceId: sequence,
    message: fitText(commit.message, 1024, commit.sha),
    author: authorOf(commit.author),
    authorTimestamp: timestamp(commit.at),
    // Required, and known to nobody here.
    fileCount: 0,
    url: `${repository.url}/commit/${commit.sha}`,
  }
}

/** A pull request for the development panel. */
export function toPull({ repository, entity: pull, issueKeys, sequence }: Of<ReportedPull>): DevinfoPull {
  return {
    id: String(pull.number),
    displayId: `#${pull.number}`,
    title: fitText(pull.title, 1024, `#${pull.number}`),
    status: pull.status,
    url: fitUrl(pull.url, `${repository.url}/pull/${pull.number}`),
    author: { name: fitText(pull.author, 255, 'unknown') },
    commentCount: 0,
    sourceBranch: fitText(pull.branch, 255, 'branch'),
    sourceBranchUrl: fitUrl(`${repository.url}/tree/${branchPath(pull.branch)}`, repository.url),
    destinationBranch: fitText(pull.base, 255, 'branch'),
    lastUpdate: timestamp(pull.updatedAt),
    updateSequenceId: sequence,
    associations: issues(issueKeys),
    reviewers: pull.reviewers.map(({ name, approved }) => ({
      name: fitText(name, 255, 'unknown'),
      approvalStatus: approved ? 'APPROVED' : 'UNAPPROVED',
    })),
  }
}

/** One check run for the builds panel. */
export function toBuild({ repository, entity: build, issueKeys, sequence }: Of<ReportedBuild>): Build {
  return {
    schemaVersion: '1.0',
    pipelineId: fitId(build.pipeline, 255),
    buildNumber: build.number,
    updateSequenceNumber: sequence,
    displayName: fitText(build.name, 255, `#${build.number}`),
    label: build.sha.slice(0, 7),
    url: fitUrl(build.url, `${repository.url}/commit/${build.sha}/checks`),
    state: build.state,
    lastUpdated: timestamp(build.at),
    associations: issues(issueKeys),
    ...(build.tests === null ? {} : { testInfo: testInfoOf(build.tests) }),
    references: [
      {
        commit: { id: build.sha, repositoryUri: repository.url },
        ref: {
          name: fitText(build.branch, 255, 'branch'),
          uri: fitUrl(`${repository.url}/tree/${branchPath(build.branch)}`, repository.url),
        },
      },
    ],
  }
}

/** A deployment for the deployments panel. Pipeline and environment belong to one repository, so that none are mixed up. */
export function toDeployment({ repository, entity: one, issueKeys, sequence }: Of<ReportedDeployment>): Deployment {
  const { id, fullName, url } = repository
  const name = `${one.version} to ${one.environment}`
  return {
    schemaVersion: '1.0',
    deploymentSequenceNumber: one.number,
    updateSequenceNumber: sequence,
    displayName: fitText(name, 255, String(one.number)),
    description: fitText(one.description, 255, name),
    label: fitText(one.version, 255, String(one.number)),
    url: fitUrl(one.url, fitUrl(one.releaseUrl, url)),
    lastUpdated: timestamp(one.at),
    state: one.state,
    pipeline: {
      id: pipelineId(id),
      displayName: fitText(`${fullName} release`, 255, 'release'),
      url: `${url}/releases`,
    },
    environment: {
      id: environmentId(id, one.environment),
      displayName: fitText(one.environment, 255, 'environment'),
      type: one.type,
    },
    associations: [
      ...issues(issueKeys),
      { associationType: 'commit', values: [{ commitHash: one.sha, repositoryId: String(id) }] },
    ],
  }
}

/** The one pipeline of a repository. */
export function pipelineId(repository: number): string {
  return `${repository}:release`
}

/** Names of environments are the same in many repositories. */
export function environmentId(repository: number, environment: string): string {
  return fitId(`${repository}:${environment}`, 255)
}

function authorOf({ name, email }: ReportedBranch['commit']['author']) {
  return {
    name: fitText(name, 255, 'unknown'),
    ...(email === '' ? {} : { email: fitText(email, 255, email.slice(0, 1)) }),
  }
}

function testInfoOf({ total, passed, failed, skipped }: TestCounts) {
  return { totalNumber: total, numberPassed: passed, numberFailed: failed, numberSkipped: skipped }
}

function issues(keys: readonly string[]) {
  return [{ associationType: 'issueIdOrKeys' as const, values: keys.slice(0, mostKeys) }]
}

function timestamp(at: number): string {
  return new Date(at).toISOString()
}
