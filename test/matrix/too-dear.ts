import type { Request } from './record-calls.ts'

export type Allowance = {
  /** What the road cost where nothing went wrong but what its road says. */
  readonly cost: number
  readonly faults: number
  /** How often other lives' faults held the installation up meanwhile. */
  readonly others: number
}

/**
 * I6. A fault costs five calls: the subject is read again (a line under way by three calls), what may be there is looked
 * for, and it is written again. Alone, three faults cost 17 at most. A sweep that comes by may look at four subjects. Of
 * two faults of other lives, one interrupts a pass of this life at most, which then reads again by one call (0.4 were
 * measured where it is worst, with twelve lives on one installation). The sentence says what was called again and again.
 */
export function tooDear(made: readonly Request[], { cost, faults, others }: Allowance): readonly string[] {
  const counted = counting(made)
  const sweeps = made.filter(({ call }) => call.endsWith('WaybillRefs')).length
  const most = cost + 5 * faults + 4 * sweeps + Math.ceil(others / 2)
  if (counted.length <= most) return []
  const why = `${cost} undisturbed, ${faults} faults, ${sweeps} sweeps, ${others} faults of others`
  return [`I6: ${counted.length} calls, ${most} are allowed (${why}): ${dearest(counted)}`]
}

/** Without what sweeps list: a life that is slow meets more of them. */
export function counting(made: readonly Request[]): readonly Request[] {
  return made.filter(({ call }) => !/WaybillRefs|WaybillCommands|\/actions\/runs$/.test(call))
}

/** The calls made most, each with what it was most about. */
function dearest(made: readonly Request[]): string {
  const most = often(made, ({ call }) => call).slice(0, 6)
  return most.map(([call, all]) => `${all.length} ${call} (${subjects(all)})`).join(', ')
}

function subjects(made: readonly Request[]): string {
  const most = often(made, ({ about }) => about.slice(0, 80)).slice(0, 3)
  return most.map(([about, all]) => `${all.length} ${about}`).join(', ')
}

function often(made: readonly Request[], keyOf: (one: Request) => string) {
  return [...Map.groupBy(made, keyOf)].toSorted(([, one], [, other]) => other.length - one.length)
}
