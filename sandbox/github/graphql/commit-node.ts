import { type Commit, listCommits, readCommit, type Signature } from '../git/commits.ts'
import { findEntry } from '../git/tree.ts'
import { iso } from '../rest/iso.ts'
import { commitNodeId, userByEmail } from '../rest/serialize-commit.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { Repository } from '../state/repository.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { deploymentConnection } from './deployment-nodes.ts'
import { demand, type Graph } from './graph.ts'
import { pullsOfCommit } from './pulls-of-commit.ts'
import { rollupNode, statusNodeOf } from './rollup-node.ts'

/** A commit by its full sha; rejects when the repository has none. */
export async function commitNode(graph: Graph, repository: Repository, sha: string): Promise<GraphNode> {
  const commit = await readCommit(repository.path, sha)
  return {
    ...aboutCommit(graph, repository, commit),
    ...historyOf(graph, repository, commit),
    ...reportsOn(graph, repository, commit),
  }
}

function aboutCommit(graph: Graph, repository: Repository, commit: Commit): GraphNode {
  const { sha, message, author, committer, tree } = commit
  const { nodes, state } = graph
  const url = `${repositoryPage(state, repository)}/commit/${sha}`
  const [headline = '', ...rest] = message.split('\n')
  return {
    __typename: 'Commit',
    id: commitNodeId(repository, sha),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    authoredDate: iso(author.at),
    committedDate: iso(committer.at),
    authoredByCommitter: author.email === committer.email,
    committedViaWeb: committer.email === 'noreply@github.com',
    author: () => gitActorNode(graph, author),
    committer: () => gitActorNode(graph, committer),
    authors: (args: Arguments) =>
      connection(args, authorsOf(commit), { key: ({ email }) => email, node: (one) => gitActorNode(graph, one) }),
    signature: null,
    tree: () => nodes.object(repository, tree),
    repository: () => nodes.repository(repository),
    url,
    commitUrl: url,
    resourcePath: url.slice(state.url.length),
    commitResourcePath: url.slice(state.url.length),
  }
}

function historyOf(graph: Graph, repository: Repository, { sha, parents }: Commit): GraphNode {
  const { path } = repository
  const node = (commit: string) => graph.nodes.commit(repository, commit)
  const key = (commit: string) => commit
  return {
    parents: (args: Arguments) => connection(args, parents, { key, node }),
    history: async (args: Arguments) => {
      const file = args.text('path')
      const limits = [...since('--since', args.text('since')), ...since('--until', args.text('until'))]
      const [first, last] = [args.integer('first'), args.integer('last')]
      // Newest first, and no commit before those that build on it, even within one second.
      const commits = await listCommits(path, [
        '--date-order',
        ...limits,
        sha,
        '--',
        ...(file === undefined ? [] : [file]),
      ])
      const all = commits.map((commit) => commit.sha)
      return first === undefined && last === undefined
        ? { totalCount: all.length }
        : connection(args, all, { key, node })
    },
    file: async (args: Arguments) => {
      demand(graph, 'contents:read')
      const entry = await findEntry(path, sha, args.text('path') ?? '')
      return entry === undefined ? null : graph.nodes.treeEntry(repository, entry)
    },
    associatedPullRequests: async (args: Arguments) => {
      demand(graph, 'pull_requests:read')
      args.object('orderBy')
      const pulls = await pullsOfCommit(graph, repository, sha)
      return connection(args, pulls, { key: ({ number }) => number, node: graph.nodes.pull })
    },
  }
}

function reportsOn(graph: Graph, repository: Repository, { sha }: Commit): GraphNode {
  const { nodes } = graph
  return {
    statusCheckRollup: () => rollupNode(graph, repository, sha),
    status: () => statusNodeOf(graph, repository, sha),
    checkSuites: (args: Arguments) => {
      demand(graph, 'checks:read')
      const filter = args.object('filterBy')
      const [appId, checkName] = [filter?.integer('appId'), filter?.text('checkName')]
      const suites = repository.checkSuites.filter((suite) => {
        if (suite.headSha !== sha || (appId !== undefined && suite.app.id !== appId)) return false
        return (
          checkName === undefined || repository.checkRuns.some((run) => run.suite === suite && run.name === checkName)
        )
      })
      return connection(args, suites, { key: ({ id }) => id, node: (suite) => nodes.checkSuite(repository, suite) })
    },
    deployments: (args: Arguments) =>
      deploymentConnection(graph, repository, { args, of: (deployment) => deployment.sha === sha }),
  }
}

/** GitActor: a person's account only, as GraphQL has no bot there. */
export function gitActorNode(graph: Graph, { name, email, at }: Signature): GraphNode {
  const user = userByEmail(graph.state, email)
  return {
    name,
    email,
    date: iso(at),
    avatarUrl: `${graph.state.url}/avatars/${encodeURIComponent(email)}`,
    user: user?.type === 'User' ? graph.nodes.user(user) : null,
  }
}

/** The author first, then who is named by `Co-authored-by`. */
function authorsOf({ author, message }: Commit): readonly Signature[] {
  const trailers = message.matchAll(/^co-authored-by: *(.*?) *<([^>]+)> *$/gim)
  const others = [...trailers].map(([, name = '', email = '']) => ({ name, email, at: author.at }))
  return [author, ...others].filter((one, index, all) => all.findIndex(({ email }) => email === one.email) === index)
}

function since(option: '--since' | '--until', at: string | undefined): readonly string[] {
  return at === undefined ? [] : [`${option}=${at}`]
}
