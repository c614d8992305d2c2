import { type Contract, createContract, type Operation } from '../contract.ts'
import { readContract } from './read-contract.ts'

let contracts: { readonly platform: Contract; readonly provider: Contract } | undefined

/** The operation of Jira's documents that a request means, for gateway paths too; undefined for what the documents lack. */
export function findOperation(method: string, path: string): Operation | undefined {
  contracts ??= {
    platform: createContract(readContract('jira-platform')),
    provider: createContract(readContract('jira-provider'), { ignoredHeaders: ['authorization'] }),
  }
  const provider = providerPath(path)
  return provider === undefined ? contracts.platform.find(method, path) : contracts.provider.find(method, provider)
}

/**
 * What a request is called in records and faults: `GET /rest/api/3/issue/{issueIdOrKey}`,
 * `POST /jira/builds/0.1/cloud/{cloudId}/bulk`, `POST /oauth/token`.
 */
export function callName(method: string, path: string): string {
  const operation = findOperation(method, path)
  if (operation === undefined) return `${method} ${path}`
  const template = operation.template.replace(
    /^\/rest\/(devinfo|builds|deployments)\/[\d.]+/,
    '/jira/$1/0.1/cloud/{cloudId}',
  )
  return `${method} ${template}`
}

/**
 * Every name a fault may use for a request: its call name, its real path, and for the gateway what Jira's own document calls it
 * (`POST /rest/builds/0.1/bulk`).
 */
export function callNames(method: string, path: string): readonly string[] {
  const template = findOperation(method, path)?.template
  return [callName(method, path), `${method} ${path}`, ...(template === undefined ? [] : [`${method} ${template}`])]
}

/** Whether the documents or the gateway's doors have a call of this very name. */
export function isCallName(call: string): boolean {
  const [method = '', path = ''] = call.split(' ')
  return callName(method, path) === call && findOperation(method, path) !== undefined
}

const gatewayPath = /^\/jira\/(devinfo|builds|deployments)\/0\.1\/cloud\/[^/]+(\/.*)$/

/** The gateway's path as the provider document writes it; undefined for every other path. */
function providerPath(path: string): string | undefined {
  const [, api, rest] = gatewayPath.exec(path) ?? []
  return api === undefined ? undefined : `/rest/${api}/${api === 'devinfo' ? '0.10' : '0.1'}${rest}`
}
