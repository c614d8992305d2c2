import type { Config } from '../model/config-schema.ts'
import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup, unknown } from '../model/lookup.ts'
import { namedLogins } from '../model/named-logins.ts'
import type { Repository } from '../model/ref.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import { childOrNull, integer } from './json.ts'
import type { Octokit } from './octokit.ts'
import type { Members } from './read-teams.ts'
import { runQuery } from './run-query.ts'

/** What is in force on a branch, and who reads it. */
export type Naming = {
  readonly octokit: Octokit
  readonly repository: Repository
  readonly branch: string
  readonly config: Config
}

export type BoundAccounts = {
  /**
   * For each login the configuration names, in small letters: the account it meant when it was first seen there, by id.
   * Absent: GitHub knew no such account then. One query where a name is new, and none after that.
   */
  bound(naming: Naming): Promise<Members>
  /** Whom logins mean now, for what is not in force: nothing is kept. */
  now(octokit: Octokit, logins: readonly string[]): Promise<Members>
}

/** Names asked about in one query. */
const mostNames = 50

/**
 * A login can be given up and taken by somebody else, an id can't: what a configuration says of a login holds for the
 * account that had it when Waybill first read it there, until the configuration names it no more.
 */
export function createBoundAccounts(kept: Pick<Memory, 'accountsBound' | 'bindAccounts'>): BoundAccounts {
  return {
    bound: async ({ octokit, repository, branch, config }) => {
      const named = namedLogins(config)
      const known = await kept.accountsBound(repository, branch)
      const asked = await readAccounts(
        octokit,
        named.filter((login) => !known.has(login)),
      )
      const fresh = [...asked].flatMap(([login, id]) => (id.kind === 'found' ? [[login, id.value] as const] : []))
      const gone = [...known.keys()].some((login) => !named.includes(login))
      const bound =
        fresh.length > 0 || gone ? await kept.bindAccounts(repository, branch, { named, found: new Map(fresh) }) : known
      return new Map(named.map((login) => [login, memberOf(bound.get(login), asked.get(login))]))
    },
    now: async (octokit, logins) => {
      const asked = await readAccounts(octokit, logins)
      return new Map(logins.map((login) => [login, memberOf(undefined, asked.get(login))]))
    },
  }
}

type Asked = ReadonlyMap<string, Lookup<number | null>>

function memberOf(
  bound: number | null | undefined,
  asked: Lookup<number | null> | undefined,
): Lookup<readonly number[]> {
  if (asked?.kind === 'unknown') return asked
  const id = bound ?? (asked?.kind === 'found' ? asked.value : null)
  return id === null ? absent : found([id])
}

async function readAccounts(octokit: Octokit, logins: readonly string[]): Promise<Asked> {
  const asked = new Map<string, Lookup<number | null>>()
  for (let at = 0; at < logins.length; at += mostNames) {
    for (const [login, id] of await readSome(octokit, logins.slice(at, at + mostNames))) asked.set(login, id)
  }
  return asked
}

async function readSome(octokit: Octokit, logins: readonly string[]): Promise<Asked> {
  try {
    const { data, missed } = await runQuery(octokit, {
      name: 'WaybillAccounts',
      text: accountsQuery(logins.length),
      variables: Object.fromEntries(logins.map((login, at) => [`login${at}`, login])),
      mayMiss: (path) => /^name\d+$/.test(path),
    })
    return new Map(
      logins.map((login, at): [string, Lookup<number | null>] => {
        const json = childOrNull(data, `name${at}`)
        if (json !== null) return [login, found(integer(json, 'databaseId'))]
        const type = missed.get(`name${at}`)
        return [login, type === undefined || type === 'NOT_FOUND' ? found(null) : unknown(`GitHub answered ${type}`)]
      }),
    )
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    const { cause } = error.failure
    return new Map(logins.map((login) => [login, unknown(cause)]))
  }
}

/** The accounts behind `count` logins: variables `login0`, …; answers under `name0`, … */
export function accountsQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, at) => at)
  return `
query WaybillAccounts(${numbers.map((at) => `$login${at}: String!`).join(', ')}) {
  ${numbers.map((at) => `name${at}: user(login: $login${at}) { databaseId }`).join('\n  ')}
}`
}
