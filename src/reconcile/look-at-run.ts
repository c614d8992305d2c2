import { gatedBranches } from '../model/config-read.ts'
import { Failed } from '../model/failure.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { LineRef, RunRef } from '../model/ref.ts'
import { type RunFacts, type RunSnapshot, runKey } from '../model/run.ts'
import { lookAtLine } from './look-at-line.ts'
import type { World } from './world/world.ts'

/**
 * A job that asks for an environment, with the line it is judged by; null when nobody waits for the answer any more.
 * What goes wrong with the line is part of the snapshot: whoever waits hears of it.
 */
export async function lookAtRun(world: World, ref: RunRef): Promise<RunSnapshot | null> {
  const run = await world.code.readRun(ref)
  if (run === null || run.completed) return null
  const said = await world.memory.told(ref.repository, [`run:${ref.runId}:`])
  const line = said.has(`${runKey(ref, run)}:answer`) ? { unread: 'it is answered' } : await readLine(world, ref, run)
  return { ref, run, line, said, now: world.now() }
}

/** The line that is released. A limit is waited for by the queue; what else goes wrong is told to whoever waits. */
async function readLine(world: World, ref: RunRef, run: RunFacts): Promise<RunSnapshot['line']> {
  const { repository, branch } = ref
  try {
    const line = await lookFor(world, { kind: 'line', repository, branch }, run)
    return line ?? { unread: 'the branch is not there' }
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    world.log.warn({ run: ref.runId, cause: error.failure.cause }, 'a job waits for an answer that could not be judged')
    return { unread: error.failure.cause }
  }
}

async function lookFor(world: World, ref: LineRef, run: RunFacts): Promise<LineSnapshot | null> {
  const line = await lookAtLine(world, ref, run.by)
  if (line?.config.kind !== 'valid') return line
  const [released] = gatedBranches(line.config.config, line.defaultBranch)
  return released === ref.branch ? line : lookAtLine(world, { ...ref, branch: released }, run.by)
}
