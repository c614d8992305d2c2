import { sql } from 'kysely'
import type { Memory, VerifiedPull } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { saveSnapshot } from './save-snapshot.ts'
import { storable } from './storable.ts'
import { readTold, readToldOf } from './told.ts'

type Records = Pick<
  Memory,
  | 'told'
  | 'toldOf'
  | 'settledAmong'
  | 'settleDeployment'
  | 'verified'
  | 'verifiedOpenPulls'
  | 'rememberVerified'
  | 'saveSnapshot'
>

/** What was said, settled, verified, decided and seen last. */
export function createRecords(database: Database): Records {
  const { kysely } = database
  return {
    told: (repository, prefixes) => readTold(database, repository.id, prefixes),
    toldOf: (repository, keys) => readToldOf(database, repository.id, keys),
    settledAmong: async (repository, deployments) => {
      if (deployments.length === 0) return new Set()
      // One value and one row, however many are asked about.
      const { rows } = await sql<{ readonly ids: readonly number[] | null }>`
        select jsonb_agg(deployment_id) as ids from settled_deployments where repository_id = ${repository.id}
          and deployment_id = any(array(select value::bigint from jsonb_array_elements_text(${JSON.stringify(deployments)}::jsonb)))`.execute(
        kysely,
      )
      return new Set(rows[0]?.ids)
    },
    settleDeployment: async (repository, deployment) => {
      await kysely
        .insertInto('settled_deployments')
        .values({ repository_id: repository.id, deployment_id: deployment })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    verified: async (repository, pull) => {
      const rows = await kysely
        .selectFrom('verified_issues')
        .select(['key', 'at'])
        .where('repository_id', '=', repository.id)
        .where('pull', '=', pull)
        .execute()
      return new Map(rows.map((row) => [row.key, row.at]))
    },
    verifiedOpenPulls: async (repositories) => {
      const ids = JSON.stringify(repositories.map(({ id }) => id))
      const { rows } = await sql<VerifiedPull>`
        select repository_id::float8 as "repositoryId", pull::float8 as pull, key as "issueKey" from verified_issues
        where (repository_id, pull) in (
          select repository_id, (body #>> '{pull,number}')::bigint from reports
          where body ->> 'kind' = 'pull' and body #>> '{pull,status}' = 'OPEN'
            and repository_id in (select value::bigint from jsonb_array_elements_text(${ids}::jsonb)))
        order by repository_id, pull, key`.execute(kysely)
      return rows
    },
    rememberVerified: async (repository, pull, { key, at, type }) => {
      await sql`insert into verified_issues (repository_id, pull, key, at, type)
        values (${repository.id}, ${pull}, ${storable(key)}, ${at}, ${storable(type)})
        on conflict (repository_id, pull, key) do update set at = excluded.at, type = excluded.type
        where verified_issues.at < excluded.at`.execute(kysely)
    },
    saveSnapshot: (ref, snapshot) => saveSnapshot(database, ref, snapshot),
  }
}
