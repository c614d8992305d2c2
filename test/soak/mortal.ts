import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sandbox } from '../../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../../sandbox/start-waybill.ts'
import type { Sample } from './slope.ts'

export type Mortal = {
  /** Kills no more, and lets the last start run on. */
  readonly spare: () => Promise<Waybill>
  readonly kills: () => number
  /** Resolves while it is ready, or as soon as it is again. */
  readonly up: () => Promise<void>
  /** For how much of a time (both ms, UTC) it was ready (ms). */
  readonly upWithin: (from: number, to: number) => number
  /** The longest that a start took (ms). */
  readonly longestStart: () => number
  /** What each start held before it was killed (MiB of resident memory). */
  readonly memory: readonly Sample[]
}

/** A Waybill that is killed as by `kill -9` 2 to 5 s after it was ready, and started again, over and over. */
export function startMortal(sandbox: Sandbox, environment: Readonly<Record<string, string>>): Mortal {
  const spell = createSpells()
  let spared = false
  let kills = 0
  let longest = 0
  const memory: Sample[] = []
  const look = async (waybill: Waybill) => {
    memory.push({ at: Date.now(), value: await residentOf(waybill.pid) })
  }
  const live = async (): Promise<Waybill> => {
    for (;;) {
      const begun = Date.now()
      const waybill = await startWaybill(sandbox, environment).catch(() => null)
      if (waybill === null) continue
      longest = Math.max(longest, Date.now() - begun)
      spell.begin()
      const end = Date.now() + 2000 + Math.random() * 3000
      while (!spared && Date.now() < end) await pause(100)
      await look(waybill).catch(() => {})
      if (spared) return waybill
      spell.end()
      process.kill(waybill.pid, 'SIGKILL')
      await waybill.ended
      kills += 1
    }
  }
  const living = live()
  return {
    kills: () => kills,
    up: spell.up,
    upWithin: spell.within,
    longestStart: () => longest,
    memory,
    spare: () => {
      spared = true
      return living
    },
  }
}

/** From when to when it was up, and who waits for it to be up again. */
function createSpells() {
  const spells: { readonly from: number; to: number }[] = []
  let since: number | null = null
  let waiting: (() => void)[] = []
  return {
    begin: () => {
      since = Date.now()
      for (const resolve of waiting) resolve()
      waiting = []
    },
    end: () => {
      if (since !== null) spells.push({ from: since, to: Date.now() })
      since = null
    },
    up: () => (since === null ? new Promise<void>((resolve) => void waiting.push(resolve)) : Promise.resolve()),
    within: (from: number, to: number) => {
      const all = since === null ? spells : [...spells, { from: since, to }]
      return all.reduce((sum, one) => sum + Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)), 0)
    },
  }
}

async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024)
}
