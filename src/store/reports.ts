import { sql } from 'kysely'
import { fingerprint } from '../model/fingerprint.ts'
import type { Report } from '../model/report.ts'
import type { Memory } from '../reconcile/world.ts'
import type { Database } from './database.ts'
import { storable, storableJson } from './storable.ts'

/**
 * The newest state of each entity for Jira. An equal one changes nothing; a different one gets the sequence given, or
 * the one after the stored where that is greater, so that sequences rise strictly. What an older event says is ignored.
 */
export function createReports({ kysely }: Database): Pick<Memory, 'saveReport' | 'unsentReports' | 'markSent'> {
  return {
    saveReport: async (repository, report) => {
      const body = storableJson(report.body)
      const keys = storableJson(report.issueKeys)
      await sql`insert into reports (key, repository_id, issue_keys, sequence, event_sequence, body, fingerprint)
        values (${storable(report.key)}, ${repository.id}, ${keys}::jsonb, ${report.sequence}, ${report.sequence},
          ${body}::jsonb,
          ${fingerprint(body, keys)})
        on conflict (key) do update set issue_keys = excluded.issue_keys, body = excluded.body,
          fingerprint = excluded.fingerprint, changed_at = now(), event_sequence = excluded.event_sequence,
          sequence = greatest(reports.sequence + 1, excluded.sequence)
        where excluded.event_sequence >= reports.event_sequence
          and (reports.body <> excluded.body or reports.issue_keys <> excluded.issue_keys)`.execute(kysely)
    },
    unsentReports: async (repository, limit) => {
      const rows = await kysely
        .selectFrom('reports')
        .select(['key', 'issue_keys', 'sequence', 'body'])
        .where('repository_id', '=', repository.id)
        .where(sql<boolean>`(sent_sequence is null or sent_sequence < sequence)`)
        .orderBy('changed_at')
        .orderBy('key')
        .limit(limit)
        .execute()
      return rows.map((row): Report => {
        return { key: row.key, issueKeys: row.issue_keys, sequence: row.sequence, body: row.body }
      })
    },
    // What changed while it was on its way has a greater sequence by now, and stays unsent.
    markSent: async (reports) => {
      if (reports.length === 0) return
      const sent = JSON.stringify(reports.map(({ key, sequence }) => ({ key: storable(key), sequence })))
      await sql`update reports set sent_sequence = greatest(coalesce(sent_sequence, sent.sequence), sent.sequence)
        from jsonb_to_recordset(${sent}::jsonb) as sent(key text, sequence bigint)
        where reports.key = sent.key`.execute(kysely)
    },
  }
}
