import { objectType } from '../git/refs.ts'
import { runGit } from '../git/run-git.ts'
import { readTagObject, type TagObject } from '../git/tag-object.ts'
import { listFolder, readBlob, type TreeEntry } from '../git/tree.ts'
import { nodeId } from '../node-id.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { Repository } from '../state/repository.ts'
import { gitActorNode } from './commit-node.ts'
import type { GraphNode } from './connection.ts'
import type { Graph } from './graph.ts'

/** The object of a full sha, whatever its kind; null when there is none. */
export async function objectNode(graph: Graph, repository: Repository, sha: string): Promise<GraphNode | null> {
  const type = await objectType(repository.path, sha)
  switch (type) {
    case undefined:
      return null
    case 'commit':
      return graph.nodes.commit(repository, sha)
    case 'tree':
      return treeNode(graph, repository, sha)
    case 'blob':
      return blobNode(graph, repository, sha)
    case 'tag': {
      const tag = await readTagObject(repository.path, sha)
      return tag === undefined ? null : tagNode(graph, repository, tag)
    }
  }
}

export function treeEntryNode(
  graph: Graph,
  repository: Repository,
  { type, mode, sha, size, path }: TreeEntry,
): GraphNode {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    __typename: 'TreeEntry',
    name,
    path,
    extension: name.includes('.') ? name.slice(name.lastIndexOf('.')) : '',
    oid: sha,
    size,
    mode,
    type: type === 'dir' ? 'tree' : type === 'submodule' ? 'commit' : 'blob',
    repository: () => graph.nodes.repository(repository),
    object: () => (type === 'submodule' ? null : graph.nodes.object(repository, sha)),
  }
}

function common(graph: Graph, repository: Repository, sha: string): GraphNode {
  const url = `${repositoryPage(graph.state, repository)}/commit/${sha}`
  return {
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    commitUrl: url,
    commitResourcePath: url.slice(graph.state.url.length),
    repository: () => graph.nodes.repository(repository),
  }
}

function treeNode(graph: Graph, repository: Repository, sha: string): GraphNode {
  return {
    ...common(graph, repository, sha),
    __typename: 'Tree',
    id: nodeId('Tree', `${repository.id}:${sha}`),
    entries: async () =>
      (await listFolder(repository.path, sha, '')).map((entry) => graph.nodes.treeEntry(repository, entry)),
  }
}

/** GitHub gives the text of blobs up to about half a megabyte. */
const longestText = 512_000

async function blobNode(graph: Graph, repository: Repository, sha: string): Promise<GraphNode> {
  const byteSize = Number(await runGit(repository.path, ['cat-file', '-s', sha]))
  const bytes = await readBlob(repository.path, sha)
  const isBinary = bytes.subarray(0, 8000).includes(0)
  const isTruncated = byteSize > longestText
  return {
    ...common(graph, repository, sha),
    __typename: 'Blob',
    id: nodeId('Blob', `${repository.id}:${sha}`),
    byteSize,
    isBinary,
    isTruncated,
    text: isBinary ? null : bytes.subarray(0, longestText).toString('utf8'),
  }
}

function tagNode(graph: Graph, repository: Repository, { sha, object, tag, message, tagger }: TagObject): GraphNode {
  return {
    ...common(graph, repository, sha),
    __typename: 'Tag',
    id: nodeId('Tag', `${repository.id}:${sha}`),
    name: tag,
    message,
    tagger: () => gitActorNode(graph, tagger),
    target: () => graph.nodes.object(repository, object),
  }
}
