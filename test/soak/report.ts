import type { Sandbox } from '../../sandbox/start-sandbox.ts'
import type { Lived } from './lives.ts'
import type { Mortal } from './mortal.ts'
import type { Rain } from './rain.ts'
import { type Sample, slopeOf } from './slope.ts'

export type Soaked = {
  readonly database: string
  readonly rate: string
  /** When it began (ms, UTC), and how long it rained (s). */
  readonly begun: number
  readonly fell: number
  /** `stood`: a sentence for a change that did not get on. */
  readonly towns: readonly { readonly lived: readonly Lived[]; readonly stood: readonly string[] }[]
  readonly counts: readonly { readonly lost: readonly string[]; readonly doubled: readonly string[] }[]
  readonly unseen: readonly string[]
  readonly rain: Rain
  readonly mortal: Mortal
  readonly sizes: readonly Sample[]
  readonly sandbox: Sandbox
}

/** Prints what was lost and what was there twice, and the counts last; sets the exit code. */
export function report(soaked: Soaked): void {
  const lost = [
    ...soaked.towns.flatMap((town) => town.stood),
    ...soaked.counts.flatMap((one) => one.lost),
    ...soaked.unseen,
  ]
  const doubled = soaked.counts.flatMap((one) => one.doubled)
  for (const one of lost) process.stdout.write(`lost: ${one}\n`)
  for (const one of doubled) process.stdout.write(`doubled: ${one}\n`)
  process.stdout.write(`${delays(soaked)}\n${growth(soaked)}\n`)
  const { sandbox, rain, rate, fell } = soaked
  const taken = rain.count().taken + new Set(received(sandbox)).size
  process.stdout.write(
    `${soaked.database}: ${taken} deliveries (${(taken / fell).toFixed(0)} a second; of the rain, ${rate} a second asked for, ` +
      `${rain.count().refused} tries were refused and made again), ${lives(soaked).length} changes, ${soaked.mortal.kills()} kills, ` +
      `${lost.length} lost, ${doubled.length} doubled; ${Math.round((Date.now() - soaked.begun) / 1000)} s\n`,
  )
  process.exitCode = lost.length + doubled.length === 0 ? 0 : 1
}

/** What GitHub itself delivered, each once however often it was tried. */
function received({ github }: Sandbox): readonly string[] {
  return github.deliveries().flatMap(({ statusCode, envelope }) => (statusCode === 202 ? [envelope.guid] : []))
}

function lives({ towns }: Soaked): readonly Lived[] {
  return towns.flatMap((town) => town.lived)
}

function delays(soaked: Soaked): string {
  const { mortal, begun, fell } = soaked
  const waited = lives(soaked).map(({ decided, passed }) => {
    return { all: passed - decided, up: mortal.upWithin(decided, passed) }
  })
  const worst = (of: 'all' | 'up') => Math.max(0, ...waited.map((one) => one[of]))
  const middle = (of: 'all' | 'up') => waited.map((one) => one[of]).toSorted((a, b) => a - b)[waited.length >> 1] ?? 0
  const share = Math.round((100 * mortal.upWithin(begun, begun + fell * 1000)) / (fell * 1000))
  return (
    `from the review to the green gate: worst ${worst('all')} ms, median ${middle('all')} ms; ` +
    `of the time it was up: worst ${worst('up')} ms, median ${middle('up')} ms; ` +
    `it was up for ${share} % of the time, the longest start took ${mortal.longestStart()} ms`
  )
}

function growth({ mortal, sizes, begun }: Soaked): string {
  const held = mortal.memory.map((one) => one.value)
  // The tables are made in the first seconds: what they weigh is no growth.
  const later = sizes.filter((one) => one.at > begun + 15_000)
  return (
    `memory ${held.at(-1) ?? 0} MiB (most ${Math.max(0, ...held)}), slope ${slopeOf(mortal.memory).toFixed(1)} MiB a minute; ` +
    `database ${sizes.at(-1)?.value.toFixed(1)} MiB, slope ${slopeOf(later).toFixed(2)} MiB a minute; ` +
    `the soak itself ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MiB`
  )
}
