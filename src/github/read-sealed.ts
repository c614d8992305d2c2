import { parseSeal } from '../model/audit.ts'
import type { Repository } from '../model/ref.ts'
import { child, childOrNull, textOrNull } from './json.ts'
import type { Reader } from './reader.ts'
import { runQuery } from './run-query.ts'

/** Whether one of these tags was made by a Waybill, whichever database it had: its message ends with an audit log's seal. One query. */
export async function readSealed(reader: Reader, repository: Repository, tags: readonly string[]): Promise<boolean> {
  if (tags.length === 0) return false
  const { owner, name, installationId } = repository
  const { data } = await runQuery(await reader.octokitFor(installationId), {
    name: 'WaybillSealed',
    text: sealedQuery(tags.length),
    variables: { owner, name, ...Object.fromEntries(tags.map((tag, at) => [`tag${at}`, `refs/tags/${tag}`])) },
  })
  const json = child(data, 'repository')
  return tags.some((_, at) => {
    const ref = childOrNull(json, `tag${at}`)
    const target = ref === null ? null : childOrNull(ref, 'target')
    return target !== null && parseSeal(textOrNull(target, 'message') ?? '') !== null
  })
}

/** The messages of `count` tags: variables `tag0`, …; answers under `tag0`, … */
export function sealedQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, at) => at)
  return `
query WaybillSealed($owner: String!, $name: String!, ${numbers.map((at) => `$tag${at}: String!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
    databaseId
    ${numbers.map((at) => `tag${at}: ref(qualifiedName: $tag${at}) { target { __typename ... on Tag { message } } }`).join('\n    ')}
  }
}`
}
