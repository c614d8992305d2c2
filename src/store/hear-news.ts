import type { Ref } from '../model/ref.ts'
import type { Awaited, CheckNews, Seen } from '../reconcile/world/inbox.ts'

/** More news than this that came while one pass was reading is not kept: the next has a pass of its own. */
const mostHeard = 1000

/** What a pass saw and awaits; `awaited` is null while it reads, and then `heard` is what came meanwhile, oldest first. */
export type Expectation = {
  readonly awaited: Awaited | null
  readonly seen: Seen | null
  readonly heard: readonly CheckNews[] | null
}

/**
 * `decides`: an answer may change. `progress`: it may not, as far as is known. `known`: the pass saw it, so there is
 * nothing to look at.
 */
export type Heard = { readonly expected: Expectation; readonly worth: 'decides' | 'progress' | 'known' }

/** What news of a check is worth to a subject, and what is expected after it. */
export function hearNews({ kind }: Ref, expected: Expectation, check: CheckNews): Heard {
  const { awaited, seen, heard } = expected
  if (awaited !== null) return hearAwaited(expected, awaited, { check, before: seen?.[check.sha]?.[check.id] ?? null })
  // Only the passes over these say what they saw.
  const isKept = (kind === 'pull' || kind === 'line') && check.state !== 'decided' && (heard?.length ?? 0) < mostHeard
  if (!isKept) return { expected, worth: 'decides' }
  return { expected: { ...expected, heard: [...(heard ?? []), check] }, worth: 'progress' }
}

type News = { readonly check: CheckNews; readonly before: CheckNews['state'] | null }

function hearAwaited(expected: Expectation, awaited: Awaited, { check, before }: News): Heard {
  const { sha, id, state } = check
  // A run begins once, and is over once: what tells of it later is late. A status may begin again.
  if (state !== 'decided' && (before === state || (before !== null && state === 'begun' && id.startsWith('run:'))))
    return { expected, worth: 'known' }
  // It may have failed in another way than was seen.
  if (before === 'decided' && state === 'decided') return { expected, worth: 'progress' }
  const here = awaited[sha] ?? []
  if (here.length === 0 || state === 'decided') return { expected, worth: 'decides' }
  const others = here.filter((one) => one !== id)
  const left = state === 'begun' ? [...others, id] : others
  return {
    expected: { ...expected, awaited: { ...awaited, [sha]: left } },
    worth: left.length === 0 ? 'decides' : 'progress',
  }
}
