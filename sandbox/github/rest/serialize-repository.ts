import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { iso } from './iso.ts'
import { serializeOrganisation, serializeOwner } from './serialize-user.ts'

/** `owner/name` */
export function fullName({ owner, name }: Repository): string {
  return `${owner.login}/${name}`
}

/** The API's address of a repository. */
export function repositoryUrl(state: State, repository: Repository): string {
  return `${state.url}/repos/${fullName(repository)}`
}

/** The page of a repository. */
export function repositoryPage(state: State, repository: Repository): string {
  return `${state.url}/${fullName(repository)}`
}

/** `repository`, as other answers and webhooks carry it. */
export function serializeRepository(state: State, repository: Repository) {
  const { id, nodeId, name, owner } = repository
  return {
    id,
    node_id: nodeId,
    name,
    full_name: fullName(repository),
    private: repository.private,
    owner: serializeOwner(state, owner),
    ...links(state, repository),
    ...figures(repository),
    ...settings(repository),
    created_at: iso(repository.createdAt),
    updated_at: iso(repository.pushedAt),
    pushed_at: iso(repository.pushedAt),
  }
}

/** `full-repository`, as `GET /repos/{owner}/{repo}` answers. */
export function serializeFullRepository(state: State, repository: Repository) {
  return {
    ...serializeRepository(state, repository),
    organization: serializeOwner(state, repository.owner),
    allow_squash_merge: true,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    subscribers_count: 0,
    network_count: 0,
  }
}

/** `organization` and `repository` of a webhook. */
export function repositoryOfEvent(state: State, repository: Repository) {
  return {
    repository: serializeRepository(state, repository),
    organization: serializeOrganisation(state, repository.owner),
  }
}

function figures({ pulls }: Repository) {
  const open = pulls.filter((pull) => pull.state === 'open').length
  return {
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    forks_count: 0,
    open_issues_count: open,
    forks: 0,
    open_issues: open,
    watchers: 0,
  }
}

function settings(repository: Repository) {
  return {
    description: null,
    fork: repository.parent !== undefined,
    homepage: null,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    mirror_url: null,
    archived: repository.archived === true,
    disabled: false,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    default_branch: repository.defaultBranch,
    custom_properties: {},
  }
}

function links(state: State, repository: Repository) {
  const page = repositoryPage(state, repository)
  const url = repositoryUrl(state, repository)
  return {
    html_url: page,
    url,
    git_url: `${page.replace(/^https?/, 'git')}.git`,
    ssh_url: `git@github.sandbox:${fullName(repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    ...Object.fromEntries(Object.entries(below).map(([name, path]) => [name, `${url}${path}`])),
  }
}

const below = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
} as const
