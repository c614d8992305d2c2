/**
 * A short name for a text: equal texts have equal fingerprints, and different texts almost surely differ (64 bits,
 * two FNV-1a lanes). It decides whether something needs saying again, never whether somebody may do something.
 */
export function fingerprint(...parts: readonly string[]): string {
  let a = 0x811c9dc5
  let b = 0xcbf29ce4
  for (const part of parts) {
    for (let i = 0; i <= part.length; i++) {
      const code = i < part.length ? part.charCodeAt(i) : 0x10ffff
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b ^ (code + i), 0x01000197)
    }
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')
}
