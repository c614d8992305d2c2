import type { ReceivedDelivery } from './web/receive.ts'

type Receive = (delivery: ReceivedDelivery) => Promise<void>

/**
 * Takes deliveries in, and asks for those that could not be stored, once, when the first one after them was. Until that
 * succeeds it is asked again with each delivery.
 */
export function makingUp(receive: Receive, makeUp: () => Promise<void>): Receive {
  let missed = false
  return async (delivery) => {
    try {
      await receive(delivery)
    } catch (error) {
      missed = true
      throw error
    }
    if (!missed) return
    missed = false
    void makeUp().catch(() => {
      missed = true
    })
  }
}
