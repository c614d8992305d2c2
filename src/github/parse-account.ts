import { type Account, parseNoreply, type Signature } from '../model/account.ts'
import { childOrNull, integer, type Json, text, textOrNull } from './json.ts'

/** An actor of GraphQL's (`WaybillActor`); null for a deleted account and for what has no id. */
export function parseActor(json: Json, key: string): Account | null {
  const actor = childOrNull(json, key)
  if (actor === null || typeof actor['databaseId'] !== 'number') return null
  return {
    id: integer(actor, 'databaseId'),
    login: text(actor, 'login').replace(/\[bot\]$/, ''),
    kind: actor['__typename'] === 'Bot' ? 'bot' : 'user',
  }
}

/** A `simple-user` of REST's. */
export function parseRestAccount(json: Json): Account {
  const login = text(json, 'login')
  const kind = json['type'] === 'Bot' || login.endsWith('[bot]') ? 'bot' : 'user'
  return { id: integer(json, 'id'), login: login.replace(/\[bot\]$/, ''), kind }
}

/** Who a commit names. GitHub's `user` counts first, then what a noreply address says of itself. */
export function parseSignature(actor: Json | null): Signature {
  if (actor === null) return { kind: 'stranger', name: '', email: '' }
  const user = childOrNull(actor, 'user')
  const email = textOrNull(actor, 'email') ?? ''
  if (user !== null) {
    const account: Account = { id: integer(user, 'databaseId'), login: text(user, 'login'), kind: 'user' }
    return { kind: 'account', account }
  }
  const account = parseNoreply(email)
  return account === null
    ? { kind: 'stranger', name: textOrNull(actor, 'name') ?? '', email }
    : { kind: 'account', account }
}
