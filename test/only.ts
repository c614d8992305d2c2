/**
 * A part of the outside: the members a test needs of it. Asking for another one throws and names it, so that a test
 * never passes over something that is not there.
 */
export function only<Whole extends object>(part: Partial<Whole>): Whole {
  return new Proxy(part as Whole, {
    get: (target, name) => {
      if (!(name in target)) throw new Error(`this test has no ${String(name)}`)
      return Reflect.get(target, name)
    },
  })
}
