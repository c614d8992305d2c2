import { sql } from 'kysely'
import type { Decision } from '../model/decision.ts'
import type { Tag } from '../model/line.ts'
import type { Repository } from '../model/ref.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { moment, nowAhead } from './moment.ts'
import { storable, storableJson } from './storable.ts'

/** So many sign-offs are looked at, the newest: each belongs to a promotion that is asked for now. */
const mostSignOffs = 100

/** Oldest first. All kinds but sign-offs are rare, and every one of them may still hold. */
export function createDecisions({ kysely, ahead }: Database): Pick<Memory, 'decisions' | 'decide' | 'tagsMadeOn'> {
  return {
    decisions: async (repository) => {
      const newest = kysely
        .selectFrom('decisions')
        .select('id')
        .where('repository_id', '=', repository.id)
        .where('kind', '=', 'sign-off')
        .orderBy('id', 'desc')
        .limit(mostSignOffs)
      const rows = await kysely
        .selectFrom('decisions')
        .select(['key', 'wish', 'by_id', 'by_login', 'what', moment('at').as('at_ms')])
        .where('repository_id', '=', repository.id)
        .where(({ or, eb }) => or([eb('kind', '<>', 'sign-off'), eb('id', 'in', newest)]))
        .orderBy('id')
        .execute()
      return rows.map(({ key, wish, by_id, by_login, what, at_ms }): Decision => {
        const by = by_id === null ? null : { id: by_id, login: by_login ?? '' }
        return { key, wish, by, at: at_ms, what }
      })
    },
    // What stood there already under that name was made by others.
    tagsMadeOn: async (repository, { shas, standing }) => {
      if (shas.length === 0) return []
      await confirmStanding(kysely, repository, standing)
      const rows = await kysely
        .selectFrom('claims')
        .select(['key', 'said'])
        .where('repository_id', '=', repository.id)
        .where('said', 'in', shas.map(storable))
        .whereRef('said', '=', 'written_sha')
        .where('key', '>=', 'tag:')
        .where('key', '<', 'tag;')
        .execute()
      return rows.flatMap(({ key, said }) => (said === null ? [] : [{ name: key.slice('tag:'.length), sha: said }]))
    },
    decide: async (repository, { key, wish, by, what }) => {
      await sql`insert into decisions (repository_id, key, kind, wish, by_id, by_login, what, at)
        values (${repository.id}, ${storable(key)}, ${what.kind}, ${wish}, ${by?.id ?? null},
          ${by === null ? null : storable(by.login)}, ${storableJson(what)}::jsonb, ${nowAhead(ahead())})
        on conflict (repository_id, key) do nothing`.execute(kysely)
    },
  }
}

/** A tag that stands as it was claimed was made, though a crash kept that from being written down. */
async function confirmStanding(
  kysely: Database['kysely'],
  repository: Repository,
  tags: readonly Tag[],
): Promise<void> {
  if (tags.length === 0) return
  await kysely
    .updateTable('claims')
    .set(({ ref }) => ({ state: 'done', said: ref('fingerprint'), written_id: 0, written_sha: ref('fingerprint') }))
    .where('repository_id', '=', repository.id)
    .where('state', '=', 'unfinished')
    .where(({ and, or, eb }) => {
      return or(
        tags.map(({ name, sha }) => and([eb('key', '=', storable(`tag:${name}`)), eb('fingerprint', '=', sha)])),
      )
    })
    .execute()
}
