import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../../sandbox/start-waybill.ts'
import { brokenInvariants } from './invariants.ts'
import { brokenChainIn, createOrder, liftLimits, type Order, peopleIn, type Stage } from './open-stage.ts'
import type { Recorded } from './record-calls.ts'
import type { Road } from './roads.ts'

export type Kills = {
  /** Marks at which the process died as by `kill -9`, and was started again. */
  readonly killed: readonly string[]
  /** Marks that no life came by again. */
  readonly missed: readonly string[]
  readonly broken: readonly string[]
}

const program = fileURLToPath(new URL('../stories/hasty-waybill.ts', import.meta.url))
/** A mark that one life did not come by gets its turn in the next. */
const mostPlays = 8
/** A start that does not come by its mark for so long (ms) is killed as it stands, and the next mark has its turn. */
const longestWait = 8000

type Place = {
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>>
  readonly order: Order
  readonly url: string
  readonly query: Stage['query']
}

/** Plays each road with a Waybill that dies at one mark after the other, and looks at the invariants after each life. */
export async function runKills(
  { database }: Pick<Stage, 'database'>,
  recorded: readonly Recorded[],
  report: (line: string) => void,
): Promise<Kills> {
  const [sandbox, url] = [await startSandbox({}), await database()]
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const query: Stage['query'] = async (text, values = []) => (await pool.query(text, [...values])).rows
  const order = createOrder(sandbox)
  await liftLimits(order)
  const place: Place = { sandbox, order, url, query }
  const killed: string[] = []
  const missed: string[] = []
  const broken: string[] = []
  for (const { road, marks } of recorded) {
    let left = withLooks(marks)
    for (let play = 0; left.length > 0 && play < mostPlays; play++) {
      const life = await dieThrough(place, road, left)
      killed.push(...life.killed)
      broken.push(...life.broken.map((one) => `${one} [killed at ${life.killed.join(', ')}]`))
      const ok = life.broken.length === 0
      report(
        `${ok ? 'ok    ' : 'BROKEN'} killed at ${life.killed.join(', ')}${ok ? '' : `: ${life.broken.join('; ')}`}`,
      )
      // What did not come first goes last.
      const [late, ...rest] = left.filter((mark) => !life.killed.includes(mark))
      left = late === undefined ? [] : [...rest, late]
    }
    missed.push(...left)
  }
  broken.push(...(await brokenChainIn(url)))
  await pool.end()
  await sandbox.close()
  return { killed, missed, broken }
}

/** Only after a kill between claim and write does Waybill look for what may be there. */
function withLooks(marks: readonly string[]): readonly string[] {
  return marks.flatMap((mark) => {
    const kind = /^(?!issue-)(.+)\.after-claim$/.exec(mark)?.[1]
    return kind === undefined ? [mark] : [mark, `${kind}.after-look`]
  })
}

let lives = 0

async function dieThrough(place: Place, road: Road, marks: readonly string[]) {
  lives += 1
  const name = `killed-${lives}`
  await place.order('repositories', { name, ...road.repository })
  const people = peopleIn(place.sandbox, name)
  const dying = startDying(place, marks)
  const ended = await road.play(people, `SHOP-${1 + (lives % 9)}`, place).then(
    (value) => ({ kind: 'ended' as const, value }),
    (error: unknown) => ({
      kind: 'stood still' as const,
      cause: error instanceof Error ? error.message : String(error),
    }),
  )
  const killed = await dying.spare()
  const broken =
    ended.kind === 'ended'
      ? await brokenInvariants(place, { people, ended: ended.value })
      : [`the life stood still: ${ended.cause}`]
  await dying.close()
  return { killed, broken }
}

/** A Waybill that is told to die at the first mark; each time it died it is started again, to die at the next one. */
function startDying({ sandbox, url }: Place, marks: readonly string[]) {
  const killed: string[] = []
  let spare = () => {}
  const spared = new Promise<'spared'>((resolve) => {
    spare = () => resolve('spared')
  })
  const begin = (mark: string) =>
    startWaybill(sandbox, { DATABASE_URL: url, LOG_LEVEL: 'silent', WAYBILL_CRASHPOINT: mark }, program)
  const live = async (): Promise<Waybill> => {
    for (const mark of marks) {
      // It may come by its mark before it is ready.
      const waybill = await begin(mark).catch(() => null)
      const waiting = new AbortController()
      const late = pause(longestWait, 'late' as const, { signal: waiting.signal }).catch(() => 'late' as const)
      const end = await Promise.race([waybill?.ended, spared, late])
      waiting.abort()
      if (end === 'spared') {
        await waybill?.close()
        break
      }
      if (end === 'late' && waybill !== null) process.kill(waybill.pid, 'SIGKILL')
      else killed.push(mark)
      await waybill?.ended
    }
    return begin('')
  }
  const living = live()
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
