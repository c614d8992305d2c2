import type { JsonObject } from '../json-schema.ts'
import type { Delivery } from './delivery-log.ts'

/** One event on its way; a redelivery has the same GUID and body. */
export type Envelope = {
  readonly event: string
  readonly payload: JsonObject
  /** The payload as it is signed and sent. */
  readonly body: string
  readonly guid: string
  readonly redelivery: boolean
}

export type DeliveryTarget = {
  readonly url: string
  readonly signature: string
  readonly appId: number
  readonly id: number
  readonly now: () => number
}

/** GitHub gives up after ten seconds (https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks). */
const timeoutMs = 10_000

/** Posts one delivery and says what came of it; it never throws, and never tries again. */
export async function sendDelivery(envelope: Envelope, target: DeliveryTarget): Promise<Delivery> {
  const { event, body, guid } = envelope
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/5ad8fd2',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(target.appId),
    'x-github-hook-installation-target-id': String(target.appId),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': target.signature,
  }
  const started = target.now()
  const answer = await post(target.url, headers, body)
  const duration = Math.max(0, target.now() - started) / 1000
  return { id: target.id, envelope, deliveredAt: started, duration, requestHeaders: headers, ...answer }
}

type Answer = Pick<Delivery, 'status' | 'statusCode' | 'responseHeaders' | 'responseBody'>

async function post(url: string, headers: { readonly [name: string]: string }, body: string): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    const status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`
    const responseHeaders = Object.fromEntries(response.headers)
    return { status, statusCode: response.status, responseHeaders, responseBody: await response.text() }
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    const status = timedOut ? 'timed out' : 'failed to connect to host'
    return { status, statusCode: timedOut ? 504 : 502, responseHeaders: {}, responseBody: '' }
  }
}
