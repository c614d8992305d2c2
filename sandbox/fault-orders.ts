/** What every order of a fault says: it strikes from the `nth` matching call on (1 = the next one), `times` times. */
type Counted = { readonly nth: number; readonly times: number }

/** An order with what became of it. */
export type Ordered<Order extends Counted> = Order & {
  readonly id: number
  /** Matching calls seen since it was ordered. */
  readonly seen: number
  /** How often it struck. */
  readonly struck: number
}

/** Faults that were ordered, in that order. One call is struck by at most one of them, and counted by all that match it. */
export function createFaultOrders<Order extends Counted>() {
  const ordered: (Order & { readonly id: number; seen: number; struck: number })[] = []
  let nextId = 1
  return {
    order: (order: Order): Ordered<Order> => {
      const fault = { ...order, id: nextId, seen: 0, struck: 0 }
      nextId += 1
      ordered.push(fault)
      return fault
    },
    list: (): readonly Ordered<Order>[] => ordered,
    clear: (): void => {
      ordered.length = 0
    },
    /** A call happens: the fault that strikes it, if one does. */
    strike: (matches: (order: Order) => boolean): Ordered<Order> | undefined => {
      const matching = ordered.filter(matches)
      for (const one of matching) one.seen += 1
      const struck = matching.find((one) => one.seen >= one.nth && one.struck < one.times)
      if (struck !== undefined) struck.struck += 1
      return struck
    },
  }
}
