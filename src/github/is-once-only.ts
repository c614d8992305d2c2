/**
 * Whether sending it a second time would make a second one; `path` as it is sent, or as GitHub's documents write it.
 * Reads, changes of one thing by its id, and what GitHub keeps once by its name (a tag's object is pointed to by nothing)
 * may be sent again, and so may what the App asks for itself.
 */
export function isOnceOnly(method: string, path: string): boolean {
  if (method !== 'POST' || /^(\/api\/v3)?\/app\//.test(path)) return false
  return !/\/(graphql|git\/tags|git\/refs|reactions|deployment_protection_rule)$/.test(path)
}
