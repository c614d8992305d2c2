import type { ColumnType, Generated } from 'kysely'
import type { AuditEntry } from '../model/audit-entry.ts'
import type { Decided } from '../model/decision.ts'
import type { Grade } from '../model/grade.ts'
import type { IssueAction } from '../model/issue-action.ts'
import type { LineStanding } from '../model/line-standing.ts'
import type { Press } from '../model/press.ts'
import type { Ref } from '../model/ref.ts'
import type { Report, ReportBody } from '../model/report.ts'
import type { Command, WishState } from '../model/wish.ts'
import type { DeliveriesSeen } from '../reconcile/world/deliveries.ts'
import type { Awaited, CheckNews, Seen } from '../reconcile/world/inbox.ts'
import type { Timed } from './timers.ts'

/** Always the database's own clock: written as `now()`, read as ms, UTC (`moment`). */
export type Moment = ColumnType<Date, Date | undefined, Date>
/** Read as the value it holds; written as its text (`storableJson`). */
type Json<T> = ColumnType<T, string, string>

/** The tables as the migrations leave them. */
export type Tables = {
  readonly migrations: { readonly name: string; readonly at: Moment }
  readonly meta: { readonly name: string; readonly at: Moment }
  readonly secrets: { readonly name: string; readonly value: string }
  readonly deliveries: { readonly id: string; readonly received_at: Moment }
  readonly deliveries_seen: { readonly single: Generated<boolean>; readonly mark: Json<DeliveriesSeen> }
  readonly redeliveries: { readonly id: string; readonly times: Generated<number>; readonly at: Moment }
  readonly limits: {
    readonly installation: string
    readonly until: Moment
    readonly cause: string
    readonly outage: boolean
    readonly probe_by: number | null
  }
  readonly bound_accounts: {
    readonly repository_id: number
    readonly branch: string
    readonly login: string
    readonly account_id: number | null
    readonly at: Moment
  }
  readonly branch_pulls: { readonly repository_id: number; readonly number: number; readonly branch: string }
  readonly heads: {
    readonly repository_id: number
    readonly sha: string
    readonly ref_key: string
    readonly ref: Json<Ref>
    readonly first_seen_at: Moment
    readonly seen_at: Moment
  }
  readonly passes: {
    readonly ref_key: string
    readonly token: string
    readonly begun_at: Moment
    readonly awaited: ColumnType<Awaited | null, string | null | undefined, string | null>
    readonly checks_seen: ColumnType<Seen | null, string | null | undefined, string | null>
    readonly heard: ColumnType<readonly CheckNews[] | null, string | null | undefined, string | null>
    readonly close_passes: Generated<number>
    readonly seen: string | null
    readonly mergeable: string | null
    readonly elsewhere: Generated<boolean>
  }
  readonly timers: {
    readonly ref_key: string
    readonly ref: Json<Timed>
    readonly due_at: Moment
    readonly set_at: Moment
  }
  readonly claims: {
    readonly repository_id: number
    readonly key: string
    readonly state: 'unfinished' | 'done'
    readonly fingerprint: string
    /** The fingerprint of the last confirmed write. */
    readonly said: string | null
    readonly written_id: number | null
    readonly written_sha: string | null
    readonly since: Moment
  }
  readonly settled_deployments: { readonly repository_id: number; readonly deployment_id: number }
  readonly wishes: {
    readonly id: Generated<number>
    readonly repository_id: number
    readonly pull: number
    readonly comment_id: number | null
    readonly comment_node_id: string | null
    readonly press: ColumnType<Press | null, string | null, string | null>
    readonly by_id: number
    readonly by_login: string
    readonly by_kind: 'user' | 'bot'
    readonly written_at: number
    readonly heard_at: Moment
    readonly state: Generated<WishState>
    readonly command: ColumnType<Command | null, string | null | undefined, string | null>
    readonly seen: Generated<boolean>
    readonly answered: Generated<boolean>
  }
  readonly decisions: {
    readonly id: Generated<number>
    readonly repository_id: number
    readonly key: string
    readonly kind: Decided['kind']
    readonly wish: number | null
    readonly by_id: number | null
    readonly by_login: string | null
    readonly at: Moment
    readonly what: Json<Decided>
  }
  readonly verified_issues: {
    readonly repository_id: number
    readonly pull: number
    readonly key: string
    readonly at: number
    readonly type: string | null
  }
  readonly void_versions: { readonly repository_id: number; readonly tag: string; readonly at: Moment }
  readonly standings: {
    readonly repository_id: number
    readonly branch: string
    readonly standing: Json<LineStanding>
    readonly at: Moment
  }
  readonly reports: {
    readonly key: string
    readonly repository_id: number
    readonly issue_keys: Json<readonly string[]>
    readonly sequence: number
    readonly event_sequence: number
    readonly body: Json<ReportBody>
    readonly fingerprint: string
    readonly sent_sequence: number | null
    readonly changed_at: Moment
    readonly grade: Grade['kind'] | null
    readonly cause: Generated<string>
    readonly next_at: Generated<number>
    readonly sending: Generated<Report['sending']>
  }
  readonly backfills: {
    readonly repository_id: number
    readonly since: number
    readonly step: 'line' | 'open' | 'pulls' | 'done'
    readonly after: string | null
  }
  readonly issue_actions: {
    readonly key: string
    readonly id: Generated<number>
    readonly repository_id: number
    readonly issue_key: string
    readonly action: Json<IssueAction>
    readonly fingerprint: string
    readonly state: Generated<'open' | 'begun' | 'settled'>
    readonly grade: Grade['kind'] | null
    readonly cause: Generated<string>
    readonly next_at: Generated<number>
    readonly written: string | null
    readonly done: Generated<boolean>
    readonly changed_at: Moment
  }
  readonly outages: {
    readonly name: string
    readonly until: number
    readonly tries: number
    readonly cause: string
    readonly since: number
  }
  readonly good_files: {
    readonly repository_id: number
    readonly branch: string
    readonly path: string
    readonly text: string
    readonly sha: string
    readonly at: Moment
  }
  readonly line_configurations: {
    readonly repository_id: number
    readonly branch: string
    /** `ConfigBefore`'s mark. */
    readonly file: string
    /** Null for an organisation's defaults. */
    readonly config: Json<unknown>
    readonly at: Moment
  }
  readonly snapshots: {
    readonly ref_key: string
    readonly repository_id: number
    readonly ref: Json<Ref>
    readonly text: string
    /** SHA-256 of what the text was made of, base64url; null in rows from before it was kept. */
    readonly digest: string | null
    readonly at: Moment
  }
  readonly audit: {
    readonly id: Generated<number>
    readonly repository_id: number
    readonly key: string
    readonly at: Moment
    /** Written by us alone. */
    readonly action: AuditEntry['action']
    readonly actor_id: number | null
    readonly actor_login: string | null
    readonly subject: string
    readonly version: string | null
    readonly sha: string | null
    readonly environment: string | null
    readonly reason: string
    readonly evidence: Json<readonly string[]>
    /** Null in rows from before the chain. */
    readonly number: number | null
    readonly repository: string | null
    readonly policy: string | null
    readonly previous: string | null
    readonly hash: string | null
  }
  readonly audit_head: { readonly number: number; readonly hash: string }
}
