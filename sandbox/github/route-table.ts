export type Found<T> = { readonly value: T; readonly parameters: Readonly<Record<string, string>> }

/** Parameters that may hold slashes. */
const wide: ReadonlySet<string> = new Set(['path', 'ref', 'basehead', 'branch', 'environment_name'])

/**
 * Finds what stands under `METHOD /template` for a path (still encoded, without the query). Literal segments win over parameters, narrow
 * parameters over those that may hold slashes. Parameters come decoded.
 */
export function createRouteTable<T>(
  routes: Readonly<Record<string, T>>,
): (method: string, path: string) => Found<T> | undefined {
  const compiled = Object.entries(routes)
    .map(([call, value]) => compile(call, value))
    .sort((one, other) => other.literals - one.literals || one.wide - other.wide)
  return (method, path) => {
    for (const route of compiled) {
      const match = route.method === method ? route.pattern.exec(path) : null
      if (match !== null) return { value: route.value, parameters: decodeAll(match.groups ?? {}) }
    }
    return undefined
  }
}

function compile<T>(call: string, value: T) {
  const [method = '', template = ''] = call.split(' ')
  const segments = template.split('/').filter((segment) => segment !== '')
  const names = segments.flatMap((segment) => /^\{(\w+)\}$/.exec(segment)?.[1] ?? [])
  const source = segments.map(toPattern).join('/')
  return {
    method,
    value,
    pattern: new RegExp(`^/${source}/?$`),
    literals: segments.length - names.length,
    wide: names.filter((name) => wide.has(name)).length,
  }
}

function toPattern(segment: string): string {
  const name = /^\{(\w+)\}$/.exec(segment)?.[1]
  if (name === undefined) return segment.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return wide.has(name) ? `(?<${name}>.+?)` : `(?<${name}>[^/]+)`
}

function decodeAll(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]))
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
