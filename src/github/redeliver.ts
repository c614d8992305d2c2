import type { DeliveryPage, FailedDelivery } from '../reconcile/world/deliveries.ts'
import { callRest } from './call-rest.ts'
import { integer, isJson, type Json, text, time } from './json.ts'
import type { Octokit } from './octokit.ts'

/** A page of `GET /app/hook/deliveries`, newest first (docs.github.com/rest/apps/webhooks). The App itself must ask. */
export async function listDeliveries(appOctokit: Octokit, cursor: string | null): Promise<DeliveryPage> {
  const parameters = { per_page: 100, ...(cursor === null ? {} : { cursor }) }
  const { data, headers } = await callRest(appOctokit, { route: 'GET /app/hook/deliveries', parameters })
  const attempts = Array.isArray(data) ? data.filter(isJson) : []
  const oldest = attempts.at(-1)
  return {
    failed: failedIn(attempts),
    oldest: oldest === undefined ? null : time(oldest, 'delivered_at'),
    next: nextCursor(headers),
  }
}

/** Asks GitHub to deliver once more, under the same id as before. One that is too old is gone, and nothing is done. */
export async function redeliver(appOctokit: Octokit, attempt: number): Promise<void> {
  const route = 'POST /app/hook/deliveries/{delivery_id}/attempts'
  await callRest(appOctokit, { route, parameters: { delivery_id: attempt }, expects: [404, 422], lags: true })
}

function failedIn(attempts: readonly Json[]): readonly FailedDelivery[] {
  const byEvent = Map.groupBy(attempts, (attempt) => text(attempt, 'guid'))
  return [...byEvent].flatMap(([id, [newest, ...earlier]]) => {
    if (newest === undefined || [newest, ...earlier].some(isFine)) return []
    return [{ id, attempt: integer(newest, 'id'), deliveredAt: time(newest, 'delivered_at') }]
  })
}

/** What we refused for good (400, 413, 422) is not asked for again: it would be refused again. */
function isFine(attempt: Json): boolean {
  const status = integer(attempt, 'status_code')
  return (status >= 200 && status < 300) || [400, 413, 422].includes(status)
}

/** Where the page after this one begins, by its `Link` header; null on the last. */
export function nextCursor(headers: Json): string | null {
  const link = typeof headers['link'] === 'string' ? headers['link'] : ''
  const address = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1]
  return address === undefined ? null : new URL(address, 'https://api.github.com').searchParams.get('cursor')
}
