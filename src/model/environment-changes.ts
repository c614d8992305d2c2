import { type ConfigChange, changeOf } from './config-change.ts'
import type { Environment } from './config-schema.ts'
import { checksOrder, demands, free, longerIsStricter, moreIsStricter, peopleOrder, ranked } from './strictness.ts'

/** What differs between two lists of environments. A stage that goes, or comes at another place, proves less. */
export function environmentChanges(from: readonly Environment[], to: readonly Environment[]): readonly ConfigChange[] {
  const after = new Map(to.map((one) => [one.name.toLowerCase(), one]))
  const before = new Set(from.map((one) => one.name.toLowerCase()))
  const gone = from.filter((one) => !after.has(one.name.toLowerCase()))
  const come = to.filter((one) => !before.has(one.name.toLowerCase()))
  const order = { from: orderOf(from, after), to: orderOf(to, before) }
  return [
    ...gone.map((one) => ({ key: keyOf(one), from: '{…}', to: null, effect: 'loosens' as const })),
    ...come.map((one) => ({ key: keyOf(one), from: null, to: '{…}', effect: 'changes' as const })),
    ...changeOf('environments', order, () => 'loosens' as const),
    ...from.flatMap((one) => {
      const other = after.get(one.name.toLowerCase())
      return other === undefined ? [] : changesWithin(one, other)
    }),
  ]
}

function keyOf({ name }: Environment): string {
  return `environments.${name}`
}

/** The names of the stages that both lists have. */
function orderOf(list: readonly Environment[], other: { has(name: string): boolean }): readonly string[] {
  return list.map((one) => one.name.toLowerCase()).filter((name) => other.has(name))
}

function changesWithin(from: Environment, to: Environment): readonly ConfigChange[] {
  const key = (name: string) => `${keyOf(from)}.${name}`
  return [
    ...changeOf(key('kind'), { from: from.kind, to: to.kind }, ranked('rush', 'stage')),
    ...changeOf(key('deploy'), { from: from.deploy, to: to.deploy }, ranked('auto', 'manual')),
    ...changeOf(key('promoters'), { from: from.promoters ?? 'nobody', to: to.promoters ?? 'nobody' }, peopleOrder),
    ...changeOf(key('sign-offs'), { from: from['sign-offs'], to: to['sign-offs'] }, moreIsStricter),
    ...changeOf(
      key('separation-of-duties'),
      { from: from['separation-of-duties'], to: to['separation-of-duties'] },
      ranked(false, true),
    ),
    ...changeOf(key('checks'), { from: from.checks, to: to.checks }, checksOrder),
    ...changeOf(key('soak'), { from: from.soak, to: to.soak }, longerIsStricter),
    ...changeOf(key('reporters'), { from: from.reporters, to: to.reporters }, peopleOrder),
    ...changeOf(key('emergency'), { from: from.emergency, to: to.emergency }, peopleOrder),
    ...changeOf(key('freeze'), { from: from.freeze, to: to.freeze }, demands),
    ...changeOf(key('type'), { from: from.type, to: to.type }, free),
    ...changeOf(key('queue'), { from: from.queue, to: to.queue }, free),
    ...changeOf(key('lease'), { from: from.lease, to: to.lease }, free),
    ...changeOf(key('timeout'), { from: from.timeout, to: to.timeout }, free),
  ]
}
