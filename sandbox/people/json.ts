export type Json = Readonly<Record<string, unknown>>

export function asJson(value: unknown): Json {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value))
}

export function asItems(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(asJson) : []
}

export function itemsAt(value: unknown, key: string): readonly Json[] {
  return asItems(asJson(value)[key])
}

export function numberAt(value: unknown, key: string): number {
  const found = asJson(value)[key]
  if (typeof found !== 'number') throw new Error(`no number at ${key}`)
  return found
}

export function textAt(value: unknown, key: string): string {
  const found = asJson(value)[key]
  return typeof found === 'string' ? found : ''
}
