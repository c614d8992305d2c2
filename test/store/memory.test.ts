import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { AuditEntry } from '../../src/model/audit-entry.ts'
import { standingText } from '../../src/model/line-standing.ts'
import { type PullRef, type Repository, refKey } from '../../src/model/ref.ts'
import type { Report } from '../../src/model/report.ts'
import type { Memory } from '../../src/reconcile/world/memory.ts'
import { bornAt } from '../../src/store/born-at.ts'
import type { Database } from '../../src/store/database.ts'
import { createInbox } from '../../src/store/inbox.ts'
import { createMemory } from '../../src/store/memory.ts'
import { secret } from '../../src/store/secret.ts'
import { buildReport } from '../jira/reports.ts'
import { onBothDatabases } from './databases.ts'

onBothDatabases(({ shared }) => {
  let database: Database
  let memory: Memory
  let repository: Repository
  let pull: PullRef
  let lastId = 2 ** 40

  beforeAll(() => {
    database = shared()
    memory = createMemory(database)
  })
  const begin = () => {
    lastId += 1
    repository = { installationId: 1, id: lastId, owner: 'acme', name: 'shop' }
    pull = { kind: 'pull', repository, number: 7 }
  }

  test('B15 a pass loses its right to write when the pull request is closed meanwhile', async () => {
    begin()
    const inbox = createInbox(database, { hold: async () => async () => {} })
    const told = (id: string, open: boolean, number = 7) =>
      inbox.accept({ id, hints: [], wish: null, pull: { repositoryId: repository.id, branch: 'x', number, open } })
    const pass = await memory.beginPass(pull)
    await told(`open-${lastId}`, true)
    await told(`other-${lastId}`, false, 8)
    expect(await memory.holds(pass)).toBe(true)
    await told(`closed-${lastId}`, false)
    expect(await memory.holds(pass)).toBe(false)
    expect(await memory.holds(await memory.beginPass(pull))).toBe(true)
  })

  test('X44 a login is bound once, for its branch, until it is named no more', async () => {
    begin()
    const named = ['anna', 'ghost']
    const found = new Map([
      ['anna', 17],
      ['ghost', null],
    ])
    expect(await memory.accountsBound(repository, 'main')).toEqual(new Map())
    expect(await memory.bindAccounts(repository, 'main', { named, found })).toEqual(found)
    const later = new Map([
      ['anna', 99],
      ['bea', 18],
    ])
    expect(await memory.bindAccounts(repository, 'main', { named: ['anna', 'bea'], found: later })).toEqual(
      new Map([
        ['anna', 17],
        ['bea', 18],
      ]),
    )
    expect(await memory.accountsBound(repository, 'next')).toEqual(new Map())
    await memory.bindAccounts(repository, 'main', { named: ['bea'], found: new Map() })
    expect(await memory.bindAccounts(repository, 'main', { named: ['anna'], found: new Map([['anna', 99]]) })).toEqual(
      new Map([['anna', 99]]),
    )
  })

  test('a claim is fresh, then unfinished, then done', async () => {
    begin()
    const before = Date.now()
    expect(await memory.claim(repository, 'tag:v1.0.0', 'a')).toEqual({ claim: { kind: 'fresh' }, known: null })
    const second = await memory.claim(repository, 'tag:v1.0.0', 'a')
    expect(second.claim.kind).toBe('unfinished')
    if (second.claim.kind === 'unfinished') expectBetween(second.claim.since, before)
    await memory.confirm(repository, 'tag:v1.0.0', { written: { id: 12, sha: 'abc' }, fingerprint: 'a' })
    expect(await memory.claim(repository, 'tag:v1.0.0', 'a')).toMatchObject({
      claim: { kind: 'done', written: { id: 12, sha: 'abc' } },
      known: 12,
    })
  })

  test('a done claim of another fingerprint is fresh again and keeps its id', async () => {
    begin()
    await memory.claim(repository, 'comment:7', 'old')
    await memory.confirm(repository, 'comment:7', { written: { id: 2 ** 41, sha: null }, fingerprint: 'old' })
    expect(await memory.claim(repository, 'comment:7', 'new')).toEqual({ claim: { kind: 'fresh' }, known: 2 ** 41 })
    expect(await memory.told(repository, ['comment:'])).toEqual(new Map([['comment:7', 'old']]))
    await memory.confirm(repository, 'comment:7', { written: { id: 2 ** 41, sha: null }, fingerprint: 'new' })
    expect(await memory.told(repository, ['comment:'])).toEqual(new Map([['comment:7', 'new']]))
  })

  test('a claim renewed for other words begins anew, and says those once it is confirmed', async () => {
    begin()
    await memory.claim(repository, 'comment:8', 'first')
    const before = await memory.claim(repository, 'comment:8', 'second')
    await memory.renew(repository, 'comment:8', 'second')
    const after = await memory.claim(repository, 'comment:8', 'third')
    if (before.claim.kind !== 'unfinished' || after.claim.kind !== 'unfinished') throw new Error('not unfinished')
    expect(after.claim.since).toBeGreaterThanOrEqual(before.claim.since)
    await memory.confirm(repository, 'comment:8', { written: { id: 3, sha: null }, fingerprint: 'second' })
    expect(await memory.told(repository, ['comment:'])).toEqual(new Map([['comment:8', 'second']]))
    expect((await memory.claim(repository, 'comment:8', 'first')).claim.kind).toBe('fresh')
  })

  test('X45 a tag counts as made once it was confirmed, or stands as it was claimed though a crash came before that', async () => {
    begin()
    const standing = [
      { name: 'v1.0.0', sha: 'm1' },
      { name: 'v1.1.0', sha: 'elsewhere' },
      { name: 'v9.0.0', sha: 'm2' },
    ]
    for (const tag of ['v1.0.0', 'v1.1.0', 'v1.2.0']) await memory.claim(repository, `tag:${tag}`, 'm1')
    const made = (on: readonly { readonly name: string; readonly sha: string }[]) =>
      memory.tagsMadeOn(repository, { shas: ['m1', 'm2'], standing: on })
    expect(await made([])).toEqual([])
    expect(await made(standing)).toEqual([{ name: 'v1.0.0', sha: 'm1' }])
    // From then on it is known, wherever somebody moves it.
    expect(await made([{ name: 'v1.0.0', sha: 'm2' }])).toEqual([{ name: 'v1.0.0', sha: 'm1' }])
  })

  test('a released claim is as it was before it was taken', async () => {
    begin()
    await memory.claim(repository, 'release:v1', 'a')
    await memory.release(repository, 'release:v1')
    expect((await memory.claim(repository, 'release:v1', 'a')).claim.kind).toBe('fresh')
    await memory.confirm(repository, 'release:v1', { written: { id: 5, sha: null }, fingerprint: 'a' })
    await memory.release(repository, 'release:v1')
    expect((await memory.claim(repository, 'release:v1', 'b')).claim.kind).toBe('fresh')
    await memory.release(repository, 'release:v1')
    expect(await memory.claim(repository, 'release:v1', 'a')).toMatchObject({ claim: { kind: 'done' }, known: 5 })
  })

  test('of twenty that claim at once exactly one gets it', async () => {
    begin()
    for (const key of ['tag:v2', 'tag:v3', 'tag:v4']) {
      const all = await Promise.all(Array.from({ length: 20 }, () => memory.claim(repository, key, 'a')))
      expect(all.filter((one) => one.claim.kind === 'fresh')).toHaveLength(1)
      await memory.confirm(repository, key, { written: { id: 1, sha: null }, fingerprint: 'a' })
      const again = await Promise.all(Array.from({ length: 20 }, () => memory.claim(repository, key, 'b')))
      expect(again.filter((one) => one.claim.kind === 'fresh')).toHaveLength(1)
    }
  })

  test('F27: a later pass takes the right to write', async () => {
    begin()
    const first = await memory.beginPass(pull)
    expect(await memory.holds(first)).toBe(true)
    const second = await memory.beginPass({ ...pull, repository: { ...repository, name: 'renamed' } })
    expect(await memory.holds(first)).toBe(false)
    expect(await memory.holds(second)).toBe(true)
  })

  test('F20: a sweep passes by a line that a pass found at rest after an equal glance, and no other', async () => {
    begin()
    const line = { kind: 'line', repository, branch: 'rests' } as const
    const isNews = async (state: string | null) => {
      const seen = state === null ? null : ({ state, mergeable: 'unknown' } as const)
      return (await memory.newsAmong([{ ref: line, seen }])).length > 0
    }
    const rest = { state: 'rests', mergeable: 'unknown', elsewhere: false } as const
    const before = await memory.beginPass(line)
    expect(await isNews('a')).toBe(true)
    // It had begun before the glance: what it read may be older.
    await memory.keepSeen(before, rest)
    expect(await isNews('a')).toBe(true)
    const after = await memory.beginPass(line)
    expect(await isNews('a')).toBe(true)
    await memory.keepSeen(after, rest)
    expect(await isNews('a')).toBe(true)
    await memory.keepSeen(await memory.beginPass(line), rest)
    expect([await isNews('a'), await isNews('a')]).toEqual([false, false])
    // Something that is not at rest, something new, something that can't be told, and a time too long.
    await memory.beginPass(line)
    expect(await isNews('a')).toBe(true)
    await memory.keepSeen(await memory.beginPass(line), rest)
    expect([await isNews('a'), await isNews('b'), await isNews(null)]).toEqual([false, true, true])
    await memory.keepSeen(await memory.beginPass(line), rest)
    expect(await isNews('b')).toBe(false)
    await sql`update passes set begun_at = now() - interval '121 minutes' where ref_key = ${refKey(line)}`.execute(
      shared().kysely,
    )
    expect(await isNews('b')).toBe(true)
  })

  test('F20: a sweep passes by what the last pass saw whole, for two hours, and nothing else', async () => {
    begin()
    const seen = { state: 'a', mergeable: 'clean' } as const
    const listed = [
      { ref: pull, seen },
      { ref: { ...pull, number: 8 }, seen },
      { ref: { kind: 'line', repository, branch: 'main' } as const, seen: null },
    ]
    const news = async () => (await memory.newsAmong(listed)).map((ref) => ('number' in ref ? ref.number : ref.kind))
    expect(await news()).toEqual([7, 8, 'line'])
    const pass = await memory.beginPass(pull)
    await memory.keepSeen(pass, { ...seen, elsewhere: false })
    expect(await news()).toEqual([8, 'line'])
    const later = await memory.beginPass(pull)
    await memory.keepSeen(pass, { ...seen, elsewhere: false })
    expect(await news()).toEqual([7, 8, 'line'])
    await memory.keepSeen(later, { ...seen, elsewhere: true })
    expect(await news()).toEqual([7, 8, 'line'])
    await memory.keepSeen(later, { ...seen, elsewhere: false })
    expect(await news()).toEqual([8, 'line'])
    // Another version, or another environment, judges otherwise.
    const other = (await createMemory(database, 'another').newsAmong(listed)).length
    expect(other).toBe(3)
    const key = refKey(pull)
    await sql`update passes set begun_at = now() - interval '121 minutes' where ref_key = ${key}`.execute(
      shared().kysely,
    )
    expect(await news()).toEqual([7, 8, 'line'])
  })

  test('a head is first seen once, and belongs to every subject it was seen under', async () => {
    begin()
    const before = Date.now()
    const first = await memory.headSeen(pull, 'abc')
    expectBetween(first, before)
    await memory.rememberHead(pull, 'abc')
    expect(await memory.headSeen(pull, 'abc')).toBe(first)
    await memory.rememberHead({ kind: 'branch', repository, branch: 'a\0b' }, 'abc')
    expect(await memory.refsAt(repository, 'abc')).toEqual([{ kind: 'branch', repository, branch: 'ab' }, pull])
    expect(await memory.refsAt(repository, 'def')).toEqual([])
  })

  test('of many commits and branches that are asked for at once each is answered for itself', async () => {
    begin()
    await memory.rememberHead(pull, 'abc')
    const elsewhere = { ...repository, id: repository.id + 1_000_000 }
    const shas = ['def', 'abc', 'a\0bc', 'xyz']
    const known = await Promise.all([
      ...shas.map((sha) => memory.refsAt(repository, sha)),
      memory.refsAt(elsewhere, 'abc'),
    ])
    expect(known).toEqual([[], [pull], [pull], [], []])
    const inbox = createInbox(database, { hold: async () => async () => {} })
    for (const number of [4, 5]) {
      const told = { repositoryId: repository.id, branch: 'x', number, open: true }
      await inbox.accept({ id: `asked-${lastId}-${number}`, hints: [], wish: null, pull: told })
    }
    const pulls = await Promise.all([
      ...['w', 'x', 'x\0', 'y'].map((branch) => inbox.pullOf(repository.id, branch)),
      inbox.pullOf(elsewhere.id, 'x'),
    ])
    expect(pulls).toEqual([null, 5, 5, null, null])
  })

  test('a verified issue is remembered with the latest time', async () => {
    begin()
    await memory.rememberVerified(repository, 7, { key: 'SHOP-1', at: 1_700_000_000_123, type: 'Bug' })
    await memory.rememberVerified(repository, 7, { key: 'SHOP-1', at: 1_600_000_000_000, type: 'Story' })
    expect(await memory.verified(repository, 7)).toEqual(new Map([['SHOP-1', 1_700_000_000_123]]))
    expect(await memory.verified(repository, 8)).toEqual(new Map())
    expect(await memory.issueTypes(repository, [7, 8])).toEqual(new Map([[7, new Map([['SHOP-1', 'Bug']])]]))
    expect(await memory.issueTypes(repository, [])).toEqual(new Map())
  })

  test("a line's standing and its burned versions are kept, each once", async () => {
    begin()
    const line = { kind: 'line', repository, branch: 'main' } as const
    expect([await memory.standing(line), await memory.voidVersions(repository)]).toEqual([null, new Set()])
    const next = { kind: 'versions', patch: 'v1.0.1', minor: 'v1.1.0', major: 'v2.0.0' } as const
    const standing = { next, notices: [], current: null, health: { kind: 'green' } } as const
    await memory.saveStanding(line, { ...standing, current: 'v0.9.0' })
    await memory.saveStanding(line, standing)
    const kept = await memory.standing(line)
    expect(kept === null ? null : standingText(kept)).toBe(standingText(standing))
    expect(await memory.standing({ ...line, branch: 'next' })).toBeNull()
    for (let times = 0; times < 2; times++) await memory.saveVoidVersion(repository, 'v1.0.0')
    expect(await memory.voidVersions(repository)).toEqual(new Set(['v1.0.0']))
  })

  test('settled deployments are kept by repository', async () => {
    begin()
    await memory.settleDeployment(repository, 2 ** 33)
    await memory.settleDeployment(repository, 2 ** 33)
    expect(await memory.settledAmong(repository, [1, 2 ** 33])).toEqual(new Set([2 ** 33]))
    expect(await memory.settledAmong({ ...repository, id: 1 }, [2 ** 33])).toEqual(new Set())
  })

  const report = (sequence: number, title: string, issueKeys = ['SHOP-1']): Report => {
    return {
      key: `pull:${repository.id}:7`,
      issueKeys,
      sequence,
      sending: 'normal',
      body: {
        kind: 'pull',
        repository: { id: repository.id, fullName: 'acme/shop', url: 'https://github.com/acme/shop' },
        pull: {
          number: 7,
          title,
          url: 'https://github.com/acme/shop/pull/7',
          status: 'OPEN',
          author: 'dev',
          branch: 'b',
          base: 'main',
          updatedAt: 1,
          reviewers: [],
        },
      },
    }
  }

  const due = () => memory.dueReports(repository, { now: 1000, limit: 10 })

  test('a report rises in sequence when it differs, and only then', async () => {
    begin()
    await memory.saveReport(repository, report(100, 'a'))
    const [first] = await due()
    expect(first).toEqual(report(100, 'a'))
    await memory.gradeReports(first === undefined ? [] : [{ ...first, grade: { kind: 'reported' } }])
    await memory.saveReport(repository, report(200, 'a'))
    expect(await due()).toEqual([])
    await memory.saveReport(repository, report(50, 'older'))
    expect(await due()).toEqual([])
    await memory.saveReport(repository, report(100, 'outdated'))
    expect(await due()).toEqual([])
    await memory.saveReport(repository, report(200, 'b'))
    expect(await due()).toEqual([report(200, 'b')])
    await memory.saveReport(repository, report(200, 'c'))
    expect(await due()).toEqual([report(201, 'c')])
    await memory.saveReport(repository, report(300, 'b', ['SHOP-1', 'SHOP-2']))
    expect(await due()).toEqual([report(300, 'b', ['SHOP-1', 'SHOP-2'])])
    expect([...(await memory.told(repository, ['report:pull:'])).keys()]).toEqual([`report:pull:${repository.id}:7`])
  })

  test('a build is unfinished until it is told to its end, by its branch', async () => {
    begin()
    const keys = async (branch: string) => (await memory.unfinishedBuilds(repository, branch)).map(({ key }) => key)
    const running = buildReport({ state: 'in_progress', branch: 'SHOP-7' }, { sequence: 2 })
    await memory.saveReport(repository, running)
    expect(await keys('SHOP-7')).toEqual([running.key])
    expect(await keys('SHOP-8')).toEqual([])
    await memory.saveReport(repository, buildReport({ state: 'unknown', branch: 'SHOP-7' }, { sequence: 3 }))
    expect(await keys('SHOP-7')).toEqual([])
  })

  test('what changed while it was sent stays unsent', async () => {
    begin()
    await memory.saveReport(repository, report(1, 'a'))
    const sending = await due()
    await memory.saveReport(repository, report(1, 'b \0\ud800'))
    await memory.gradeReports(sending.map((one) => ({ ...one, grade: { kind: 'reported' } })))
    expect(await due()).toEqual([report(2, 'b \ufffd')])
  })

  const entry: AuditEntry & { readonly policy: string | null } = {
    policy: 'c0ffee',
    key: 'release:v1.0.0',
    action: 'release',
    actor: null,
    subject: 'v1.0.0',
    version: '1.0.0',
    sha: 'abc',
    environment: null,
    reason: 'all checks passed',
    evidence: ['build: success'],
  }

  test('an audit entry is written once and never changed', async () => {
    begin()
    await memory.audit(repository, entry)
    await memory.audit(repository, { ...entry, reason: 'another' })
    const rows = await database.kysely
      .selectFrom('audit')
      .select(['reason', 'evidence'])
      .where('repository_id', '=', repository.id)
      .execute()
    expect(rows).toEqual([{ reason: 'all checks passed', evidence: ['build: success'] }])
    const mine = sql`repository_id = ${repository.id}`
    await expect(sql`update audit set reason = 'x' where ${mine}`.execute(database.kysely)).rejects.toThrow('append')
    await expect(sql`delete from audit where ${mine}`.execute(database.kysely)).rejects.toThrow('append')
    await expect(sql`truncate audit`.execute(database.kysely)).rejects.toThrow('append')
  })

  test('a snapshot replaces the one before', async () => {
    begin()
    await memory.saveSnapshot(pull, 'first')
    await memory.saveSnapshot(pull, 'second\0')
    const rows = await database.kysely
      .selectFrom('snapshots')
      .select(['ref', 'text'])
      .where('repository_id', '=', repository.id)
      .execute()
    expect(rows).toEqual([{ ref: pull, text: 'second' }])
  })

  test('an equal snapshot is left alone, and one that came back is not', async () => {
    begin()
    const at = async () => {
      const { rows } = await sql<{ readonly at: string; readonly text: string }>`
        select at::text as at, text from snapshots where repository_id = ${repository.id}`.execute(database.kysely)
      return rows[0]
    }
    await memory.saveSnapshot(pull, 'first\0')
    const first = await at()
    await memory.saveSnapshot(pull, 'first\0')
    expect(await at()).toEqual(first)
    await memory.saveSnapshot(pull, 'second')
    await memory.saveSnapshot(pull, 'first\0')
    expect((await at())?.text).toBe('first')
    expect((await at())?.at).not.toBe(first?.at)
  })

  test('what was said is found by its key, whatever is in it', async () => {
    begin()
    const keys = ['comment:1', `turn:ready:it's "live" {now}, \\:v1`, 'turn:failed:a:2']
    for (const key of keys.slice(0, 2)) {
      await memory.claim(repository, key, key)
      await memory.confirm(repository, key, { written: { id: 1, sha: null }, fingerprint: key })
    }
    expect(await memory.toldOf(repository, keys)).toEqual(new Map(keys.slice(0, 2).map((key) => [key, key])))
    expect(await memory.toldOf(repository, [])).toEqual(new Map())
  })

  test('a wish is used once, and open until it has a final state', async () => {
    begin()
    const inbox = createInbox(database, { hold: async () => async () => {} })
    const wish = {
      repositoryId: repository.id,
      pull: 7,
      commentId: repository.id,
      press: null,
      commentNodeId: 'IC_1',
      by: { id: 3, login: 'analyst', kind: 'user' as const },
      writtenAt: 1_700_000_000_000,
    }
    const deliver = (id: string) => inbox.accept({ id: `${repository.id}-${id}`, hints: [], wish, pull: null })
    await deliver('a')
    await deliver('b')
    const [open, ...others] = await memory.openWishes(repository)
    expect(others).toEqual([])
    expect(open).toMatchObject({ ...wish, state: 'asked', command: null, seen: false, answered: false })
    const id = open?.id ?? 0
    const command = { kind: 'promote', environment: 'production', version: null, emergency: null } as const
    await memory.settleWish(id, { state: 'accepted', command, seen: true })
    expect(await memory.openWishes(repository)).toMatchObject([{ state: 'accepted', command, seen: true }])
    await memory.settleWish(id, { state: 'done' })
    await memory.settleWish(id, { state: 'accepted' })
    expect(await memory.openWishes(repository)).toEqual([])
    await deliver('c')
    expect(await memory.openWishes(repository)).toEqual([])
  })

  test('X36 an override holds for its head into its base, and for no other', async () => {
    begin()
    const writtenAt = Date.now() + 60_000
    const by = { id: 3, login: 'admin', kind: 'user' as const }
    await memory.hear([
      { repositoryId: repository.id, pull: 7, commentId: 1, press: null, commentNodeId: 'IC_1', by, writtenAt },
    ])
    const [wish] = await memory.openWishes(repository)
    const command = { kind: 'override', reason: 'the shop is down', sha: 'abc', base: 'main' } as const
    await memory.settleWish(wish?.id ?? 0, { state: 'done', command })
    const given = { sha: 'abc', base: 'main', by: { id: 3, login: 'admin' }, reason: 'the shop is down' }
    expect(await memory.overrideOf(repository, { pull: 7, sha: 'abc', base: 'main' })).toEqual(given)
    expect(await memory.overrideOf(repository, { pull: 7, sha: 'abc', base: 'release/1' })).toBe(null)
    expect(await memory.overrideOf(repository, { pull: 7, sha: 'def', base: 'main' })).toBe(null)
    expect(await memory.overrideOf(repository, { pull: 8, sha: 'abc', base: 'main' })).toBe(null)
  })

  test('a secret is random, and the same ever after', async () => {
    const [one, two] = await Promise.all([secret(database, 'marker'), secret(database, 'marker')])
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect(two).toBe(one)
    expect(await secret(database, 'other')).not.toBe(one)
  })

  test('the database knows when it was made', async () => {
    expect(await bornAt(database)).toBeGreaterThan(1_700_000_000_000)
  })
})

/** By the clocks of this process and of the database, which are one. */
function expectBetween(time: number, before: number): void {
  expect(time).toBeGreaterThan(before - 100)
  expect(time).toBeLessThan(Date.now() + 100)
}
