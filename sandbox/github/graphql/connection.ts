import type { Arguments } from './arguments.ts'
import { githubError } from './github-error.ts'

/** What an object type's fields resolve to: values, or functions of the arguments. A field that is not listed is not implemented. */
export type GraphNode = { readonly [field: string]: unknown }

export type ConnectionOptions<T> = {
  /** Unlike for each item and lasting, so that a cursor survives additions. */
  readonly key: (item: T) => string | number
  readonly node: (item: T) => unknown
  /** What the edge says besides its cursor and node. */
  readonly edge?: (item: T) => GraphNode
  /** What the connection says besides its page. */
  readonly more?: GraphNode
}

/** One page of `items`, in their order, as `first`, `last`, `after` and `before` say. */
export function connection<T>(
  args: Arguments,
  items: readonly T[],
  { key, node, edge, more }: ConnectionOptions<T>,
): GraphNode {
  const cursorOf = (item: T) => Buffer.from(`cursor:v2:${key(item)}`).toString('base64')
  const indexOf = (cursor: string) => {
    const index = items.findIndex((item) => cursorOf(item) === cursor)
    if (index < 0) throw githubError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`)
    return index
  }
  const { text, integer } = args
  const [after, before, first, last] = [text('after'), text('before'), integer('first'), integer('last')]
  const from = after === undefined ? 0 : indexOf(after) + 1
  const to = before === undefined ? items.length : indexOf(before)
  const start = last === undefined ? from : Math.max(from, to - last)
  const end = first === undefined ? to : Math.min(to, from + first)
  const page = items.slice(start, Math.max(start, end))
  const [head, tail] = [page[0], page.at(-1)]
  return {
    ...more,
    totalCount: items.length,
    nodes: () => page.map(node),
    edges: () => page.map((item) => ({ ...edge?.(item), cursor: cursorOf(item), node: () => node(item) })),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: head === undefined ? null : cursorOf(head),
      endCursor: tail === undefined ? null : cursorOf(tail),
    },
  }
}
