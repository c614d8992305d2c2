import { type Config, configSchema } from './config-schema.ts'

/** Keys that are understood and do nothing but their default yet, with the path of each (`*` stands for any item). */
const later = ['policy-owners']

const standard = configSchema.parse({
  version: 1,
  issues: { projects: ['KEY'] },
  release: {},
  environments: [{ name: 'any', type: 'staging', deploy: 'auto' }],
})

export type LaterKey = { readonly path: readonly string[]; readonly usual: string }

export function laterMessage({ usual }: LaterKey): string {
  return `is not supported yet; remove it or set it to its default, ${usual}`
}

/** The paths in a configuration that ask for something else than the default of a key that is not supported yet. */
export function laterKeysIn(config: Config): readonly LaterKey[] {
  return later.flatMap((key) => {
    const [usual] = valuesAt(standard, key.split('.'), [])
    return valuesAt(config, key.split('.'), [])
      .filter((found) => canonical(found.value) !== canonical(usual?.value))
      .map((found) => ({ path: found.path, usual: canonical(usual?.value) }))
  })
}

type Found = { readonly path: readonly string[]; readonly value: unknown }

function valuesAt(value: unknown, keys: readonly string[], path: readonly string[]): readonly Found[] {
  const [key, ...rest] = keys
  if (key === undefined) return [{ path, value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([name]) => key === '*' || key === name)
    .flatMap(([name, inner]) => valuesAt(inner, rest, [...path, name]))
}

/** JSON with keys in order, so that equal values have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
