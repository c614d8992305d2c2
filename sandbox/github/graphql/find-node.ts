import { canSee } from '../authorise.ts'
import type { Repository } from '../state/repository.ts'
import type { GraphNode } from './connection.ts'
import { githubError } from './github-error.ts'
import type { Graph } from './graph.ts'

/** The node of a global id. Rejects with NOT_FOUND for what is not there, or not for the asker's eyes. */
export async function findNode(graph: Graph, id: string): Promise<GraphNode> {
  const { state, nodes, principal } = graph
  const visible = state.repositories.filter((repository) => canSee(principal, repository))
  for (const repository of visible) {
    const found = (await gitNode(graph, repository, id)) ?? withinRepository(graph, repository, id)
    if (found !== undefined && found !== null) return found
  }
  const user = state.users.find(({ nodeId }) => nodeId === id)
  if (user !== undefined) return nodes.user(user)
  for (const organisation of state.organisations) {
    if (organisation.nodeId === id) return nodes.organisation(organisation)
    const team = organisation.teams.find(({ nodeId }) => nodeId === id)
    if (team !== undefined) return nodes.team(team, organisation)
  }
  throw githubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`)
}

/** Commits, trees, blobs, tags and refs carry the repository's id and their own name. */
async function gitNode({ nodes }: Graph, repository: Repository, id: string): Promise<GraphNode | null> {
  const [, type, owner, name = ''] = /^(\w+):(\d+):(.+)$/.exec(Buffer.from(id, 'base64url').toString('utf8')) ?? []
  if (owner !== String(repository.id)) return null
  if (type === 'Ref') return nodes.ref(repository, name)
  return type === 'Commit' || type === 'Tree' || type === 'Blob' || type === 'Tag'
    ? nodes.object(repository, name)
    : null
}

function withinRepository({ nodes }: Graph, repository: Repository, id: string): GraphNode | undefined {
  const is = ({ nodeId }: { readonly nodeId: string }) => nodeId === id
  if (is(repository)) return nodes.repository(repository)
  const makers: readonly (() => GraphNode | undefined)[] = [
    () => map(repository.pulls.find(is), nodes.pull),
    () => map(repository.comments.find(is), nodes.comment),
    () => map(repository.checkRuns.find(is), (run) => nodes.checkRun(repository, run)),
    () => map(repository.checkSuites.find(is), (suite) => nodes.checkSuite(repository, suite)),
    () => map(repository.statuses.find(is), (status) => nodes.status(repository, status)),
    () => map(repository.releases.find(is), (release) => nodes.release(repository, release)),
    () => map(repository.labels.find(is), (label) => nodes.label(repository, label)),
    () => map(repository.deployments.find(is), (deployment) => nodes.deployment(repository, deployment)),
    ...repository.deployments.map(
      (deployment) => () => map(deployment.statuses.find(is), (status) => nodes.deploymentStatus(deployment, status)),
    ),
    ...repository.pulls.flatMap((pull) => [
      () => map(pull.reviews.find(is), (review) => nodes.review(pull, review)),
      () => map(pull.timeline.find(is), (entry) => nodes.timelineEntry(pull, entry)),
    ]),
  ]
  for (const make of makers) {
    const made = make()
    if (made !== undefined) return made
  }
  return undefined
}

function map<T, U>(value: T | undefined, make: (value: T) => U): U | undefined {
  return value === undefined ? undefined : make(value)
}
