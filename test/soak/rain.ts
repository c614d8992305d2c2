import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { postReview, type Target } from './post-review.ts'

export type Rain = {
  readonly stop: () => Promise<void>
  /** How many were sent, and how many were taken in; each was sent until it was. */
  readonly count: () => { readonly sent: number; readonly taken: number; readonly refused: number }
  /** When the last one about each pull request was taken in (ms, UTC), by `pull:REPOSITORY:NUMBER`. */
  readonly last: ReadonlyMap<string, number>
}

/** Deliveries that are on their way at a time: GitHub does not send more either while nobody answers. */
const together = 40
/** How long a refused one waits for its next try (ms). */
const again = 250

type Drop = { readonly id: string; readonly target: Target; readonly twice: boolean }

/**
 * Signed deliveries of reviews at a steady rate, about the pull requests that `targets` names then: a tenth of them twice, a
 * twentieth a second late, none lost by the sender: what is not answered with 202 is sent again under its own id, once
 * `up` says that there is somebody to send it to.
 */
export function letItRain(options: {
  readonly url: () => string
  readonly secret: string
  readonly rate: number
  readonly targets: () => readonly Target[]
  readonly up: () => Promise<void>
}): Rain {
  const { url, secret, rate, targets, up } = options
  const last = new Map<string, number>()
  const waiting: Drop[] = []
  const counts = { open: 0, sent: 0, taken: 0, refused: 0 }
  let stopped = false
  const send = async ({ id, target, twice }: Drop) => {
    for (;;) {
      await up()
      counts.sent += 1
      if ((await postReview(url(), { id, secret, target }).catch(() => 0)) === 202) break
      counts.refused += 1
      await pause(again + Math.random() * again)
    }
    counts.taken += 1
    last.set(`pull:${target.repository.id}:${target.number}`, Date.now())
    if (twice) await postReview(url(), { id, secret, target }).catch(() => 0)
  }
  const carry = async () => {
    while (!stopped || counts.open > 0) {
      const drop = waiting.shift()
      if (drop === undefined) {
        await pause(10)
        continue
      }
      await send(drop)
      counts.open -= 1
    }
  }
  const fall = async () => {
    for (let due = performance.now(); !stopped; due += 1000 / rate) {
      // Pauses take longer than they should on a busy machine: what is due by now is sent at once.
      const wait = due - performance.now()
      if (wait > 0) await pause(wait)
      const all = targets()
      const target = all[Math.floor(Math.random() * all.length)]
      if (target === undefined) {
        due = performance.now()
        continue
      }
      // While nobody takes anything in, no more pile up than a sender would hold.
      while (counts.open >= 20 * rate && !stopped) await pause(50)
      const drop: Drop = { id: randomUUID(), target, twice: Math.random() < 0.1 }
      counts.open += 1
      if (Math.random() < 0.05) setTimeout(() => void waiting.push(drop), 1000)
      else waiting.push(drop)
    }
  }
  const falling = Promise.all([fall(), ...Array.from({ length: together }, carry)])
  return {
    last,
    count: () => counts,
    stop: async () => {
      stopped = true
      await falling
    },
  }
}
