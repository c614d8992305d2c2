import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLField,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { JsonObject } from '../../json-schema.ts'
import { githubError } from './github-error.ts'
import { githubSchema } from './schema.ts'

export type Cost = {
  /** Points that the query takes from the hourly pool. */
  readonly cost: number
  /** How many nodes it could return at most. */
  readonly nodeCount: number
  /** What GitHub refuses before it runs anything. */
  readonly errors: readonly GraphQLError[]
}

type Walk = {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: JsonObject
  readonly errors: GraphQLError[]
  requests: number
  nodes: number
}

/**
 * GitHub's limits on the size of a query: every connection whose nodes are read needs `first` or `last`, from 1 to 100, and all of them
 * together may return 500,000 nodes (https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api).
 */
export function measure(document: DocumentNode, operation: OperationDefinitionNode, variables: JsonObject): Cost {
  const fragments = new Map(
    document.definitions.flatMap((it) => (it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it]] : [])),
  )
  const walk: Walk = { fragments, variables, errors: [], requests: 0, nodes: 0 }
  const schema = githubSchema()
  const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType()
  if (root) walkSelections(walk, operation.selectionSet, { type: root, times: 1 })
  if (walk.nodes > 500_000) {
    const message = `This query requests up to ${walk.nodes} possible nodes which exceeds the maximum limit of 500,000.`
    walk.errors.push(githubError('MAX_NODE_LIMIT_EXCEEDED', message))
  }
  return { cost: Math.max(1, Math.round(walk.requests / 100)), nodeCount: walk.nodes, errors: walk.errors }
}

type Place = { readonly type: GraphQLCompositeType; readonly times: number }

function walkSelections(walk: Walk, set: SelectionSetNode, place: Place): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      walkField(walk, selection, place)
      continue
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection
    const condition = fragment?.typeCondition && githubSchema().getType(fragment.typeCondition.name.value)
    const type = isCompositeType(condition) ? condition : place.type
    if (fragment) walkSelections(walk, fragment.selectionSet, { ...place, type })
  }
}

function walkField(walk: Walk, field: FieldNode, { type, times }: Place): void {
  if (!field.selectionSet || !(isObjectType(type) || isInterfaceType(type))) return
  const definition = type.getFields()[field.name.value]
  const inner = definition && getNamedType(definition.type)
  if (!definition || !isCompositeType(inner)) return
  const paged = definition.args.some(({ name }) => name === 'first') && inner.name.endsWith('Connection')
  const size = paged ? pageSize(walk, field, definition) : undefined
  if (size !== undefined) {
    walk.requests += times
    walk.nodes += times * size
  }
  walkSelections(walk, field.selectionSet, { type: inner, times: times * (size ?? 1) })
}

/** How many nodes a connection asks for; undefined when it asks for none. */
function pageSize(walk: Walk, field: FieldNode, definition: GraphQLField<unknown, unknown>): number | undefined {
  const name = field.name.value
  const { first, last } = getArgumentValues(definition, field, walk.variables)
  const refuse = (type: 'MISSING_PAGINATION_BOUNDARIES' | 'EXCESSIVE_PAGINATION', message: string) => {
    walk.errors.push(githubError(type, message))
  }
  const given = typeof first === 'number' ? first : typeof last === 'number' ? last : undefined
  if (typeof first === 'number' && typeof last === 'number') {
    refuse(
      'EXCESSIVE_PAGINATION',
      `Passing both \`first\` and \`last\` to paginate the \`${name}\` connection is not supported.`,
    )
  }
  if (given === undefined) {
    if (!readsNodes(walk, field)) return undefined
    refuse(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    )
    return undefined
  }
  const side = typeof first === 'number' ? 'first' : 'last'
  if (given > 100) {
    refuse(
      'EXCESSIVE_PAGINATION',
      `Requesting ${given} records on the \`${name}\` connection exceeds the \`${side}\` limit of 100 records.`,
    )
  }
  if (given < 0) refuse('EXCESSIVE_PAGINATION', `\`${side}\` on the \`${name}\` connection cannot be less than zero.`)
  return given
}

/** `totalCount` alone may be read without a page size. */
function readsNodes(walk: Walk, field: FieldNode): boolean {
  const reads = (set: SelectionSetNode): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return ['nodes', 'edges', 'pageInfo'].includes(selection.name.value)
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection
      return fragment !== undefined && reads(fragment.selectionSet)
    })
  return field.selectionSet !== undefined && reads(field.selectionSet)
}
