import type { Stage } from './open-stage.ts'

/** What concerns only the call that it strikes. Any other is a limit or an outage, for the whole installation. */
const forOneCall: ReadonlySet<string> = new Set(['401', '404-once', 'stale'])

/** Counts from now on how often faults of other lives held up the installation that they all share. */
export async function heldUpBesides(
  { sandbox }: Pick<Stage, 'sandbox'>,
  repository: string,
): Promise<() => Promise<number>> {
  const count = async () => {
    const answer = await fetch(`${sandbox.github.url}/_sandbox/faults`)
    const faults = (await answer.json()) as readonly Fault[]
    const others = faults.filter((one) => one.repository !== repository && !forOneCall.has(one.fault))
    return others.reduce((sum, { struck }) => sum + struck, 0)
  }
  const before = await count()
  return async () => (await count()) - before
}

type Fault = { readonly fault: string; readonly repository?: string; readonly struck: number }
