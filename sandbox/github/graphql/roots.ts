import { setDraft } from '../acts/change-pull.ts'
import { authorise, canSee } from '../authorise.ts'
import { exclusive } from '../exclusive.ts'
import type { Quota } from '../rate-limit.ts'
import { Refusal } from '../refusal.ts'
import { iso } from '../rest/iso.ts'
import type { PullRequest } from '../state-types.ts'
import type { Arguments } from './arguments.ts'
import type { GraphNode } from './connection.ts'
import { findNode } from './find-node.ts'
import { githubError } from './github-error.ts'
import type { Graph } from './graph.ts'
import type { Cost } from './limits.ts'

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
  const change = (draft: boolean) => async (args: Arguments) => {
    const input = args.object('input')
    const id = input?.text('pullRequestId')
    const pull = graph.state.repositories.flatMap(({ pulls }) => pulls).find(({ nodeId }) => nodeId === id)
    if (pull === undefined || !canSee(graph.principal, pull.repository)) {
      throw githubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
    }
    await changeDraft(graph, pull, draft)
    return { clientMutationId: input?.text('clientMutationId') ?? null, pullRequest: () => graph.nodes.pull(pull) }
  }
  return { markPullRequestReadyForReview: change(false), convertPullRequestToDraft: change(true) }
}

async function changeDraft({ state, principal, actor }: Graph, pull: PullRequest, draft: boolean): Promise<void> {
  try {
    authorise(principal, pull.repository, { app: ['pull_requests:write'], person: 'write' })
  } catch (error) {
    throw error instanceof Refusal ? githubError('FORBIDDEN', error.message) : error
  }
  if (pull.state === 'closed') throw githubError('UNPROCESSABLE', 'Pull request is closed')
  await exclusive(pull.repository, () => setDraft(state, pull, { draft, actor }))
}
