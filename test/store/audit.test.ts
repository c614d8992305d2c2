import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { AuditRow } from '../../src/model/audit.ts'
import type { AuditEntry } from '../../src/model/audit-entry.ts'
import { verifyChain, type Witness } from '../../src/model/verify-chain.ts'
import type { Audit } from '../../src/reconcile/world/audit.ts'
import type { Memory } from '../../src/reconcile/world/memory.ts'
import { openAudit, sha256 } from '../../src/store/audit.ts'
import type { Database } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { onBothDatabases } from './databases.ts'

onBothDatabases(({ shared }) => {
  let database: Database
  let memory: Memory
  let audit: Audit
  const repository = { installationId: 1, id: 7, owner: 'acme', name: 'shop' }
  const entry = (key: string): AuditEntry & { readonly policy: string } => ({
    key,
    action: 'promote',
    actor: { id: 13, login: 'analyst' },
    subject: 'main@abc',
    version: 'v1.0.0',
    sha: 'abc',
    environment: 'production',
    reason: 'promoted by analyst "ünïcode" \0 \ud800',
    evidence: ['comment 900', '=cmd()'],
    policy: 'c0ffee',
  })

  beforeAll(async () => {
    database = shared()
    memory = createMemory(database)
    audit = openAudit(database)
    // Several replicas at once, and each of them twice.
    const keys = Array.from({ length: 8 }, (_, at) => `key ${at}`)
    await Promise.all([...keys, ...keys].map((key) => memory.audit(repository, entry(key))))
  })

  async function rows(): Promise<readonly AuditRow[]> {
    const all: AuditRow[] = []
    for await (const row of audit.rows({ repositoryId: null })) all.push(row)
    return all
  }

  async function verify(witnesses: readonly Witness[] = []) {
    return verifyChain(await rows(), { sha256, head: await audit.head(), witnesses })
  }

  /** What only somebody with the database's own rights can do, undone again at the end. */
  async function tampered(statement: string): Promise<Awaited<ReturnType<typeof verify>>> {
    let broken: Awaited<ReturnType<typeof verify>> = null
    const undo = new Error('undo')
    const tampering = database.transaction(async (tx) => {
      await sql`alter table audit disable trigger user`.execute(tx)
      await sql.raw(statement).execute(tx)
      const inside = openAudit({ ...database, kysely: tx })
      const all: AuditRow[] = []
      for await (const row of inside.rows({ repositoryId: null })) all.push(row)
      broken = verifyChain(all, { sha256, head: await inside.head(), witnesses: [] })
      throw undo
    })
    await expect(tampering).rejects.toBe(undo)
    return broken
  }

  test('I5 entries of several replicas at once are one chain, each once', async () => {
    const all = await rows()
    expect(all.map((row) => row.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(new Set(all.map((row) => row.key)).size).toBe(8)
    expect(await verify()).toBeNull()
    expect(all[0]).toMatchObject({
      repository: 'acme/shop',
      policy: 'c0ffee',
      previous: '',
      evidence: ['comment 900', '=cmd()'],
    })
    expect(await memory.auditHead()).toEqual({ number: 8, hash: all.at(-1)?.hash })
    expect(await audit.unchained()).toBe(0)
  })

  test('the database refuses to change or take away a row', async () => {
    for (const change of ["update audit set reason = 'x'", 'delete from audit', 'truncate audit']) {
      await expect(sql.raw(change).execute(database.kysely)).rejects.toThrow('append')
    }
    const unhashed = sql`insert into audit (repository_id, key, action, subject, reason, evidence)
      values (7, 'forged', 'promote', 'x', 'y', '[]')`
    await expect(unhashed.execute(database.kysely)).rejects.toThrow('audit_is_chained')
  })

  test.each([
    ['a value edited', "update audit set actor_login = 'developer' where number = 3", { number: 3, kind: 'edited' }],
    ['evidence edited', "update audit set evidence = '[]' where number = 8", { number: 8, kind: 'edited' }],
    ['deleted in the middle', 'delete from audit where number = 4', { number: 4, kind: 'missing' }],
    [
      'two swapped',
      'update audit set number = -number where number in (5, 6); update audit set number = 11 + number where number < 0',
      { number: 5, kind: 'edited' },
    ],
    ['cut off at the end', 'delete from audit where number > 6', { number: 7, kind: 'cut-off' }],
    [
      'cut off, and the head with it',
      'delete from audit where number > 6; update audit_head set number = 6, hash = (select hash from audit where number = 6)',
      null,
    ],
  ])('X56 %s: the chain says what it can', async (_name, statement, broken) => {
    const found = await tampered(statement)
    if (broken === null) expect(found).toBeNull()
    else expect(found).toMatchObject(broken)
  })

  test('X56 what was cut off together with the head, or written anew, is found by what GitHub holds', async () => {
    const all = await rows()
    const last = all.at(-1)
    const tag: Witness = { number: 8, hash: last?.hash ?? '', where: 'the tag v1.0.0' }
    expect(await verify([tag])).toBeNull()
    const cut = { sha256, head: { number: 6, hash: all[5]?.hash ?? '' }, witnesses: [tag] }
    expect(verifyChain(all.slice(0, 6), cut)).toEqual({ number: 7, kind: 'cut-off', where: 'the tag v1.0.0' })
    const other = { ...tag, hash: 'f'.repeat(64) }
    expect(await verify([other])).toEqual({ number: 8, kind: 'rewritten', where: 'the tag v1.0.0' })
  })
})
