import { type Account, parseNoreply } from '../model/account.ts'
import { Failed } from '../model/failure.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import { emailsToFind, type Mailmap, withMailmap } from '../model/mailmap.ts'
import type { Commit } from '../model/pull.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { isJson } from './json.ts'
import { keep } from './known.ts'
import type { Octokit } from './octokit.ts'
import { parseRestAccount } from './parse-account.ts'

/** E-mails asked about for one subject; who has more than these unknown ones mends commits rather than a map. */
const mostEmails = 20

/**
 * The commits with those known whom the base's `.mailmap` gives another e-mail. A noreply address says itself whose it
 * is; of any other GitHub is asked for one commit by it, once per e-mail and process.
 */
export async function resolveMailmap(
  source: { readonly octokit: Octokit; readonly repository: Repository; readonly known: Map<string, Account> },
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

/** Who GitHub says wrote the newest commit by this e-mail; null where there is none or it belongs to nobody. */
async function ask(
  { octokit, repository, known }: Parameters<typeof resolveMailmap>[0],
  email: string,
): Promise<Account | null> {
  const key = `${repository.id} ${email}`
  const before = known.get(key)
  if (before !== undefined) return before
  const { data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/commits',
    parameters: { ...at(repository), author: email, per_page: 1 },
  })
  const newest: unknown = Array.isArray(data) ? data[0] : undefined
  const author = isJson(newest) ? newest['author'] : null
  if (!isJson(author) || typeof author['id'] !== 'number') return null
  const account = parseRestAccount(author)
  keep(known, key, account)
  return account
}
