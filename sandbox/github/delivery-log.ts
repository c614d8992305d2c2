import { type JsonObject, jsonObjectAt } from '../json-schema.ts'
import type { Envelope } from './send-delivery.ts'

/** One attempt to deliver. */
export type Delivery = {
  readonly id: number
  readonly envelope: Envelope
  /** Milliseconds since 1970, UTC. */
  readonly deliveredAt: number
  /** Seconds. */
  readonly duration: number
  readonly status: string
  readonly statusCode: number
  readonly requestHeaders: { readonly [name: string]: string }
  readonly responseHeaders: { readonly [name: string]: string }
  readonly responseBody: string
}

export type DeliveryLog = {
  readonly add: (delivery: Delivery) => void
  readonly nextId: () => number
  readonly find: (id: number) => Delivery | undefined
  /** Newest first. */
  readonly list: () => readonly Delivery[]
}

/** Every attempt of this sandbox's life, in memory. */
export function createDeliveryLog(): DeliveryLog {
  const deliveries: Delivery[] = []
  let last = 12_345_678_000
  return {
    add: (delivery) => {
      deliveries.unshift(delivery)
    },
    nextId: () => {
      last += 1
      return last
    },
    find: (id) => deliveries.find((one) => one.id === id),
    list: () => deliveries,
  }
}

/** As `GET /app/hook/deliveries` lists it. */
export function toDeliveryItem({ id, envelope, deliveredAt, duration, status, statusCode }: Delivery): JsonObject {
  const { payload, guid, redelivery, event } = envelope
  return {
    id,
    guid,
    delivered_at: new Date(deliveredAt).toISOString(),
    redelivery,
    duration,
    status,
    status_code: statusCode,
    event,
    action: payload['action'] ?? null,
    installation_id: jsonObjectAt(payload, 'installation')['id'] ?? null,
    repository_id: jsonObjectAt(payload, 'repository')['id'] ?? null,
    throttled_at: null,
  }
}

/** As `GET /app/hook/deliveries/{delivery_id}` shows it. */
export function toDeliveryDetails(delivery: Delivery, url: string): JsonObject {
  return {
    ...toDeliveryItem(delivery),
    url,
    request: { headers: delivery.requestHeaders, payload: delivery.envelope.payload },
    response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
  }
}
