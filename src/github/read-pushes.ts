import type { Account } from '../model/account.ts'
import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup, unknown } from '../model/lookup.ts'
import type { Push } from '../model/push.ts'
import type { Repository } from '../model/ref.ts'
import type { PushesOf } from '../reconcile/world/code.ts'
import { at, callRest } from './call-rest.ts'
import { child, isJson, type Json, text, time } from './json.ts'
import { keep } from './known.ts'
import type { Octokit } from './octokit.ts'
import { parseRestAccount } from './parse-account.ts'
import type { Reader } from './reader.ts'

const kinds: Readonly<Record<string, Push['kind']>> = {
  push: 'push',
  force_push: 'force-push',
  branch_creation: 'creation',
}

/**
 * The newest 100 pushes of GitHub's activity list (docs.github.com/rest/repos/repos#list-repository-activities): one
 * call for each head. `absent`: GitHub keeps no such list here.
 */
export async function readPushes(
  reader: Reader,
  repository: Repository,
  of: PushesOf,
): Promise<Lookup<readonly Push[]>> {
  const { pushes } = reader.known
  const key = `${repository.id} ${'branch' in of ? `branch ${of.branch}` : `login ${of.login}`} ${of.head}`
  const before = pushes.get(key)
  if (before !== undefined) return before
  const read = await listPushes(await reader.octokitFor(repository.installationId), repository, of)
  // The list lags behind: it is kept once it holds the push it was asked for.
  const whole = read.kind === 'found' && ('login' in of || read.value.some((push) => push.after === of.head))
  if (whole || read.kind === 'absent') keep(pushes, key, read)
  return read
}

async function listPushes(octokit: Octokit, repository: Repository, of: PushesOf): Promise<Lookup<readonly Push[]>> {
  const whose = 'branch' in of ? { ref: `refs/heads/${of.branch}` } : { actor: of.login }
  try {
    const { status, data } = await callRest(octokit, {
      route: 'GET /repos/{owner}/{repo}/activity',
      parameters: { ...at(repository), ...whose, per_page: 100 },
      expects: [404],
    })
    if (status === 404) return absent
    return Array.isArray(data) ? found(data.filter(isJson).flatMap(parsePush)) : unknown('GitHub listed no pushes')
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return unknown(`the pushes can't be read: ${error.failure.cause}`)
  }
}

function parsePush(json: Json): readonly Push[] {
  const kind = kinds[text(json, 'activity_type')]
  const ref = text(json, 'ref')
  if (kind === undefined || json['actor'] === null || !ref.startsWith('refs/heads/')) return []
  const by: Account = parseRestAccount(child(json, 'actor'))
  const before = text(json, 'before')
  return [
    {
      by,
      branch: ref.slice('refs/heads/'.length),
      kind,
      before: /^0+$/.test(before) ? null : before,
      after: text(json, 'after'),
      at: time(json, 'timestamp'),
    },
  ]
}
