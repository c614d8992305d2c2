import { verify } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../json-schema.ts'
import { Refusal } from './refusal.ts'
import type { Actor, App, Principal } from './state/accounts.ts'
import type { State } from './state.ts'

/**
 * Who a request comes from, by its `Authorization` header: `token`, `Bearer`, or Basic with the token as the password. Undefined without
 * one. Throws a 401 for what is no good: an unknown or expired token, a JWT that GitHub would not take.
 */
export function authenticate(state: State, header: string | null | undefined): Principal | undefined {
  const credentials = readCredentials(header)
  if (credentials === undefined) return undefined
  if (credentials.split('.').length === 3) return { kind: 'app', app: verifyJwt(state, credentials) }
  const principal = state.tokens.get(credentials)
  if (principal === undefined) throw new Refusal(401, 'Bad credentials')
  if (principal.kind === 'installation' && (principal.expiresAt ?? Number.POSITIVE_INFINITY) <= state.now()) {
    throw new Refusal(401, 'Bad credentials')
  }
  return principal
}

/** A login, an App's slug, or an empty text: what the request's token or JWT claims, whether it is still good or not. */
export function callerOf(state: State, request: Request): string {
  const credentials = readCredentials(request.headers.get('authorization'))
  if (credentials === undefined) return ''
  const principal = state.tokens.get(credentials)
  if (principal === undefined) return issuerOf(state, credentials)?.slug ?? ''
  switch (principal.kind) {
    case 'person':
      return principal.user.login
    case 'app':
      return principal.app.slug
    case 'installation':
      return principal.installation.app.slug
  }
}

/** In whose name a principal acts; an App by its JWT acts as its own bot. */
export function actorOf(principal: Principal): Actor {
  switch (principal.kind) {
    case 'person':
      return { user: principal.user, app: undefined }
    case 'app':
      return { user: principal.app.bot, app: principal.app }
    case 'installation':
      return { user: principal.installation.app.bot, app: principal.installation.app }
  }
}

function readCredentials(header: string | null | undefined): string | undefined {
  const [, scheme = '', value = ''] = /^(\w+) +(\S+)$/.exec(header ?? '') ?? []
  switch (scheme.toLowerCase()) {
    case 'token':
    case 'bearer':
      return value
    case 'basic':
      return Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':')
    case '':
      return undefined
    default:
      return value
  }
}

const allowedSkew = 60
const longestLife = 600

/** https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function verifyJwt(state: State, token: string): App {
  const undecodable = new Refusal(401, 'A JSON web token could not be decoded')
  const [head = '', claims = '', signature = ''] = token.split('.')
  const app = issuerOf(state, token)
  if (readPart(head)['alg'] !== 'RS256' || app?.publicKey === undefined) throw undecodable
  const signed = Buffer.from(`${head}.${claims}`)
  if (!verify('sha256', signed, app.publicKey, Buffer.from(signature, 'base64url'))) throw undecodable
  const { iat, exp } = readPart(claims)
  const now = state.now() / 1000
  if (typeof iat !== 'number' || iat > now + allowedSkew) {
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    )
  }
  if (typeof exp !== 'number' || exp <= now) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    )
  }
  if (exp > now + longestLife + allowedSkew)
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
  return app
}

function issuerOf(state: State, token: string): App | undefined {
  const issuer = String(readPart(token.split('.')[1] ?? '')['iss'])
  return state.apps.find((app) => String(app.id) === issuer || app.clientId === issuer)
}

function readPart(part: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return isJsonObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}
