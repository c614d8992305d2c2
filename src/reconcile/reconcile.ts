import { Failed } from '../model/failure.ts'
import { type Ref, refKey } from '../model/ref.ts'
import type { Watch } from '../model/watched.ts'
import { sendOutbox } from './outbox.ts'
import { passOver } from './pass.ts'
import { redeliverFailed } from './redeliver.ts'
import { sweep } from './sweep.ts'
import type { Work } from './world/queue.ts'
import type { World } from './world/world.ts'

/** How long after a refusal, or an answer nobody expected, a subject is looked at again without being asked (ms). */
const slowly = 5 * 60_000

/** What the queue calls. A limit puts the subject off until it is over; anything unforeseen rejects, and the queue backs off. */
export function createWork(world: World, watch: Watch = () => {}): Work {
  return {
    pass: async (ref) => {
      let result = 'failed'
      try {
        result = await answerFor(world, ref)
      } finally {
        watch({ kind: 'pass', subject: ref.kind, result })
      }
    },
    outbox: (repository) => sendOutbox(world, repository),
    sweep: async (installation) => {
      if (installation === null) await redeliverFailed(world)
      await sweep(world, installation)
    },
  }
}

/** Says how it ended. */
async function answerFor(world: World, ref: Ref): Promise<string> {
  try {
    await passOver(world, ref)
    return 'done'
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    await putOff(world, ref, error.failure)
    return error.failure.kind
  }
}

async function putOff({ queue, log, now }: World, ref: Ref, failure: Failed['failure']): Promise<void> {
  const subject = refKey(ref)
  switch (failure.kind) {
    case 'busy':
      log.info({ subject, cause: failure.cause, until: failure.until }, 'put off')
      return queue.remind(ref, failure.until)
    case 'refused':
      log.warn({ subject, call: failure.call, cause: failure.cause, remedy: failure.remedy }, 'refused')
      // Suspended or uninstalled: nothing is called until the sweep, which asks GitHub who is there, sees it again.
      if (failure.call.includes('access_tokens')) return
      return queue.remind(ref, now() + slowly)
    case 'burned':
    case 'bug':
      log.error({ subject, call: failure.call, cause: failure.cause }, 'an answer nobody expected')
      return queue.remind(ref, now() + 30_000)
  }
}
