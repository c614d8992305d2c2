import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sandbox } from '../../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../../sandbox/start-waybill.ts'
import type { Sample } from './slope.ts'

export type Mortal = {
  /** Kills no more, and lets the last start run on. */
  readonly spare: () => Promise<Waybill>
  readonly kills: () => number
  /** What each start held before it was killed (MiB of resident memory). */
  readonly memory: readonly Sample[]
}

/** A Waybill that is killed as by `kill -9` 2 to 5 s after it was ready, and started again, over and over. */
export function startMortal(sandbox: Sandbox, environment: Readonly<Record<string, string>>): Mortal {
  let spared = false
  let kills = 0
  const memory: Sample[] = []
  const look = async (waybill: Waybill) => {
    memory.push({ at: Date.now(), value: await residentOf(waybill.pid) })
  }
  const live = async (): Promise<Waybill> => {
    for (;;) {
      const waybill = await startWaybill(sandbox, environment).catch(() => null)
      if (waybill === null) continue
      const end = Date.now() + 2000 + Math.random() * 3000
      while (!spared && Date.now() < end) await pause(100)
      await look(waybill).catch(() => {})
      if (spared) return waybill
      process.kill(waybill.pid, 'SIGKILL')
      await waybill.ended
      kills += 1
    }
  }
  const living = live()
  return {
    kills: () => kills,
    memory,
    spare: () => {
      spared = true
      return living
    },
  }
}

async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024)
}
