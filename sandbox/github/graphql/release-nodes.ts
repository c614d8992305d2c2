import { listRefs } from '../git/refs.ts'
import { iso } from '../rest/iso.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { Release } from '../state/release.ts'
import type { Label, Repository } from '../state/repository.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { demand, type Graph } from './graph.ts'

export function releaseNode(graph: Graph, repository: Repository, release: Release): GraphNode {
  const { state, nodes } = graph
  const { tagName, author } = release
  const url = `${repositoryPage(state, repository)}/releases/tag/${encodeURIComponent(tagName)}`
  return {
    __typename: 'Release',
    id: release.nodeId,
    databaseId: release.id,
    tagName,
    name: release.name ?? null,
    description: release.body ?? null,
    isDraft: release.draft,
    isPrerelease: release.prerelease,
    createdAt: iso(release.createdAt),
    publishedAt: iso(release.publishedAt),
    updatedAt: iso(release.publishedAt ?? release.createdAt),
    url,
    resourcePath: url.slice(state.url.length),
    // GraphQL says User, and has no bot there.
    author: () => (author.type === 'User' ? nodes.user(author) : null),
    repository: () => nodes.repository(repository),
    tag: () => nodes.ref(repository, `refs/tags/${tagName}`),
    tagCommit: async () => {
      const tag = (await listRefs(repository.path, `refs/tags/${tagName}`)).find(({ name }) => name.endsWith(tagName))
      return tag === undefined ? null : nodes.commit(repository, tag.commit)
    },
  }
}

/** `Repository.releases`: newest first unless ordered. Drafts are shown to who may write. */
export function releaseConnection(graph: Graph, repository: Repository, args: Arguments): GraphNode {
  demand(graph, 'contents:read')
  const order = args.object('orderBy')
  const ascending = order !== undefined && order.text('direction') !== 'DESC'
  const releases = repository.releases.toSorted((one, other) => other.createdAt - one.createdAt || other.id - one.id)
  const byName = order?.text('field') === 'NAME'
  if (byName) releases.sort((one, other) => (other.name ?? '').localeCompare(one.name ?? ''))
  if (ascending) releases.reverse()
  return connection(args, releases, { key: ({ id }) => id, node: (one) => graph.nodes.release(repository, one) })
}

export function labelNode({ state, nodes }: Graph, repository: Repository, label: Label): GraphNode {
  const url = `${repositoryPage(state, repository)}/labels/${encodeURIComponent(label.name)}`
  return {
    __typename: 'Label',
    id: label.nodeId,
    name: label.name,
    color: label.color,
    description: label.description ?? null,
    isDefault: false,
    url,
    resourcePath: url.slice(state.url.length),
    repository: () => nodes.repository(repository),
  }
}
