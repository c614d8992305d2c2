import { readFileSync } from 'node:fs'

/** One of the OpenAPI documents in `sandbox/contracts`, as parsed JSON. */
export function readContract(name: 'jira-platform' | 'jira-provider'): unknown {
  return JSON.parse(readFileSync(new URL(`../contracts/${name}.json`, import.meta.url), 'utf8'))
}
