/** An event none of whose attempts on a page was answered well: GitHub's id of the newest of them. */
export type FailedDelivery = { readonly id: string; readonly attempt: number; readonly deliveredAt: number }

export type DeliveryPage = {
  readonly failed: readonly FailedDelivery[]
  /** When the oldest attempt on it was made (ms, UTC); null on an empty page. */
  readonly oldest: number | null
  /** Where the next page begins, or null. */
  readonly next: string | null
}

/** How far the list of deliveries was read: everything before `until` (ms, UTC), and on from `cursor` in a round begun at `begun`. */
export type DeliveriesSeen = { readonly until: number; readonly begun: number; readonly cursor: string | null }
