import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { isJsonObject, type JsonObject } from '../../json-schema.ts'
import { readArguments } from './arguments.ts'
import type { GraphNode } from './connection.ts'
import { githubError } from './github-error.ts'
import { type Cost, measure } from './limits.ts'
import { githubSchema } from './schema.ts'

export type GraphqlRequest = {
  readonly query: string
  readonly operationName?: string | undefined
  readonly variables?: JsonObject | undefined
}

/** The body of GitHub's answer, which is always a 200, and the query's points. */
export type GraphqlAnswer = { readonly body: JsonObject; readonly cost: number }

/**
 * Runs one query or mutation against GitHub's own schema. What GitHub would refuse is refused with `errors` and no `data`; a field that
 * the sandbox lacks is an error that names it. `root` makes the fields of Query or Mutation.
 */
export async function executeQuery(
  request: GraphqlRequest,
  root: (operation: 'query' | 'mutation', cost: Cost) => GraphNode,
): Promise<GraphqlAnswer> {
  const prepared = prepare(request)
  if ('refused' in prepared) return { body: { errors: prepared.refused.map(toGithub) }, cost: 1 }
  const { document, operation, cost } = prepared
  if (operation.operation === 'subscription') return { body: { errors: [{ message: 'No subscriptions' }] }, cost: 1 }
  const result = await execute({
    schema: githubSchema(),
    document,
    rootValue: root(operation.operation, cost),
    fieldResolver: resolveField,
    ...(request.variables === undefined ? {} : { variableValues: request.variables }),
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
  })
  return { body: toBody(result), cost: cost.cost }
}

type Prepared =
  | { readonly refused: readonly GraphQLError[] }
  | { readonly document: DocumentNode; readonly operation: OperationDefinitionNode; readonly cost: Cost }

const documents = new Map<string, DocumentNode | readonly GraphQLError[]>()

function prepare(request: GraphqlRequest): Prepared {
  const document = documents.get(request.query) ?? parseAndValidate(request.query)
  documents.set(request.query, document)
  if (!('kind' in document)) return { refused: document }
  const operation = getOperationAST(document, request.operationName)
  if (!operation) return { refused: [githubError('NOT_FOUND', `No operation named "${request.operationName ?? ''}"`)] }
  const variables = getVariableValues(githubSchema(), operation.variableDefinitions ?? [], request.variables ?? {})
  if (variables.errors) return { refused: variables.errors }
  const cost = measure(document, operation, variables.coerced)
  return cost.errors.length > 0 ? { refused: cost.errors } : { document, operation, cost }
}

function parseAndValidate(query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query)
    const errors = validate(githubSchema(), document)
    return errors.length > 0 ? errors : document
  } catch (error) {
    if (isGraphqlError(error)) return [error]
    throw error
  }
}

function isGraphqlError(error: unknown): error is GraphQLError {
  return error instanceof Error && error.name === 'GraphQLError'
}

const resolveField: GraphQLFieldResolver<unknown, unknown> = async (source, given, _context, info) => {
  const name = `${info.parentType.name}.${info.fieldName}`
  const value = isJsonObject(source) ? source[info.fieldName] : undefined
  if (value === undefined) throw githubError('NOT_IMPLEMENTED', `The sandbox does not have ${name}`)
  if (typeof value !== 'function') return value
  const definition = info.parentType.getFields()[info.fieldName]
  const args = readArguments(given)
  const result: unknown = await value(args)
  const ignored = args.unread().filter((argument) => {
    const standard = definition?.args.find((one) => one.name === argument)?.defaultValue
    return JSON.stringify(standard) !== JSON.stringify(given[argument])
  })
  if (ignored.length > 0)
    throw githubError('NOT_IMPLEMENTED', `The sandbox does not have ${name}(${ignored.join(', ')})`)
  return result
}

function toBody(result: ExecutionResult): JsonObject {
  const data = result.data === undefined ? {} : { data: result.data }
  return result.errors === undefined ? data : { ...data, errors: result.errors.map(toGithub) }
}

/** GitHub puts the kind of an error beside its message. */
function toGithub(error: GraphQLError): JsonObject {
  const { type } = error.extensions
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    message: error.message,
  }
}
