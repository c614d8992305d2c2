import { Failed } from '../model/failure.ts'
import type { Repository } from '../model/ref.ts'
import type { Listed } from '../model/seen.ts'
import { type Departure, departureOf } from '../plan/departure.ts'
import { inTurns } from './in-turns.ts'
import { vanished } from './vanished.ts'
import { watchIssues } from './watch-issues.ts'
import type { ListedRepository } from './world/code.ts'
import type { LineInForce } from './world/memory.ts'
import type { World } from './world/world.ts'

type Swept = Pick<World, 'code' | 'issues' | 'memory' | 'queue' | 'log'>

/** Installations that are read side by side: one that is slow keeps nobody waiting. */
const together = 6
/** The same for repositories of one installation: five hundred of them are swept within a minute or two. */
const repositories = 4

/**
 * Looks at whatever something came to since it was looked at last, and hears the last comments: the way back after lost
 * deliveries. `only`: in one installation alone, since something changed about it. What can't be read now is left for the
 * next sweep; the others go on.
 */
export async function sweep(world: Swept, only: number | null): Promise<void> {
  const { code, memory, log } = world
  const installed = await code.listInstallations()
  const lines = await memory.linesInForce()
  const concerned = lines.filter(({ ref }) => only === null || ref.repository.installationId === only)
  const wanted = installed.filter((id) => only === null || id === only)
  await inTurns(wanted, together, async (id) => {
    const own = concerned.filter(({ ref }) => ref.repository.installationId === id)
    await unlessFailed(world, { installation: id }, () => sweepInstallation(world, id, own))
  })
  const gone = concerned.filter(({ ref }) => !installed.includes(ref.repository.installationId))
  for (const line of gone) await depart({ memory, log }, line, 'not-installed')
}

async function sweepInstallation(world: Swept, id: number, lines: readonly LineInForce[]): Promise<void> {
  const listed = await listWhole(world, id, lines)
  for (const line of lines)
    await follow(
      world,
      line,
      listed.find(({ repository }) => repository.id === line.ref.repository.id),
    )
  const open = listed.filter((one) => one.configured && !one.closed).map(({ repository }) => repository)
  await inTurns(open, repositories, async (repository) => {
    await unlessFailed(world, { repository: repository.id }, () => sweepRepository(world, repository))
  })
  await watchIssues(world, open)
}

/** A list that lacks a repository is asked for again: it may have moved from one page to another meanwhile. */
async function listWhole(
  { code }: Swept,
  id: number,
  lines: readonly LineInForce[],
): Promise<readonly ListedRepository[]> {
  const listed = await code.listRepositories(id)
  const there = new Set(listed.map(({ repository }) => repository.id))
  if (lines.every(({ ref }) => there.has(ref.repository.id))) return listed
  const again = await code.listRepositories(id)
  return [...again, ...listed.filter(({ repository }) => !again.some((one) => one.repository.id === repository.id))]
}

/** A line whose repository is gone, and one whose configuration is: no other subject would tell. */
async function follow(world: Swept, line: LineInForce, there: ListedRepository | undefined): Promise<void> {
  if (there === undefined) return depart(world, line, 'not-listed')
  if (there.closed) return depart(world, line, 'archived')
  if (!there.configured) await world.queue.hint({ ...line.ref, repository: there.repository })
}

/** Written down before it is forgotten that there was one, and once. */
async function depart(
  { memory, log }: Pick<World, 'memory' | 'log'>,
  line: LineInForce,
  why: Departure,
): Promise<void> {
  const { ref, since } = line
  const entry = departureOf(ref, since, why)
  await memory.audit(ref.repository, { ...entry, policy: null })
  await memory.loseSightOf(ref.repository)
  await memory.keepConfig(ref, null)
  log.warn({ repository: ref.repository.id, cause: entry.reason }, 'a repository is left')
}

async function sweepRepository({ code, memory, queue }: Swept, repository: Repository): Promise<void> {
  const listing = await code.listSubjects(repository)
  const { subjects } = listing
  const gone = subjects.length === 0 ? [] : vanished(repository, listing, await memory.toldThere(repository))
  await queue.hintAll([...(await memory.newsAmong(subjects)), ...gone])
  if (subjects.length > 0) await hear({ code, memory, queue }, repository, subjects)
  await queue.hintOutbox(repository)
}

async function hear(
  { code, memory, queue }: Pick<World, 'code' | 'memory' | 'queue'>,
  repository: Repository,
  subjects: readonly Listed[],
): Promise<void> {
  const wishes = await code.listCommands(repository)
  await memory.hear(wishes)
  const line = subjects.find(({ ref }) => ref.kind === 'line')?.ref
  // The pass that the sweep asked for may have read the open wishes already.
  if (wishes.length > 0 && line !== undefined) await queue.hint(line)
}

async function unlessFailed(
  { log }: Pick<World, 'log'>,
  what: Readonly<Record<string, number>>,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    log.warn({ ...what, cause: error.failure.cause }, 'not swept')
  }
}
