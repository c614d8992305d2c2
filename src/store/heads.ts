import { sql } from 'kysely'
import { type Ref, refKey } from '../model/ref.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { inBatches, together } from './in-batches.ts'
import { moment, nowAhead } from './moment.ts'
import { storable, storableJson } from './storable.ts'

/** Commits that are asked for together at most. */
const mostCommits = 200

/**
 * Which commits were seen under which subjects. A subject keeps its earlier commits: a check on one of them still
 * belongs to it. `seen_at` is renewed at most once a day, so that an idle sweep writes nothing.
 */
export function createHeads(database: Database): Pick<Memory, 'headSeen' | 'rememberHead' | 'refsAt'> {
  const { kysely, ahead } = database
  const refsAt = inBatches(
    mostCommits,
    together((commits: readonly Commit[]) => allRefsAt(database, commits)),
  )
  const remember: Memory['rememberHead'] = async (ref, sha) => {
    const now = nowAhead(ahead())
    await sql`insert into heads (repository_id, sha, ref_key, ref, first_seen_at, seen_at)
      values (${ref.repository.id}, ${storable(sha)}, ${storable(refKey(ref))}, ${storableJson(ref)}::jsonb, ${now}, ${now})
      on conflict (repository_id, sha, ref_key) do update set seen_at = excluded.seen_at, ref = excluded.ref
      where heads.seen_at < excluded.seen_at - interval '1 day' or heads.ref <> excluded.ref`.execute(kysely)
  }
  return {
    rememberHead: remember,
    headSeen: async (ref, sha) => {
      await remember(ref, sha)
      const row = await kysely
        .selectFrom('heads')
        .select(moment('first_seen_at').as('at'))
        .where('repository_id', '=', ref.repository.id)
        .where('sha', '=', storable(sha))
        .where('ref_key', '=', storable(refKey(ref)))
        .executeTakeFirstOrThrow()
      return row.at
    },
    refsAt: (repository, sha) => refsAt({ repositoryId: repository.id, sha }),
  }
}

type Commit = { readonly repositoryId: number; readonly sha: string }

async function allRefsAt({ kysely }: Database, commits: readonly Commit[]): Promise<readonly (readonly Ref[])[]> {
  const { rows } = await sql<{ readonly refs: readonly Ref[] }>`select coalesce(known.refs, '[]') as refs
    from rows from (jsonb_to_recordset(${storableJson(commits)}::jsonb) as ("repositoryId" bigint, sha text))
      with ordinality as asked(repository, sha, nth)
    left join lateral (
      select jsonb_agg(ref order by ref_key) as refs from heads where repository_id = asked.repository and sha = asked.sha
    ) as known on true order by asked.nth`.execute(kysely)
  return rows.map((row) => row.refs)
}
