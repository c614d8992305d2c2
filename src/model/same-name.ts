/** Do two names of statuses, types or versions mean the same? Case and composition of letters don't count: editors write `ü` in two ways. */
export function sameName(one: string, other: string): boolean {
  return plainName(one) === plainName(other)
}

function plainName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase()
}
