import { isJson, type Json, list } from './json.ts'

const mayPush: ReadonlySet<unknown> = new Set(['ADMIN', 'MAINTAIN', 'WRITE'])

/**
 * The ids of those who may push among the answers `writer0`, …: collaborators found by login, of whom GitHub may list
 * others beside them, or may list none to an App.
 */
export function parseWriters(json: Json, count: number): ReadonlySet<number> {
  const ids = new Set<number>()
  for (let at = 0; at < count; at++) {
    const answer = json[`writer${at}`]
    for (const edge of isJson(answer) ? list(answer, 'edges').filter(isJson) : []) {
      const id = isJson(edge['node']) ? edge['node']['databaseId'] : null
      if (typeof id === 'number' && mayPush.has(edge['permission'])) ids.add(id)
    }
  }
  return ids
}
