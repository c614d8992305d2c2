import { iso } from '../rest/iso.ts'
import type { App, Organisation, Team, User } from '../state/accounts.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { githubError } from './github-error.ts'
import { demand, type Graph } from './graph.ts'

/** User or Bot. GraphQL writes the logins of bots without `[bot]`. */
export function userNode({ state }: Graph, user: User): GraphNode {
  const bot = user.type === 'Bot'
  const login = bot ? user.login.replace(/\[bot\]$/, '') : user.login
  const resourcePath = bot ? `/apps/${login}` : `/${login}`
  const common = { __typename: user.type, id: user.nodeId, databaseId: user.id, login, resourcePath }
  const links = { url: state.url + resourcePath, avatarUrl: `${state.url}/avatars/${login}` }
  return bot ? { ...common, ...links } : { ...common, ...links, name: user.name, email: user.email }
}

export function appNode({ state }: Graph, app: App): GraphNode {
  const { id, nodeId, clientId, slug, name, createdAt } = app
  const url = `${state.url}/apps/${slug}`
  return { __typename: 'App', id: nodeId, databaseId: id, clientId, slug, name, url, createdAt: iso(createdAt) }
}

export function organisationNode(graph: Graph, organisation: Organisation): GraphNode {
  const { state, nodes } = graph
  const { id, nodeId, login, members, teams } = organisation
  return {
    __typename: 'Organization',
    id: nodeId,
    databaseId: id,
    login,
    name: login,
    url: `${state.url}/${login}`,
    resourcePath: `/${login}`,
    avatarUrl: `${state.url}/avatars/${login}`,
    team: (args: Arguments) => {
      demand(graph, 'members:read')
      const team = teams.find(({ slug }) => slug === args.text('slug')?.toLowerCase())
      return team === undefined ? null : nodes.team(team, organisation)
    },
    teams: (args: Arguments) => {
      demand(graph, 'members:read')
      const found = teams.filter(({ slug, name }) => includesText([slug, name], args.text('query')))
      return connection(args, found, { key: byId, node: (team) => nodes.team(team, organisation) })
    },
    membersWithRole: (args: Arguments) => {
      demand(graph, 'members:read')
      return connection(args, members, { key: byId, node: nodes.user })
    },
    repository: (args: Arguments) => {
      const name = args.text('name')?.toLowerCase()
      args.truth('followRenames')
      const found = state.repositories.find((one) => one.owner === organisation && one.name.toLowerCase() === name)
      if (found !== undefined) return nodes.repository(found)
      throw githubError('NOT_FOUND', `Could not resolve to a Repository with the name '${login}/${args.text('name')}'.`)
    },
  }
}

export function teamNode(graph: Graph, team: Team, organisation: Organisation): GraphNode {
  const { state, nodes } = graph
  const resourcePath = `/orgs/${organisation.login}/teams/${team.slug}`
  return {
    __typename: 'Team',
    id: team.nodeId,
    databaseId: team.id,
    slug: team.slug,
    name: team.name,
    combinedSlug: `${organisation.login}/${team.slug}`,
    resourcePath,
    url: state.url + resourcePath,
    organization: () => nodes.organisation(organisation),
    members: (args: Arguments) => {
      demand(graph, 'members:read')
      const found = team.members.filter(({ login, name }) => includesText([login, name], args.text('query')))
      return connection(args, found, { key: byId, node: nodes.user, edge: () => ({ role: 'MEMBER' }) })
    },
  }
}

/** Whether one of the texts contains the query, whatever the case; without a query all do. */
export function includesText(texts: readonly string[], query: string | undefined): boolean {
  return query === undefined || texts.some((text) => text.toLowerCase().includes(query.toLowerCase()))
}

function byId({ id }: { readonly id: number }): number {
  return id
}
