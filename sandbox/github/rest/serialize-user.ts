import type { Organisation, Team, User } from '../state/accounts.ts'
import type { State } from '../state.ts'

/** `simple-user`. */
export function serializeUser(state: State, user: User) {
  return account(state, { ...user, path: user.login.replace(/\[bot\]$/, '') })
}

/** An organisation where GitHub shows an account: the owner of a repository or an App. */
export function serializeOwner(state: State, { id, nodeId, login }: Organisation) {
  return account(state, { id, nodeId, login, type: 'Organization', path: login })
}

/** `organization`, as webhooks carry it. */
export function serializeOrganisation({ url: base }: State, { id, nodeId, login }: Organisation) {
  const url = `${base}/orgs/${login}`
  return {
    login,
    id,
    node_id: nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${base}/avatars/${login}`,
    description: null,
  }
}

/** `team-simple`, with what webhooks add. */
export function serializeTeam(state: State, organisation: Organisation, team: Team) {
  const url = `${state.url}/orgs/${organisation.login}/teams/${team.slug}`
  return {
    name: team.name,
    id: team.id,
    node_id: team.nodeId,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'push',
    url,
    html_url: url,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    parent: null,
  }
}

type Account = Pick<User, 'id' | 'nodeId' | 'login'> & {
  readonly type: 'User' | 'Bot' | 'Organization'
  readonly path: string
}

function account({ url: base }: State, { id, nodeId, login, type, path }: Account) {
  const url = `${base}/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: nodeId,
    avatar_url: `${base}/avatars/${id}`,
    gravatar_id: '',
    url,
    html_url: `${base}/${path}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  }
}
