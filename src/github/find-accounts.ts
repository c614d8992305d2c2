import { type Account, parseNoreply } from '../model/account.ts'
import { Failed } from '../model/failure.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import { emailsToFind, type Mailmap, withMailmap } from '../model/mailmap.ts'
import type { Commit } from '../model/pull.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { actorFragment } from './fragments.ts'
import { isJson } from './json.ts'
import { keep } from './known.ts'
import type { Octokit } from './octokit.ts'
import { parseActor, parseRestAccount } from './parse-account.ts'
import { runQuery } from './run-query.ts'

export const accountQuery = `
query WaybillAccount($login: String!) {
  user(login: $login) { ...WaybillActor }
}
${actorFragment}`

/** E-mails asked about for one subject; who has more than these unknown ones mends commits rather than a map. */
const mostEmails = 20

/**
 * The commits with those known whom the base's `.mailmap` gives another e-mail. A noreply address says itself whose it
 * is (an old one only by login); of any other GitHub is asked for one commit by it. Once per e-mail and process.
 */
export async function resolveMailmap(
  source: Source,
  commits: Lookup<readonly Commit[]>,
  mailmap: Mailmap,
): Promise<Lookup<readonly Commit[]>> {
  if (commits.kind !== 'found' || mailmap.size === 0) return commits
  const accounts = new Map<string, Account>()
  try {
    for (const email of emailsToFind(commits.value, mailmap).slice(0, mostEmails)) {
      const account = parseNoreply(email) ?? (await ask(source, email))
      if (account !== null) accounts.set(email, account)
    }
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return unknown(`whose e-mail .mailmap means can't be read: ${error.failure.cause}`)
  }
  return found(withMailmap(commits.value, mailmap, accounts))
}

type Source = { readonly octokit: Octokit; readonly repository: Repository; readonly known: Map<string, Account> }

async function ask(source: Source, email: string): Promise<Account | null> {
  const { repository, known } = source
  const key = `${repository.id} ${email}`
  const before = known.get(key)
  if (before !== undefined) return before
  const login = /^([^+@\s]{1,100})@users\.noreply\.github\.com$/i.exec(email)?.[1]
  const account = login === undefined ? await authorOf(source, email) : await accountOf(source, login)
  if (account !== null) keep(known, key, account)
  return account
}

async function accountOf({ octokit }: Source, login: string): Promise<Account | null> {
  const query = { name: 'WaybillAccount', text: accountQuery, variables: { login } }
  const { data } = await runQuery(octokit, {
    ...query,
    mayMiss: (path, type) => path === 'user' && type === 'NOT_FOUND',
  })
  return parseActor(data, 'user')
}

/** Who GitHub says wrote the newest commit by this e-mail; null where there is none or it belongs to nobody. */
async function authorOf({ octokit, repository }: Source, email: string): Promise<Account | null> {
  const { data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/commits',
    parameters: { ...at(repository), author: email, per_page: 1 },
  })
  const newest: unknown = Array.isArray(data) ? data[0] : undefined
  const author = isJson(newest) ? newest['author'] : null
  if (!isJson(author) || typeof author['id'] !== 'number') return null
  return parseRestAccount(author)
}
