import { sql } from 'kysely'
import type { Repository } from '../model/ref.ts'
import type { Ask } from './at-once.ts'

/** What one pass ahead of it costs a subject of its own repository, in turns of so long (ms). */
const turn = 250
/** So many passes of other repositories of its installation count as one of its own. */
const shared = 16
/** Queued passes that are counted; whoever has more waits no longer for it. */
const most = 2000
/** Turns are counted from here, so that they fit an int4 until 2042. */
const epoch = Date.UTC(2026, 0, 1)

export type Turns = {
  /** Of these keys, those that are queued already. */
  readonly queued: ReadonlySet<string>
  /** The next turn of a subject of this repository. */
  readonly next: (repository: Repository) => number
}

/**
 * The order in which subjects have their turn, the greatest first: by the time they were hinted, and later the more
 * passes of the same repository and installation are queued already. Whoever floods waits behind the others, and
 * nobody waits for ever: time goes on.
 */
export async function readTurns(ask: Ask, keys: readonly string[]): Promise<Turns> {
  const { counted, queued } = await countQueued(ask, keys)
  const now = Math.floor((Date.now() - epoch) / turn)
  return {
    queued,
    next: ({ id, installationId }) => {
      const own = add(counted, `repository:${id}`)
      const all = add(counted, `installation:${installationId}`)
      return -(now + own + Math.floor(all / shared))
    },
  }
}

type Row = {
  readonly repository: string
  readonly installation: string
  readonly n: number
  readonly known: readonly string[] | null
}

async function countQueued(ask: Ask, keys: readonly string[]) {
  const rows = await ask(sql<Row>`
    select repository, installation, count(*)::int as n, jsonb_agg(key) filter (where key = any(asked.keys)) as known
    from (select array(select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb)) as keys) as asked, (
      select group_id as repository, data->'repository'->>'installationId' as installation, singleton_key as key
        from pgboss.job where name = 'pass' and state = 'created' limit ${most}
    ) as queued group by 1, 2`)
  const counted = new Map<string, number>()
  for (const { repository, installation, n } of rows) {
    for (const key of [`repository:${repository}`, `installation:${installation}`]) {
      counted.set(key, (counted.get(key) ?? 0) + n)
    }
  }
  return { counted, queued: new Set(rows.flatMap(({ known }) => known ?? [])) }
}

/** How many were there before this one. */
function add(counted: Map<string, number>, key: string): number {
  const before = counted.get(key) ?? 0
  counted.set(key, before + 1)
  return before
}
