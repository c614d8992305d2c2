import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto'
import type { Readable } from 'node:stream'

/** How many bytes of bodies one process holds at a time, over all requests; who began first stands first. */
export type Budget = { readonly most: number; held: number; readonly reading: Set<Reading> }

type Reading = { size: number; evicted: boolean; readonly stream: Readable }

export function budgetOf(most: number): Budget {
  return { most, held: 0, reading: new Set() }
}

export type SignedBody =
  | { readonly kind: 'signed'; readonly body: Buffer }
  | { readonly kind: 'unsigned' }
  /** The body alone is larger than any that GitHub sends. */
  | { readonly kind: 'too-large' }
  /** All bodies together are; whoever was slowest had to go. */
  | { readonly kind: 'no-room' }
  /** The sender went away. */
  | { readonly kind: 'cut-off' }

/**
 * Reads a body through HMAC-SHA256, once for each secret, and compares in constant time
 * (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries). Reading ends at `most` bytes. What
 * was held is given back before it resolves; it never rejects.
 */
export async function readSigned(
  stream: Readable,
  signature: Buffer,
  limits: { readonly secrets: readonly string[]; readonly most: number; readonly budget: Budget },
): Promise<SignedBody> {
  const { secrets, most, budget } = limits
  const hmacs = secrets.map((secret) => createHmac('sha256', secret))
  const chunks: Buffer[] = []
  const reading: Reading = { size: 0, evicted: false, stream }
  budget.reading.add(reading)
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      const bytes: Buffer = chunk
      if (reading.size + bytes.length > most) return { kind: 'too-large' }
      if (!makeRoom(budget, reading, bytes.length)) return { kind: 'no-room' }
      reading.size += bytes.length
      budget.held += bytes.length
      for (const hmac of hmacs) hmac.update(bytes)
      chunks.push(bytes)
    }
  } catch {
    return { kind: reading.evicted ? 'no-room' : 'cut-off' }
  } finally {
    release(budget, reading)
  }
  return matches(hmacs, signature) ? { kind: 'signed', body: Buffer.concat(chunks) } : { kind: 'unsigned' }
}

/**
 * GitHub sends a body within a moment. Whoever holds room and does not come to an end, signed or not nobody knows yet,
 * goes for one that comes later: otherwise two slow senders would keep everybody else out.
 */
function makeRoom(budget: Budget, reading: Reading, bytes: number): boolean {
  while (budget.held + bytes > budget.most) {
    const slowest = budget.reading.values().find((one) => one === reading || one.size > 0)
    if (slowest === undefined || slowest === reading) return false
    slowest.evicted = true
    release(budget, slowest)
    slowest.stream.destroy(new Error('others need the room'))
  }
  return true
}

function release(budget: Budget, reading: Reading): void {
  if (!budget.reading.delete(reading)) return
  budget.held -= reading.size
}

/** Every secret is tried, whichever fits: the time taken says nothing. */
function matches(hmacs: readonly Hmac[], signature: Buffer): boolean {
  return hmacs.map((hmac) => timingSafeEqual(hmac.digest(), signature)).includes(true)
}
