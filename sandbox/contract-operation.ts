import type { ContractOptions } from './contract.ts'
import type { Check, SchemaCompiler } from './contract-compiler.ts'
import { isJsonObject, type JsonObject, jsonObjectAt } from './json-schema.ts'

export type RequestParts = {
  readonly query: URLSearchParams
  readonly headers: Headers
  /** Parsed JSON; undefined when the request has no body. */
  readonly body: unknown
}

export type AnswerParts = {
  readonly status: number
  /** Parsed JSON; undefined when the answer has no body, or one that is no JSON by its content type. */
  readonly body: unknown
  /** Without parameters. Answers of another type than `application/json` are checked for their status only. */
  readonly contentType?: string
}

export type OperationChecks = {
  readonly checkRequest: (request: RequestParts, path: { readonly [name: string]: string }) => readonly string[]
  readonly checkAnswer: (answer: AnswerParts) => readonly string[]
}

type Given = {
  /** Method and template, as it stands at the beginning of each violation. */
  readonly name: string
  readonly operation: JsonObject
  readonly compiler: SchemaCompiler
  readonly options: ContractOptions
}

/** The checks of one operation of an OpenAPI document. Its schemas are compiled at their first use. */
export function createOperationChecks(given: Given): OperationChecks {
  const checkParameters = createParameterCheck(given)
  const checkBody = createBodyCheck(given)
  const checkAnswer = createAnswerCheck(given)
  return {
    checkRequest: (request, path) =>
      [...checkParameters(request, path), ...checkBody(request.body)].map((text) => `${given.name}: ${text}`),
    checkAnswer: (answer) => checkAnswer(answer).map((text) => `${given.name}: ${text}`),
  }
}

type Parameter = {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly many: boolean
  readonly check: Check
}

function createParameterCheck({ operation, compiler, options }: Given) {
  const listed = Array.isArray(operation['parameters']) ? operation['parameters'] : []
  const parameters = listed
    .map((one) => toParameter(compiler.resolve(one), compiler))
    .filter((one) => one.in !== 'header' || !(options.ignoredHeaders ?? []).includes(one.name.toLowerCase()))
  // A query parameter whose schema is a free object stands for any names (Jira's property queries).
  const free = listed.some((one) => jsonObjectAt(compiler.resolve(one), 'schema')['type'] === 'object')
  const known = new Set(parameters.flatMap((one) => (one.in === 'query' ? one.name : [])))

  return (request: RequestParts, path: { readonly [name: string]: string }): readonly string[] => {
    const sources: { readonly [place: string]: (name: string) => readonly string[] } = {
      query: (name) => request.query.getAll(name),
      header: (name) => [request.headers.get(name) ?? []].flat(),
      path: (name) => [path[name] ?? []].flat(),
    }
    const unknown = [...new Set(request.query.keys())].filter((name) => !known.has(name))
    return [
      ...parameters.flatMap((one) => checkParameter(one, sources[one.in]?.(one.name) ?? [])),
      ...(free || options.closedRequests === false ? [] : unknown.map((name) => `query ${name} is not a parameter`)),
    ]
  }
}

function toParameter(parameter: JsonObject, compiler: SchemaCompiler): Parameter {
  const schema = compiler.resolve(parameter['schema'])
  return {
    name: String(parameter['name']),
    in: String(parameter['in']),
    required: parameter['required'] === true && schema['type'] !== 'object',
    many: schema['type'] === 'array',
    check: schema['type'] === 'object' ? () => [] : lazily(() => compiler.forParameter(wrap(schema))),
  }
}

/** ajv coerces only what lies inside an object. */
function wrap(schema: JsonObject): JsonObject {
  return { type: 'object', properties: { value: schema } }
}

function checkParameter(parameter: Parameter, values: readonly string[]): readonly string[] {
  const where = `${parameter.in} ${parameter.name}`
  if (values.length === 0) return parameter.required ? [`${where} is missing`] : []
  const value = parameter.many ? values.flatMap((one) => one.split(',')) : values.at(-1)
  return parameter.check({ value }).map((text) => where + text.replace('/value', ''))
}

function createBodyCheck({ operation, compiler }: Given): Check {
  const requestBody = compiler.resolve(operation['requestBody'])
  const schema = jsonSchemaOf(requestBody)
  const check = lazily(() => compiler.forBody(schema))
  return (body) => {
    if (body !== undefined) return schema === undefined ? [] : check(body).map((text) => `request body${text}`)
    return requestBody['required'] === true ? ['request body is missing'] : []
  }
}

function createAnswerCheck({ operation, compiler }: Given): OperationChecks['checkAnswer'] {
  const responses = jsonObjectAt(operation, 'responses')
  const checks = new Map<number, Check>()
  return ({ status, body, contentType = 'application/json' }) => {
    if (status < 200 || status > 299) return []
    const response = compiler.resolve(responses[String(status)])
    if (responses[String(status)] === undefined) return [`answer ${status} is none of ${Object.keys(responses)}`]
    if (isJsonObject(response['content']) && contentType !== 'application/json') return []
    const schema = jsonSchemaOf(response)
    if (schema === undefined) return body === undefined ? [] : [`answer ${status} has a body, and must have none`]
    const check = checks.get(status) ?? compiler.forAnswer(schema)
    checks.set(status, check)
    return check(body).map((text) => `answer ${status}${text}`)
  }
}

function jsonSchemaOf(holder: JsonObject): unknown {
  return jsonObjectAt(holder, 'content', 'application/json')['schema']
}

function lazily(make: () => Check): Check {
  let made: Check | undefined
  return (value) => {
    made ??= make()
    return made(value)
  }
}
