import { fileIdentity } from './configuration-file.ts'
import { childOrNull, isJson, type Json } from './json.ts'

/**
 * Which files judge a subject: equal where all of them are. `base` is the ref it goes into, null for a branch. Reads
 * `WaybillFileNames` or `WaybillConfiguration` of each.
 */
export function filesInForce(answer: Json, base: Json | null): string {
  const repository = childOrNull(answer, 'repository')
  const organisation = childOrNull(answer, 'organisation')
  const tips = [base, defaultOf(repository), defaultOf(organisation)].map(tipOf)
  return JSON.stringify([...tips.map(fileIdentity), mailmapOf(tipOf(base))])
}

function defaultOf(repository: Json | null): Json | null {
  return repository === null ? null : childOrNull(repository, 'defaultBranchRef')
}

function tipOf(ref: Json | null): Json | null {
  const target = ref === null ? null : childOrNull(ref, 'target')
  return target?.['__typename'] === 'Commit' ? target : null
}

function mailmapOf(target: Json | null): string {
  const mailmap = target?.['mailmap']
  const object = isJson(mailmap) ? mailmap['object'] : null
  return isJson(object) ? String(object['oid']) : ''
}
