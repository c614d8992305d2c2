import { absent, found, type Lookup, unknown } from '../model/lookup.ts'
import type { Press, PressSeen } from '../model/press.ts'
import { pressCounts } from '../model/press.ts'
import { callRest } from './call-rest.ts'
import { integer, isJson, type Json, text, time } from './json.ts'
import { fields, idOf, nameOf, shaOf } from './narrow.ts'
import type { Octokit } from './octokit.ts'
import { nextCursor } from './redeliver.ts'

/** A delivery is listed this long after it was made at the latest (ms). */
const lag = 120_000
/** Pages of 100 deliveries. */
const mostPages = 20

type Heard = { readonly heardAt: number; readonly now: number; readonly appId: number }

/**
 * What GitHub's record says of a press: the App itself asks for its list of deliveries, and then for the one
 * (docs.github.com/rest/apps/webhooks). `absent`: GitHub made no such delivery, or one of something else.
 */
export async function readPress(appOctokit: Octokit, press: Press, heard: Heard): Promise<Lookup<PressSeen>> {
  const attempts = await attemptsOf(appOctokit, press.delivery, heard.heardAt - pressCounts)
  const [newest] = attempts
  if (newest === undefined) {
    const late = heard.now - heard.heardAt > lag
    return late ? absent : unknown('GitHub does not list the delivery yet')
  }
  const route = 'GET /app/hook/deliveries/{delivery_id}'
  const { data } = await callRest(appOctokit, { route, parameters: { delivery_id: integer(newest, 'id') } })
  const first = attempts.find((attempt) => attempt['redelivery'] === false)
  return parsePress(data, {
    guid: press.delivery,
    appId: heard.appId,
    at: first === undefined ? 0 : time(first, 'delivered_at'),
  })
}

/** Newest first. Ends at the first attempt of all, or before `since` (ms, UTC): what began earlier does not count. */
async function attemptsOf(appOctokit: Octokit, guid: string, since: number): Promise<readonly Json[]> {
  const route = 'GET /app/hook/deliveries'
  const attempts: Json[] = []
  let cursor: string | null = null
  for (let page = 1; page <= mostPages; page++) {
    const parameters: Readonly<Record<string, unknown>> = { per_page: 100, ...(cursor !== null && { cursor }) }
    const { data, headers } = await callRest(appOctokit, { route, parameters })
    const listed = Array.isArray(data) ? data.filter(isJson) : []
    attempts.push(...listed.filter((attempt) => text(attempt, 'guid') === guid))
    const oldest = listed.at(-1)
    cursor = nextCursor(headers)
    const ended = cursor === null || oldest === undefined || time(oldest, 'delivered_at') < since
    if (ended || attempts.some((attempt) => attempt['redelivery'] === false)) break
  }
  return attempts
}

function parsePress(
  data: unknown,
  { guid, appId, at }: { readonly guid: string; readonly appId: number; readonly at: number },
): Lookup<PressSeen> {
  const delivery = fields(data)
  const payload = fields(fields(delivery?.['request'])?.['payload'])
  const run = fields(payload?.['check_run'])
  const checkRun = idOf(run?.['id'])
  const sha = shaOf(run?.['head_sha'])
  const identifier = nameOf(fields(payload?.['requested_action'])?.['identifier'])
  const senderId = idOf(fields(payload?.['sender'])?.['id'])
  const repositoryId = idOf(fields(payload?.['repository'])?.['id'])
  const fits = delivery?.['guid'] === guid && delivery['event'] === 'check_run'
  if (!fits || payload?.['action'] !== 'requested_action' || fields(run?.['app'])?.['id'] !== appId) return absent
  if (checkRun === null || sha === null || identifier === null || senderId === null || repositoryId === null) {
    return absent
  }
  return found({ checkRun, sha, identifier, senderId, repositoryId, at })
}
