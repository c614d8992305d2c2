/** A snapshot as text for people: maps become objects. It is looked at, never read back by a rule. */
export function printSnapshot(snapshot: object): string {
  return JSON.stringify(snapshot, (_key, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value))
}
