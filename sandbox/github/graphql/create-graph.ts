import { actorOf } from '../authenticate.ts'
import { listPullCommits } from '../pull-commits.ts'
import type { Principal } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { appNode, organisationNode, teamNode, userNode } from './actor-nodes.ts'
import { checkRunNode, checkSuiteNode, statusContextNode } from './check-nodes.ts'
import { commitNode } from './commit-node.ts'
import { deploymentNode, deploymentStatusNode } from './deployment-nodes.ts'
import type { Graph, Nodes } from './graph.ts'
import { objectNode, treeEntryNode } from './object-nodes.ts'
import { pullNode } from './pull-node.ts'
import { carriedCommits } from './pulls-of-commit.ts'
import { refNode } from './ref-node.ts'
import { labelNode, releaseNode } from './release-nodes.ts'
import { repositoryNode } from './repository-node.ts'
import { commentNode, reviewNode } from './talk-nodes.ts'
import { timelineEntryNode } from './timeline-nodes.ts'

/** What one query by one principal sees. */
export function createGraph(state: State, principal: Principal): Graph {
  const pullCommits = memoize(listPullCommits)
  const carried = memoize((pull) => carriedCommits(graph, pull))
  const nodes = createNodes(() => graph)
  const graph: Graph = { state, principal, actor: actorOf(principal), pullCommits, carried, nodes }
  return graph
}

function createNodes(graph: () => Graph): Nodes {
  return {
    user: (user) => userNode(graph(), user),
    team: (team, organisation) => teamNode(graph(), team, organisation),
    organisation: (organisation) => organisationNode(graph(), organisation),
    app: (app) => appNode(graph(), app),
    repository: (repository) => repositoryNode(graph(), repository),
    label: (repository, label) => labelNode(graph(), repository, label),
    ref: (repository, name) => refNode(graph(), repository, name),
    object: (repository, sha) => objectNode(graph(), repository, sha),
    commit: (repository, sha) => commitNode(graph(), repository, sha),
    treeEntry: (repository, entry) => treeEntryNode(graph(), repository, entry),
    pull: (pull) => pullNode(graph(), pull),
    timelineEntry: (pull, entry) => timelineEntryNode(graph(), pull, entry),
    review: (pull, review) => reviewNode(graph(), pull, review),
    comment: (comment) => commentNode(graph(), comment),
    checkRun: (repository, run) => checkRunNode(graph(), repository, run),
    checkSuite: (repository, suite) => checkSuiteNode(graph(), repository, suite),
    status: (repository, status) => statusContextNode(graph(), repository, status),
    release: (repository, release) => releaseNode(graph(), repository, release),
    deployment: (repository, deployment) => deploymentNode(graph(), repository, deployment),
    deploymentStatus: (deployment, status) => deploymentStatusNode(graph(), deployment, status),
  }
}

function memoize<T>(read: (pull: PullRequest) => Promise<T>): (pull: PullRequest) => Promise<T> {
  const known = new Map<PullRequest, Promise<T>>()
  return (pull) => {
    const value = known.get(pull) ?? read(pull)
    known.set(pull, value)
    return value
  }
}
