import { permissionOf } from '../authorise.ts'
import { resolveCommit } from '../git/refs.ts'
import { findEntry } from '../git/tree.ts'
import { iso } from '../rest/iso.ts'
import { fullName, repositoryPage } from '../rest/serialize-repository.ts'
import type { User } from '../state/accounts.ts'
import type { Repository } from '../state/repository.ts'
import { includesText } from './actor-nodes.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { deploymentConnection } from './deployment-nodes.ts'
import { githubError } from './github-error.ts'
import { demand, type Graph } from './graph.ts'
import { pullConnection } from './pull-connection.ts'
import { queueNode } from './queue-nodes.ts'
import { refByName, refConnection } from './ref-node.ts'
import { releaseConnection } from './release-nodes.ts'

export function repositoryNode(graph: Graph, repository: Repository): GraphNode {
  return {
    ...aboutRepository(graph, repository),
    ...codeOf(graph, repository),
    ...workOf(graph, repository),
    ...deliveryOf(graph, repository),
  }
}

function aboutRepository({ state, nodes, actor }: Graph, repository: Repository): GraphNode {
  const url = repositoryPage(state, repository)
  return {
    __typename: 'Repository',
    id: repository.nodeId,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    url,
    resourcePath: url.slice(state.url.length),
    isPrivate: repository.private,
    visibility: repository.private ? 'PRIVATE' : 'PUBLIC',
    isArchived: false,
    isDisabled: false,
    isFork: repository.parent !== undefined,
    isEmpty: false,
    createdAt: iso(repository.createdAt),
    pushedAt: iso(repository.pushedAt),
    updatedAt: iso(repository.pushedAt),
    owner: () => nodes.organisation(repository.owner),
    viewerPermission: graphPermission(repository, actor.user),
    mergeCommitAllowed: true,
    squashMergeAllowed: true,
    rebaseMergeAllowed: true,
    deleteBranchOnMerge: false,
  }
}

function codeOf(graph: Graph, repository: Repository): GraphNode {
  const { nodes } = graph
  return {
    defaultBranchRef: () => nodes.ref(repository, `refs/heads/${repository.defaultBranch}`),
    ref: (args: Arguments) => {
      demand(graph, 'contents:read')
      return refByName(graph, repository, args.text('qualifiedName') ?? '')
    },
    refs: (args: Arguments) => refConnection(graph, repository, args),
    object: async (args: Arguments) => {
      demand(graph, 'contents:read')
      const [oid, expression] = [args.text('oid'), args.text('expression')]
      if (oid !== undefined) return nodes.object(repository, oid)
      return expression === undefined ? null : objectByExpression(graph, repository, expression)
    },
  }
}

/** `main`, `v1.2.3`, a sha, or `main:path/of/file`; not all that git understands. */
async function objectByExpression(
  { nodes }: Graph,
  repository: Repository,
  expression: string,
): Promise<GraphNode | null> {
  const [, revision = '', path] = /^([^:]+)(?::(.*))?$/.exec(expression) ?? []
  const commit = await resolveCommit(repository.path, revision)
  if (commit === undefined) return null
  if (path === undefined) return nodes.commit(repository, commit)
  const entry = await findEntry(repository.path, commit, path.replace(/\/$/, ''))
  return entry === undefined ? null : nodes.object(repository, entry.sha)
}

function workOf(graph: Graph, repository: Repository): GraphNode {
  const { nodes, state } = graph
  return {
    pullRequest: (args: Arguments) => {
      demand(graph, 'pull_requests:read')
      const number = args.integer('number')
      const pull = repository.pulls.find((one) => one.number === number)
      if (pull !== undefined) return nodes.pull(pull)
      throw githubError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`)
    },
    pullRequests: (args: Arguments) => pullConnection(graph, repository, { args, of: () => true }),
    labels: (args: Arguments) => {
      const found = repository.labels.filter(({ name }) => includesText([name], args.text('query')))
      return connection(args, found, { key: ({ id }) => id, node: (label) => nodes.label(repository, label) })
    },
    mergeQueue: (args: Arguments) => queueNode(graph, repository, args.text('branch') ?? repository.defaultBranch),
    branchProtectionRules: (args: Arguments) => {
      const none: readonly string[] = []
      return connection(args, none, { key: String, node: () => null })
    },
    collaborators: (args: Arguments) => {
      const [query, login] = [args.text('query'), args.text('login')]
      const found = state.users.filter(
        (user) =>
          repository.permissions.has(user.id) &&
          (login === undefined || user.login === login) &&
          includesText([user.login, user.name], query),
      )
      const edge = (user: User) => ({ permission: graphPermission(repository, user) })
      return connection(args, found, { key: ({ id }) => id, node: nodes.user, edge })
    },
  }
}

function deliveryOf(graph: Graph, repository: Repository): GraphNode {
  const { nodes } = graph
  return {
    deployments: (args: Arguments) => deploymentConnection(graph, repository, { args, of: () => true }),
    releases: (args: Arguments) => releaseConnection(graph, repository, args),
    release: (args: Arguments) => {
      demand(graph, 'contents:read')
      const release = repository.releases.find(({ tagName, draft }) => tagName === args.text('tagName') && !draft)
      return release === undefined ? null : nodes.release(repository, release)
    },
  }
}

/** Null for who has none. */
function graphPermission(repository: Repository, { id }: User): string | null {
  const permission = permissionOf(repository, id)
  return permission === 'none' ? null : permission.toUpperCase()
}
