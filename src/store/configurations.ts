import { sql } from 'kysely'
import type { ConfigBefore } from '../model/config-before.ts'
import { configSchema } from '../model/config-schema.ts'
import type { LineRef } from '../model/ref.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { moment } from './moment.ts'
import { storable, storableJson } from './storable.ts'

type Configurations = Pick<Memory, 'goodFile' | 'keepGoodFile' | 'configBefore' | 'keepConfig' | 'linesInForce'>

/** Configurations as they were: the last one that could be read, and the one that was last in force. */
export function createConfigurations({ kysely }: Database): Configurations {
  return {
    goodFile: async (repository, branch) => {
      const row = await kysely
        .selectFrom('good_files')
        .select(['path', 'text', 'sha'])
        .where('repository_id', '=', repository.id)
        .where('branch', '=', storable(branch))
        .executeTakeFirst()
      return row ?? null
    },
    keepGoodFile: async (repository, branch, { path, text, sha }) => {
      await sql`insert into good_files (repository_id, branch, path, text, sha)
        values (${repository.id}, ${storable(branch)}, ${storable(path)}, ${storable(text)}, ${storable(sha)})
        on conflict (repository_id, branch) do update
          set path = excluded.path, text = excluded.text, sha = excluded.sha, at = now()
          where good_files.sha <> excluded.sha or good_files.path <> excluded.path`.execute(kysely)
    },
    configBefore: async ({ repository, branch }) => {
      const row = await kysely
        .selectFrom('line_configurations')
        .select(['file', 'config'])
        .where('repository_id', '=', repository.id)
        .where('branch', '=', storable(branch))
        .executeTakeFirst()
      return row === undefined ? null : parseBefore(row)
    },
    linesInForce: async () => {
      const { rows } = await sql<{ readonly ref: LineRef; readonly since: number }>`
        select snapshots.ref, ${moment('line_configurations.at')} as since from line_configurations
          join snapshots on snapshots.ref_key = concat('line:', line_configurations.repository_id, ':', branch)
          where line_configurations.config is not null`.execute(kysely)
      return rows
    },
    keepConfig: async ({ repository, branch }, config) => {
      if (config === null) {
        await sql`delete from line_configurations
          where repository_id = ${repository.id} and branch = ${storable(branch)}`.execute(kysely)
        return
      }
      const value = config.kind === 'line' ? storableJson(config.config) : null
      await sql`insert into line_configurations (repository_id, branch, file, config)
        values (${repository.id}, ${storable(branch)}, ${storable(config.mark)}, ${value}::jsonb)
        on conflict (repository_id, branch) do update set file = excluded.file, config = excluded.config, at = now()`.execute(
        kysely,
      )
    },
  }
}

/** What an older version of Waybill kept is completed by the defaults of the keys it did not know. */
function parseBefore({ file: mark, config }: { readonly file: string; readonly config: unknown }): ConfigBefore | null {
  if (config === null) return { kind: 'organisation', mark }
  const parsed = configSchema.safeParse(config)
  return parsed.success ? { kind: 'line', config: parsed.data, mark } : null
}
