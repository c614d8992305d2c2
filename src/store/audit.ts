import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type AuditRow, type ChainHead, chainText, noHead } from '../model/audit.ts'
import type { AuditEntry } from '../model/audit-entry.ts'
import type { Repository } from '../model/ref.ts'
import type { Audit } from '../reconcile/world/audit.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database, Tx } from './database.ts'
import { moment } from './moment.ts'
import { storable, storableJson } from './storable.ts'

/** Rows of one read. */
const page = 1000

/** Appending, for passes; and the head that is written outside the database. */
export function createAuditing(database: Database): Pick<Memory, 'audit' | 'auditHead'> {
  return {
    audit: (repository, entry) =>
      database.transaction((tx) => append({ tx, ahead: database.ahead() }, repository, entry)),
    auditHead: () => readHead(database),
  }
}

/** Reading, for people. */
export function openAudit(database: Database): Audit {
  return {
    head: () => readHead(database),
    rows: (of) => readRows(database, of),
    unchained: async () => {
      const counted = await database.kysely
        .selectFrom('audit')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .where('number', 'is', null)
        .executeTakeFirst()
      return Number(counted?.rows ?? 0)
    },
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

async function readHead({ kysely }: Pick<Database, 'kysely'>): Promise<ChainHead> {
  const head = await kysely.selectFrom('audit_head').select(['number', 'hash']).executeTakeFirst()
  return head ?? noHead
}

type Entry = AuditEntry & { readonly policy: string | null }

/** Once per key. The head's lock is held until the row is there: nobody else appends meanwhile. */
async function append(
  { tx, ahead }: { readonly tx: Tx; readonly ahead: number },
  repository: Repository,
  entry: Entry,
): Promise<void> {
  const head = await tx.selectFrom('audit_head').select(['number', 'hash']).forUpdate().executeTakeFirstOrThrow()
  const key = storable(entry.key)
  const known = await tx
    .selectFrom('audit')
    .select('id')
    .where('repository_id', '=', repository.id)
    .where('key', '=', key)
    .executeTakeFirst()
  if (known !== undefined) return
  const clock = await sql<{
    at: number
  }>`select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as at`.execute(tx)
  const row: Omit<AuditRow, 'hash'> = {
    number: head.number + 1,
    at: Math.floor((clock.rows[0]?.at ?? 0) + ahead),
    repositoryId: repository.id,
    repository: storable(`${repository.owner}/${repository.name}`),
    key,
    action: entry.action,
    actor: entry.actor === null ? null : { id: entry.actor.id, login: storable(entry.actor.login) },
    subject: storable(entry.subject),
    version: orNull(entry.version),
    sha: orNull(entry.sha),
    environment: orNull(entry.environment),
    policy: orNull(entry.policy),
    reason: storable(entry.reason),
    evidence: entry.evidence.map(storable),
    previous: head.hash,
  }
  const hash = sha256(chainText(row))
  await insert(tx, { ...row, hash })
  await tx.updateTable('audit_head').set({ number: row.number, hash }).execute()
}

async function insert(tx: Tx, row: AuditRow): Promise<void> {
  await tx
    .insertInto('audit')
    .values({
      number: row.number,
      at: sql`to_timestamp(${row.at}::float8 / 1000)`,
      repository_id: row.repositoryId,
      repository: row.repository,
      key: row.key,
      action: row.action,
      actor_id: row.actor?.id ?? null,
      actor_login: row.actor?.login ?? null,
      subject: row.subject,
      version: row.version,
      sha: row.sha,
      environment: row.environment,
      policy: row.policy,
      reason: row.reason,
      evidence: storableJson(row.evidence),
      previous: row.previous,
      hash: row.hash,
    })
    .execute()
}

/** In order of their numbers, a page at a time. */
async function* readRows({ kysely }: Database, of: { readonly repositoryId: number | null }): AsyncIterable<AuditRow> {
  for (let after = 0; ; ) {
    const rows = await kysely
      .selectFrom('audit')
      .selectAll()
      .select(moment('at').as('at_ms'))
      .where('number', '>', after)
      .$if(of.repositoryId !== null, (query) => query.where('repository_id', '=', of.repositoryId ?? 0))
      .orderBy('number')
      .limit(page)
      .execute()
    for (const row of rows) {
      const { actor_id: id, actor_login: login, repository_id: repositoryId, at_ms: at } = row
      const { key, subject, version, sha, environment, policy, reason, evidence } = row
      yield {
        number: row.number ?? 0,
        at,
        repositoryId,
        repository: row.repository ?? '',
        key,
        action: row.action,
        actor: id === null ? null : { id, login: login ?? '' },
        subject,
        version,
        sha,
        environment,
        policy,
        reason,
        evidence,
        previous: row.previous ?? '',
        hash: row.hash ?? '',
      }
    }
    const last = rows.at(-1)?.number ?? null
    if (last === null || rows.length < page) return
    after = last
  }
}

function orNull(text: string | null): string | null {
  return text === null ? null : storable(text)
}
