import { isJsonObject, type JsonObject } from '../../json-schema.ts'

/** The arguments of one field. What nobody reads is found by `unread`, so that no argument is ignored in silence. */
export type Arguments = {
  readonly text: (name: string) => string | undefined
  readonly integer: (name: string) => number | undefined
  readonly truth: (name: string) => boolean | undefined
  readonly texts: (name: string) => readonly string[] | undefined
  readonly object: (name: string) => Arguments | undefined
  /** The names that were given and never asked for. */
  readonly unread: () => readonly string[]
}

/** Reads arguments that GraphQL has checked already; null counts as not given. */
export function readArguments(given: JsonObject): Arguments {
  const read = new Set<string>()
  const take = (name: string): unknown => {
    read.add(name)
    return given[name] ?? undefined
  }
  return {
    text: (name) => onlyIf(take(name), (value) => typeof value === 'string'),
    integer: (name) => onlyIf(take(name), (value) => typeof value === 'number'),
    truth: (name) => onlyIf(take(name), (value) => typeof value === 'boolean'),
    texts: (name) => onlyIf(take(name), isTexts),
    object: (name) => {
      const value = take(name)
      return isJsonObject(value) ? readArguments(value) : undefined
    },
    unread: () => Object.keys(given).filter((name) => given[name] !== null && !read.has(name)),
  }
}

function onlyIf<T>(value: unknown, is: (value: unknown) => value is T): T | undefined {
  return is(value) ? value : undefined
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
