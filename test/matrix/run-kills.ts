import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { brokenInvariants } from './invariants.ts'
import { allMarks } from './marks.ts'
import { brokenChainIn, createOrder, liftLimits, type Order, peopleIn, type Stage } from './open-stage.ts'
import type { Recorded } from './record-calls.ts'
import type { Road } from './roads.ts'
import { startDying } from './start-dying.ts'

export type Kills = {
  /** Marks at which the process died as by `kill -9`, and was started again. */
  readonly killed: readonly string[]
  /** Marks that no life came by. */
  readonly missed: readonly string[]
  readonly broken: readonly string[]
}

/**
 * What was killed at one mark is found by the next look, and does not come by the marks that follow: those have their turn
 * in the next life.
 */
const mostPlays = 5

type Place = {
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>>
  readonly order: Order
  readonly url: string
  readonly query: Stage['query']
  /** Where a process that dies leaves the mark it died at. */
  readonly note: string
}

/** Plays each road with a Waybill that dies once at every mark it comes by, and looks at the invariants after each life. */
export async function runKills(
  { database }: Pick<Stage, 'database'>,
  recorded: readonly Recorded[],
  report: (line: string) => void,
): Promise<Kills> {
  const [sandbox, url, directory] = [
    await startSandbox({}),
    await database(),
    await mkdtemp(join(tmpdir(), 'died-at-')),
  ]
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const query: Stage['query'] = async (text, values = []) => (await pool.query(text, [...values])).rows
  const order = createOrder(sandbox)
  await liftLimits(order)
  const place: Place = { sandbox, order, url, query, note: join(directory, 'mark') }
  const left = new Set([...allMarks, ...recorded.flatMap(({ marks }) => marks)])
  const killed: string[] = []
  const broken: string[] = []
  for (const { road, marks } of recorded) {
    const own = withLooks(marks)
    for (let play = 0; own.some((mark) => left.has(mark)) && play < mostPlays; play++) {
      const life = await dieThrough(place, road, new Set([...left, ...claimsOf(left)]))
      killed.push(...life.killed)
      for (const mark of life.killed) left.delete(mark)
      broken.push(...life.broken.map((one) => `${one} [killed at ${life.killed.join(', ')}]`))
      const ok = life.broken.length === 0
      report(
        `${ok ? 'ok    ' : 'BROKEN'} killed at ${life.killed.join(', ')}${ok ? '' : `: ${life.broken.join('; ')}`}`,
      )
    }
  }
  broken.push(...(await brokenChainIn(url)))
  await pool.end()
  await sandbox.close()
  await rm(directory, { recursive: true })
  return { killed, missed: [...left], broken }
}

/** Only after a kill between claim and write does Waybill look for what may be there. */
function withLooks(marks: readonly string[]): readonly string[] {
  return marks.flatMap((mark) => {
    const kind = /^(?!issue-)(.+)\.after-claim$/.exec(mark)?.[1]
    return kind === undefined ? [mark] : [mark, `${kind}.after-look`]
  })
}

/** A look that no life came by yet needs another death after its claim. */
function claimsOf(left: ReadonlySet<string>): readonly string[] {
  return [...left].flatMap((mark) =>
    mark.endsWith('.after-look') ? [mark.replace('.after-look', '.after-claim')] : [],
  )
}

let lives = 0

async function dieThrough(place: Place, road: Road, left: Set<string>) {
  lives += 1
  const name = `killed-${lives}`
  await place.order('repositories', { name, ...road.repository })
  const people = peopleIn(place.sandbox, name)
  const dying = startDying(place, left)
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
