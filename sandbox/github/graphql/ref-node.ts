import { readCommit } from '../git/commits.ts'
import { findRef, listRefs, type Ref, resolveCommit } from '../git/refs.ts'
import { runGit } from '../git/run-git.ts'
import { readTagObject } from '../git/tag-object.ts'
import { nodeId } from '../node-id.ts'
import type { Repository } from '../state/repository.ts'
import { includesText } from './actor-nodes.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { demand, type Graph } from './graph.ts'
import { pullConnection } from './pull-connection.ts'

/** A ref by its whole name; null when there is none. */
export async function refNode(graph: Graph, repository: Repository, name: string): Promise<GraphNode | null> {
  const ref = await findRef(repository.path, name)
  return ref === undefined ? null : toNode(graph, repository, ref)
}

/** A ref as `Repository.ref` finds it: by its whole name or a part of it. */
export async function refByName(graph: Graph, repository: Repository, name: string): Promise<GraphNode | null> {
  for (const prefix of ['', 'refs/', 'refs/heads/', 'refs/tags/']) {
    const found = prefix === '' && !name.startsWith('refs/') ? null : await refNode(graph, repository, prefix + name)
    if (found !== null) return found
  }
  return null
}

/** `Repository.refs`: by name unless ordered by the date of their commits. */
export async function refConnection(graph: Graph, repository: Repository, args: Arguments): Promise<GraphNode> {
  demand(graph, 'contents:read')
  const prefix = args.text('refPrefix') ?? ''
  const [query, order] = [args.text('query'), args.object('orderBy')]
  const listed = (await listRefs(repository.path, prefix)).filter(({ name }) => name.startsWith(prefix))
  const found = listed.filter(({ name }) => includesText([name.slice(prefix.length)], query))
  const dated = order?.text('field') === 'TAG_COMMIT_DATE'
  const sorted = dated ? await byDate(repository, found) : found
  const direction = order?.text('direction') ?? args.text('direction')
  const refs = direction === 'DESC' ? sorted.toReversed() : sorted
  return connection(args, refs, { key: ({ name }) => name, node: (ref) => toNode(graph, repository, ref, prefix) })
}

/** GitHub splits a name into prefix and name: at the asked prefix, else after `refs/heads/` or `refs/tags/`. */
function toNode(graph: Graph, repository: Repository, ref: Ref, asked?: string): GraphNode {
  const prefix = asked ?? /^refs\/(?:heads|tags)\//.exec(ref.name)?.[0] ?? 'refs/'
  const branch = /^refs\/heads\/(.+)$/.exec(ref.name)?.[1]
  const { nodes } = graph
  return {
    __typename: 'Ref',
    id: nodeId('Ref', `${repository.id}:${ref.name}`),
    name: ref.name.slice(prefix.length),
    prefix,
    target: () => nodes.object(repository, ref.sha),
    repository: () => nodes.repository(repository),
    branchProtectionRule: null,
    associatedPullRequests: (args: Arguments) =>
      pullConnection(graph, repository, {
        args,
        of: ({ head }) => head.ref === branch && head.repository === repository,
      }),
    compare: async (args: Arguments) => {
      const head = await resolveCommit(repository.path, args.text('headRef') ?? '')
      return head === undefined ? null : compare(graph, repository, { base: ref.commit, head })
    },
  }
}

async function compare(
  graph: Graph,
  repository: Repository,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<GraphNode> {
  const counts = await runGit(repository.path, ['rev-list', '--left-right', '--count', `${base}...${head}`, '--'])
  const [behindBy = 0, aheadBy = 0] = counts.split(/\s+/).map(Number)
  const status = aheadBy > 0 ? (behindBy > 0 ? 'DIVERGED' : 'AHEAD') : behindBy > 0 ? 'BEHIND' : 'IDENTICAL'
  return {
    __typename: 'Comparison',
    id: nodeId('Comparison', `${base}...${head}`),
    aheadBy,
    behindBy,
    status,
    commits: async (args: Arguments) => {
      const list = await runGit(repository.path, ['rev-list', '--reverse', head, `^${base}`, '--'])
      const shas = list === '' ? [] : list.split('\n')
      return connection(args, shas, { key: (sha) => sha, node: (sha) => graph.nodes.commit(repository, sha) })
    },
  }
}

/** Oldest first. For an annotated tag the tagger's date counts, for all else the committer's. */
async function byDate(repository: Repository, refs: readonly Ref[]): Promise<readonly Ref[]> {
  const dated = await Promise.all(refs.map(async (ref) => ({ ref, at: await dateOf(repository, ref) })))
  return dated.sort((one, other) => one.at - other.at).map(({ ref }) => ref)
}

async function dateOf({ path }: Repository, { type, sha, commit }: Ref): Promise<number> {
  const tag = type === 'tag' ? await readTagObject(path, sha) : undefined
  return tag?.tagger.at ?? (await readCommit(path, commit)).committer.at
}
