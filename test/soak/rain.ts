import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

export type Rain = {
  readonly stop: () => Promise<void>
  /** How many were sent, and how many were taken in; each was sent until it was. */
  readonly count: () => { readonly sent: number; readonly taken: number; readonly refused: number }
  /** When the last one about each pull request was taken in (ms, UTC), by `pull:REPOSITORY:NUMBER`. */
  readonly last: ReadonlyMap<string, number>
}

export type Target = {
  readonly installationId: number
  readonly repository: { readonly id: number; readonly name: string }
  readonly number: number
}

/**
 * Signed deliveries of reviews at a steady rate, about the pull requests that `targets` names then: a tenth of them twice, a
 * twentieth a second late, none lost by the sender: what is not answered with 202 is sent again under its own id.
 */
export function letItRain(options: {
  readonly url: () => string
  readonly secret: string
  readonly rate: number
  readonly targets: () => readonly Target[]
}): Rain {
  const last = new Map<string, number>()
  const open = new Set<Promise<void>>()
  let stopped = false
  let sent = 0
  let taken = 0
  let refused = 0
  const send = async (target: Target) => {
    const id = randomUUID()
    if (Math.random() < 0.05) await pause(1000)
    for (let tries = 0; tries < 1200; tries++) {
      sent += 1
      const status = await post(options.url(), { id, secret: options.secret, target }).catch(() => 0)
      if (status === 202) {
        taken += 1
        last.set(`pull:${target.repository.id}:${target.number}`, Date.now())
        if (Math.random() < 0.1) await post(options.url(), { id, secret: options.secret, target }).catch(() => 0)
        return
      }
      refused += 1
      await pause(250)
    }
  }
  const fall = async () => {
    for (let due = performance.now(); !stopped; due += 1000 / options.rate) {
      // Pauses take longer than they should on a busy machine: what is due by now is sent at once.
      const wait = due - performance.now()
      if (wait > 0) await pause(wait)
      const targets = options.targets()
      const target = targets[Math.floor(Math.random() * targets.length)]
      if (target === undefined) {
        due = performance.now()
        continue
      }
      // While nobody takes anything in, no more pile up than a sender would hold.
      while (open.size >= 20 * options.rate && !stopped) await pause(50)
      const sending = send(target).finally(() => open.delete(sending))
      open.add(sending)
    }
    await Promise.all(open)
  }
  const falling = fall()
  return {
    last,
    count: () => ({ sent, taken, refused }),
    stop: () => {
      stopped = true
      return falling
    },
  }
}

async function post(
  url: string,
  { id, secret, target }: { readonly id: string; readonly secret: string; readonly target: Target },
): Promise<number> {
  const { installationId, repository, number } = target
  const body = JSON.stringify({
    action: 'edited',
    review: { id: 1 },
    pull_request: { number },
    installation: { id: installationId },
    repository: { ...repository, owner: { login: 'acme' }, default_branch: 'main' },
    sender: { login: 'reviewer', type: 'User' },
  })
  const response = await fetch(`${url}/api/github/webhooks`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(5000),
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request_review',
      'x-github-delivery': id,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
  await response.body?.cancel()
  return response.status
}
