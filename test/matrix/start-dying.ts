import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '../../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../../sandbox/start-waybill.ts'

type Place = {
  readonly sandbox: Sandbox
  /** Of the database. */
  readonly url: string
  /** Where a process that dies leaves the mark it died at. */
  readonly note: string
}

const program = fileURLToPath(new URL('./dying-waybill.ts', import.meta.url))

/** A process may end by itself before it is ready, say because the database takes too long: so often it is started again. */
const mostStarts = 5

/**
 * A Waybill that dies at the first mark that is left; each time it died, that one is taken away and it is started again, to
 * die at the next.
 */
export function startDying({ sandbox, url, note }: Place, left: Set<string>) {
  const killed: string[] = []
  let spare = () => {}
  const spared = new Promise<'spared'>((resolve) => {
    spare = () => resolve('spared')
  })
  const begin = async (marks: readonly string[]): Promise<Waybill> => {
    const dies = { WAYBILL_DIES_AT: marks.join(), WAYBILL_DIED_AT: note }
    for (let tries = 1; ; tries++) {
      try {
        return await startWaybill(sandbox, { DATABASE_URL: url, LOG_LEVEL: 'silent', ...dies }, program)
      } catch (error) {
        // It may come by a mark before it is ready.
        if (existsSync(note) || tries === mostStarts) throw error
      }
    }
  }
  const bury = async () => {
    const mark = await readFile(note, 'utf8').catch(() => null)
    if (mark === null) return false
    await rm(note)
    left.delete(mark)
    killed.push(mark)
    return true
  }
  const live = async (): Promise<Waybill> => {
    for (;;) {
      const waybill = await begin([...left]).catch(() => null)
      const end = await Promise.race([waybill?.ended, spared])
      if (end === 'spared') await waybill?.close()
      if (!(await bury()) || end === 'spared') return begin([])
    }
  }
  const living = live()
  // Whoever asks hears of it; until then it is nobody's.
  living.catch(() => {})
  return {
    /** Lets it die no more, and answers the marks it died at. */
    spare: async () => {
      spare()
      await living
      return killed
    },
    close: async () => (await living).close(),
  }
}
