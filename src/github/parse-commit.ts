import type { Signature } from '../model/account.ts'
import type { Commit } from '../model/pull.ts'
import { child, childOrNull, connection, isJson, type Json, list, text, textOrNull } from './json.ts'
import { parseSignature } from './parse-account.ts'

/** A commit of a pull request (`WaybillCommit`); null when GitHub did not give all of its authors. */
export function parseCommit(json: Json): Commit | null {
  const authors = connection(json, 'authors')
  if (!authors.complete) return null
  const author = parseSignature(childOrNull(json, 'author'))
  const committer = childOrNull(json, 'committer')
  return {
    sha: text(json, 'oid'),
    headline: text(json, 'messageHeadline'),
    author,
    committer: committer !== null && isGitHubItself(committer) ? null : parseSignature(committer),
    coAuthors: authors.nodes.map(parseSignature).filter((signature) => !isSame(signature, author)),
    parents: list(child(json, 'parents'), 'nodes')
      .filter(isJson)
      .map((parent) => text(parent, 'oid')),
  }
}

/** The web editor, the merge button and "update branch" commit under this name. */
function isGitHubItself(committer: Json): boolean {
  return textOrNull(committer, 'email') === 'noreply@github.com' && textOrNull(committer, 'name') === 'GitHub'
}

function isSame(a: Signature, b: Signature): boolean {
  if (a.kind === 'account') return b.kind === 'account' && a.account.id === b.account.id
  return b.kind === 'stranger' && a.email.toLowerCase() === b.email.toLowerCase() && a.name === b.name
}
