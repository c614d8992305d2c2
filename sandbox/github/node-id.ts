/**
 * A global id: the type's name and the database id, e.g. `PullRequest:1007` in base64url. Opaque to clients, as GitHub's are; GraphQL's
 * `node(id:)` reads it back with `readNodeId`.
 */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url')
}
