import type { Envelope } from './send-delivery.ts'

export type DeliveryQueue = {
  readonly add: (envelopes: readonly Envelope[], order: 'in-order' | 'shuffled') => void
  readonly size: () => number
  readonly close: () => void
}

/** One at a time, so that the order of sending is the order of arriving. */
export function createDeliveryQueue(send: (envelope: Envelope) => Promise<void>): DeliveryQueue {
  const waiting: { readonly envelope: Envelope; readonly shuffled: boolean }[] = []
  let running = false
  let closed = false
  const run = async () => {
    running = true
    if (waiting[0]?.shuffled === true) await new Promise((resolve) => setTimeout(resolve, 50))
    while (waiting.length > 0 && !closed) {
      const index = waiting[0]?.shuffled === true ? Math.floor(Math.random() * waiting.length) : 0
      const [next] = waiting.slice(index, index + 1)
      if (next !== undefined) await send(next.envelope)
      waiting.splice(next === undefined ? 0 : waiting.indexOf(next), 1)
    }
    running = false
  }
  return {
    size: () => waiting.length,
    close: () => {
      closed = true
    },
    add: (envelopes, order) => {
      waiting.push(...envelopes.map((envelope) => ({ envelope, shuffled: order === 'shuffled' })))
      if (!running && !closed) void run()
    },
  }
}
