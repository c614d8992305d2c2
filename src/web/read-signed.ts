import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto'
import type { Readable } from 'node:stream'

/** How many bytes of bodies one process holds at a time, over all requests. */
export type Budget = { readonly most: number; held: number }

export type SignedBody =
  | { readonly kind: 'signed'; readonly body: Buffer }
  | { readonly kind: 'unsigned' }
  /** The body alone is larger than any that GitHub sends. */
  | { readonly kind: 'too-large' }
  /** All bodies together are. */
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
  let size = 0
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      const bytes: Buffer = chunk
      if (size + bytes.length > most) return { kind: 'too-large' }
      if (budget.held + bytes.length > budget.most) return { kind: 'no-room' }
      size += bytes.length
      budget.held += bytes.length
      for (const hmac of hmacs) hmac.update(bytes)
      chunks.push(bytes)
    }
  } catch {
    return { kind: 'cut-off' }
  } finally {
    budget.held -= size
  }
  return matches(hmacs, signature) ? { kind: 'signed', body: Buffer.concat(chunks) } : { kind: 'unsigned' }
}

/** Every secret is tried, whichever fits: the time taken says nothing. */
function matches(hmacs: readonly Hmac[], signature: Buffer): boolean {
  return hmacs.map((hmac) => timingSafeEqual(hmac.digest(), signature)).includes(true)
}
