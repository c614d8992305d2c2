import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { Override } from '../model/override.ts'
import type { Wish } from '../model/wish.ts'
import type { NewWish } from '../reconcile/world/inbox.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import { bornAt } from './born-at.ts'
import type { Database } from './database.ts'
import { moment } from './moment.ts'
import { storable, storableJson } from './storable.ts'
import { storeWishes } from './store-wishes.ts'
import type { Tables } from './tables.ts'

/**
 * What people asked for. Open are those without a final state, oldest first: a plan answers a wish before it settles
 * it, so a settled one has its answer. A final state is never left again.
 */
export function createWishes({
  kysely,
  ahead,
}: Database): Pick<Memory, 'hear' | 'openWishes' | 'settleWish' | 'overrideOf'> {
  return {
    hear: (wishes) => hear({ kysely, ahead }, wishes),
    openWishes: async (repository) => {
      const rows = await kysely
        .selectFrom('wishes')
        .selectAll()
        .select(moment('heard_at').as('heard_ms'))
        .where('repository_id', '=', repository.id)
        .where(isOpen)
        .orderBy('id')
        .execute()
      return rows.map(wishOf)
    },
    overrideOf: (repository, head) => readOverride(kysely, repository.id, head),
    settleWish: async (wish, change) => {
      const { state, command, seen, answered } = change
      if (state === undefined && command === undefined && seen === undefined && answered === undefined) return
      const open = state === 'asked' || state === 'accepted'
      await kysely
        .updateTable('wishes')
        .set({
          ...(state !== undefined && {
            state: open ? sql`case when state in ('done', 'denied') then state else ${state} end` : state,
          }),
          ...(command !== undefined && { command: storableJson(command) }),
          ...(seen !== undefined && { seen }),
          ...(answered !== undefined && { answered }),
        })
        .where('id', '=', wish)
        .execute()
    },
  }
}

type Row = Selectable<Tables['wishes']> & { readonly heard_ms: number }

function wishOf(row: Row): Wish {
  return {
    id: row.id,
    repositoryId: row.repository_id,
    pull: row.pull,
    commentId: row.comment_id ?? 0,
    commentNodeId: row.comment_node_id ?? '',
    press: row.press,
    by: { id: row.by_id, login: row.by_login, kind: row.by_kind },
    writtenAt: row.written_at,
    heardAt: row.heard_ms,
    state: row.state,
    command: row.command,
    seen: row.seen,
    answered: row.answered,
  }
}

type OverriddenHead = Parameters<Memory['overrideOf']>[1]

async function readOverride(
  kysely: Database['kysely'],
  repositoryId: number,
  { pull, sha, base }: OverriddenHead,
): Promise<Override | null> {
  const newest = await kysely
    .selectFrom('wishes')
    .select(['by_id', 'by_login', 'command'])
    .where('repository_id', '=', repositoryId)
    .where('pull', '=', pull)
    .where('state', '=', 'done')
    .where(sql<string>`command->>'kind'`, '=', 'override')
    .where(sql<string>`command->>'sha'`, '=', sha)
    .where(sql<string>`coalesce(command->>'base', ${base})`, '=', base)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (newest?.command?.kind !== 'override') return null
  return { sha, base, by: { id: newest.by_id, login: newest.by_login }, reason: newest.command.reason }
}

async function hear({ kysely, ahead }: Pick<Database, 'kysely' | 'ahead'>, wishes: readonly NewWish[]): Promise<void> {
  if (wishes.length === 0) return
  const born = await bornAt({ kysely })
  const heard = wishes.filter((wish) => wish.writtenAt >= born)
  await storeWishes(kysely, heard.map(storableWish), ahead())
}

/** Logins and ids come from outside. */
function storableWish(wish: NewWish): NewWish {
  return { ...wish, commentNodeId: storable(wish.commentNodeId), by: { ...wish.by, login: storable(wish.by.login) } }
}

function isOpen({ eb, or }: ExpressionBuilder<Tables, 'wishes'>) {
  return or([eb('state', '=', 'asked'), eb('state', '=', 'accepted')])
}
