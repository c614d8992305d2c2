import { sql } from 'kysely'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database, Tx } from './database.ts'
import { storable, storableJson } from './storable.ts'

type On = { readonly repositoryId: number; readonly branch: string }

/** Whom the logins of a configuration mean. Of several passes that bind one at once, the first decides for all. */
export function createBoundAccounts({ kysely, transaction }: Database): Pick<Memory, 'accountsBound' | 'bindAccounts'> {
  return {
    accountsBound: (repository, branch) => read(kysely, { repositoryId: repository.id, branch: storable(branch) }),
    bindAccounts: (repository, branch, { named, found }) =>
      transaction(async (tx) => {
        const on = { repositoryId: repository.id, branch: storable(branch) }
        const rows = [...found].map(([login, id]) => ({ login, id }))
        await sql`delete from bound_accounts where repository_id = ${on.repositoryId} and branch = ${on.branch}
          and login not in (select * from jsonb_array_elements_text(${storableJson(named)}::jsonb))`.execute(tx)
        await sql`insert into bound_accounts (repository_id, branch, login, account_id)
          select ${on.repositoryId}, ${on.branch}, login, id
            from jsonb_to_recordset(${storableJson(rows)}::jsonb) as account(login text, id bigint)
          on conflict do nothing`.execute(tx)
        return read(tx, on)
      }),
  }
}

async function read(
  kysely: Database['kysely'] | Tx,
  { repositoryId, branch }: On,
): Promise<ReadonlyMap<string, number | null>> {
  const rows = await kysely
    .selectFrom('bound_accounts')
    .select(['login', 'account_id'])
    .where('repository_id', '=', repositoryId)
    .where('branch', '=', branch)
    .execute()
  return new Map(rows.map(({ login, account_id }) => [login, account_id]))
}
