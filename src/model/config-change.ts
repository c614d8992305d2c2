import { canonical } from './canonical.ts'
import type { Order, Strictness } from './strictness.ts'

/** One key whose value differs. The values are JSON; null where the key is not there. */
export type ConfigChange = {
  readonly key: string
  readonly from: string | null
  readonly to: string | null
  readonly effect: Strictness
}

/** The change of one key; none where the values are equal. */
export function changeOf<T>(
  key: string,
  values: { readonly from: T; readonly to: T },
  order: Order<T>,
): readonly ConfigChange[] {
  const from = canonical(values.from)
  const to = canonical(values.to)
  return from === to ? [] : [{ key, from, to, effect: order(values.from, values.to) }]
}
