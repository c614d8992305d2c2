/** A value as YAML gives it. */
export type Value = { readonly [key: string]: unknown }

/** Key by key: what `own` says wins, sections are merged, lists and single values are replaced whole. */
export function mergeValues(defaults: Value, own: Value): Value {
  const merged = Object.entries(own).map(([key, value]) => {
    const standard = Object.hasOwn(defaults, key) ? defaults[key] : undefined
    return [key, isSection(standard) && isSection(value) ? mergeValues(standard, value) : value] as const
  })
  return { ...defaults, ...Object.fromEntries(merged) }
}

/** The value at a path, or undefined where there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  return isSection(value) && Object.hasOwn(value, key) ? valueAt(value[key], rest) : undefined
}

/** The same without what stands at a path. */
export function without(value: Value, [key, ...rest]: readonly string[]): Value {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name !== key) return [[name, inner]]
      return rest.length > 0 && isSection(inner) ? [[name, without(inner, rest)]] : []
    }),
  )
}

export function isSection(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
