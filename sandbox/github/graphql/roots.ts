import { setDraft } from '../acts/change-pull.ts'
import { dequeuePull, enqueuePull } from '../acts/merge-queue.ts'
import { beginThread, resolveThread } from '../acts/review-thread.ts'
import { authorise, canSee } from '../authorise.ts'
import { exclusive } from '../exclusive.ts'
import type { Quota } from '../rate-limit.ts'
import { Refusal } from '../refusal.ts'
import { iso } from '../rest/iso.ts'
import type { Arguments } from './arguments.ts'
import type { GraphNode } from './connection.ts'
import { findNode } from './find-node.ts'
import { type GithubErrorType, githubError } from './github-error.ts'
import type { Graph } from './graph.ts'
import type { Cost } from './limits.ts'
import { threadNode } from './pull-node.ts'
import { entryOf } from './queue-nodes.ts'

/** The fields of Query. */
export function queryRoot(graph: Graph, { cost, quota }: { readonly cost: Cost; readonly quota: Quota }): GraphNode {
  const { state, nodes, actor } = graph
  return {
    viewer: () => ({ ...nodes.user(actor.user), __typename: 'User', login: actor.user.login }),
    repository: (args: Arguments) => repositoryByName(graph, args),
    organization: (args: Arguments) => {
      const login = args.text('login') ?? ''
      const found = state.organisations.find((one) => one.login.toLowerCase() === login.toLowerCase())
      if (found !== undefined) return nodes.organisation(found)
      throw githubError('NOT_FOUND', `Could not resolve to an Organization with the login of '${login}'.`)
    },
    user: (args: Arguments) => {
      const login = args.text('login') ?? ''
      const found = state.users.find((one) => one.type === 'User' && one.login.toLowerCase() === login.toLowerCase())
      if (found !== undefined) return nodes.user(found)
      throw githubError('NOT_FOUND', `Could not resolve to a User with the login of '${login}'.`)
    },
    node: async (args: Arguments) => findNode(graph, args.text('id') ?? ''),
    // One that is missing is null, with an error of its own.
    nodes: (args: Arguments) =>
      Promise.all((args.texts('ids') ?? []).map((id) => findNode(graph, id).catch((error: unknown) => asError(error)))),
    rateLimit: (args: Arguments) => {
      args.truth('dryRun')
      const { limit, used, remaining, reset } = quota
      return { cost: cost.cost, nodeCount: cost.nodeCount, limit, used, remaining, resetAt: iso(reset * 1000) }
    },
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

function repositoryByName({ state, nodes, principal }: Graph, args: Arguments): GraphNode {
  const [owner = '', name = ''] = [args.text('owner'), args.text('name')]
  args.truth('followRenames')
  const found = state.repositories.find(
    (one) => one.owner.login.toLowerCase() === owner.toLowerCase() && one.name.toLowerCase() === name.toLowerCase(),
  )
  if (found !== undefined && canSee(principal, found)) return nodes.repository(found)
  throw githubError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
}

/** The fields of Mutation. */
export function mutationRoot(graph: Graph): GraphNode {
  const { state, actor, nodes } = graph
  const change = (draft: boolean) => async (args: Arguments) => {
    const { pull, clientMutationId } = await targetOf(graph, args, 'pullRequestId')
    if (pull.state === 'closed') throw githubError('UNPROCESSABLE', 'Pull request is closed')
    await exclusive(pull.repository, () => setDraft(state, pull, { draft, actor }))
    return { clientMutationId, pullRequest: () => nodes.pull(pull) }
  }
  const resolve = (resolved: boolean) => async (args: Arguments) => {
    const { thread, clientMutationId } = await threadOf(graph, args)
    resolveThread(state, thread, { resolved, actor })
    return { clientMutationId, thread: threadNode(thread) }
  }
  return {
    markPullRequestReadyForReview: change(false),
    convertPullRequestToDraft: change(true),
    addPullRequestReviewThread: async (args: Arguments) => {
      const { pull, clientMutationId } = await targetOf(graph, args, 'pullRequestId')
      return { clientMutationId, thread: threadNode(beginThread(state, pull)) }
    },
    resolveReviewThread: resolve(true),
    unresolveReviewThread: resolve(false),
    enqueuePullRequest: async (args: Arguments) => {
      const { pull, clientMutationId, expectedHead } = await targetOf(graph, args, 'pullRequestId')
      if (expectedHead !== undefined && expectedHead !== pull.head.sha) {
        throw githubError('UNPROCESSABLE', 'Head branch was modified. Review and try again.')
      }
      await obey(() => exclusive(pull.repository, () => enqueuePull(state, pull, actor.user)))
      return { clientMutationId, mergeQueueEntry: () => entryOf(graph, pull) }
    },
    dequeuePullRequest: async (args: Arguments) => {
      const { pull, clientMutationId } = await targetOf(graph, args, 'id')
      const entry = entryOf(graph, pull)
      await obey(() => exclusive(pull.repository, () => dequeuePull(state, pull)))
      return { clientMutationId, mergeQueueEntry: entry }
    },
  }
}

/** The pull request that a mutation is about, given that the asker may write. */
async function targetOf(graph: Graph, args: Arguments, key: 'pullRequestId' | 'id') {
  const input = args.object('input')
  const id = input?.text(key)
  const pull = graph.state.repositories.flatMap(({ pulls }) => pulls).find(({ nodeId }) => nodeId === id)
  if (pull === undefined || !canSee(graph.principal, pull.repository)) {
    throw githubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
  }
  await obey(async () => {
    authorise(graph.principal, pull.repository, { app: ['pull_requests:write'], person: 'write' })
  }, 'FORBIDDEN')
  const clientMutationId = input?.text('clientMutationId') ?? null
  return { pull, clientMutationId, expectedHead: key === 'id' ? undefined : input?.text('expectedHeadOid') }
}

/** The conversation that a mutation is about, given that the asker may write. */
async function threadOf(graph: Graph, args: Arguments) {
  const input = args.object('input')
  const id = input?.text('threadId')
  const threads = graph.state.repositories.flatMap(({ pulls }) => pulls.flatMap((pull) => pull.threads))
  const thread = threads.find(({ nodeId }) => nodeId === id)
  if (thread === undefined || !canSee(graph.principal, thread.pull.repository)) {
    throw githubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
  }
  await obey(async () => {
    authorise(graph.principal, thread.pull.repository, { app: ['pull_requests:write'], person: 'write' })
  }, 'FORBIDDEN')
  return { thread, clientMutationId: input?.text('clientMutationId') ?? null }
}

/** What REST would refuse with a status is an error in GraphQL. */
async function obey(act: () => Promise<unknown>, type: GithubErrorType = 'UNPROCESSABLE'): Promise<void> {
  try {
    await act()
  } catch (error) {
    throw error instanceof Refusal ? githubError(type, error.message) : error
  }
}
