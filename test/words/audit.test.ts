import { describe, expect, test } from 'vitest'
import { parsePeriod } from '../../src/cli/parse-period.ts'
import { type AuditRow, chainText, parsePayloadSeal, parseSeal, sealOf } from '../../src/model/audit.ts'
import { verifyChain } from '../../src/model/verify-chain.ts'
import { auditExceptions } from '../../src/rules/audit-exceptions.ts'
import { sha256 } from '../../src/store/audit.ts'
import { csvHeader, csvRow } from '../../src/words/audit-csv.ts'
import { auditDetails } from '../../src/words/audit-line.ts'
import { auditReport } from '../../src/words/audit-report.ts'
import { chainBreakSentence } from '../../src/words/chain-break.ts'
import { noon } from '../rules/a-pull.ts'

function row(change: Partial<AuditRow> = {}): AuditRow {
  return {
    number: 3,
    repositoryId: 77,
    repository: 'acme/shop',
    key: 'override:900',
    at: noon,
    action: 'override',
    actor: { id: 13, login: 'analyst' },
    subject: 'main#12',
    version: null,
    sha: 'abcdef0123456789',
    environment: null,
    policy: 'c0ffee',
    reason: 'the shop is down',
    evidence: ['comment 900'],
    previous: '',
    hash: 'f00d',
    ...change,
  }
}

describe('the audit log in words', () => {
  test('CSV has a header, quotes every text and lets no cell be a formula', () => {
    const hostile = row({
      reason: '=HYPERLINK("x")',
      subject: '+1',
      key: '@x',
      version: '-v1',
      evidence: ['\t=1', 'a,"b"'],
    })
    expect(csvHeader() + csvRow(hostile, '2026-02-03T12:00:00.000Z')).toMatchInlineSnapshot(`
      "number,at,repository_id,repository,action,actor_id,actor,subject,version,sha,environment,policy,reason,evidence,key,previous,hash
      3,"2026-02-03T12:00:00.000Z",77,"acme/shop","override",13,"analyst","'+1","'-v1","abcdef0123456789",,"c0ffee","'=HYPERLINK(""x"")","'	=1
      a,""b""","'@x","","f00d"
      "
    `)
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n=', ' =', '|', '%', '＝', '＠']) {
      expect(csvRow(row({ reason: `${start}1` }), 'x')).toContain(`"'${start}1"`)
    }
  })

  test('a row is one line, with its evidence below, and nothing in it moves the cursor', () => {
    const hostile = row({ reason: 'down\u001b[2J\nnow', evidence: ['comment 900', 'a\r\nb'] })
    expect(auditDetails(hostile)).toMatchInlineSnapshot(`
      "3  2026-02-03 12:00 UTC  acme/shop  analyst (13)  override  main#12 abcdef012345  down [2J now
          policy c0ffee
          comment 900
          a b"
    `)
  })

  test('seals are read back, from a whole line only', () => {
    const head = { number: 41, hash: 'ab'.repeat(32) }
    expect(parseSeal(`v1.0.0\n\n- #7\n\nWaybill-Audit: ${sealOf(head)}\n`)).toEqual(head)
    expect(parsePayloadSeal(sealOf(head))).toEqual(head)
    expect(parseSeal(`see Waybill-Audit: ${sealOf(head)}`)).toBeNull()
    expect(parsePayloadSeal({ number: 41 })).toBeNull()
    expect(parsePayloadSeal('41:short')).toBeNull()
  })

  test('a period of days holds its last day whole', () => {
    expect(parsePeriod({ from: '2026-01-01', to: '2026-01-31' })).toEqual({
      from: Date.UTC(2026, 0, 1),
      to: Date.UTC(2026, 1, 1),
    })
    expect(parsePeriod({ from: '2026-01-01T10:00:00Z' })).toMatchObject({ from: Date.UTC(2026, 0, 1, 10) })
    expect(parsePeriod({ to: 'yesterday' })).toBeNull()
    expect(parsePeriod({ from: '2026-13-01' })).toBeNull()
    expect(parsePeriod({ from: '2026-02-30' })).toBeNull()
    expect(parsePeriod({ from: '2026-02-02', to: '2026-02-01' })).toBeNull()
  })

  test('a moment without a zone is in UTC, wherever this runs', () => {
    const zone = process.env['TZ']
    process.env['TZ'] = 'Australia/Sydney'
    try {
      const from = (text: string) => parsePeriod({ from: text })?.from
      expect(from('2026-01-01T10:00')).toBe(Date.UTC(2026, 0, 1, 10))
      expect(from('2026-01-01T10:00:00.500+02:00')).toBe(Date.UTC(2026, 0, 1, 8, 0, 0, 500))
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })
})

describe('the chain', () => {
  const chained = (...changes: readonly Partial<AuditRow>[]): readonly AuditRow[] => {
    const rows: AuditRow[] = []
    for (const [at, change] of changes.entries()) {
      const one = row({ number: at + 1, previous: rows.at(-1)?.hash ?? '', ...change })
      rows.push({ ...one, hash: sha256(chainText(one)) })
    }
    return rows
  }
  const verified = (rows: readonly AuditRow[]) => {
    return verifyChain(rows, { sha256, head: { number: 3, hash: rows.at(-1)?.hash ?? '' }, witnesses: [] })
  }

  test('X56 a row that was edited and given a fitting hash breaks the chain at the next one', () => {
    const rows = chained({}, {}, {})
    expect(verified(rows)).toBeNull()
    const [first, second, third] = rows
    const [, forged] = chained({}, { reason: 'something else' })
    const all = [first, forged, third].flatMap((one) => one ?? [])
    expect(verified(all)).toEqual({ number: 3, kind: 'reordered', where: null })
    const doubled = [first, second, second].flatMap((one) => one ?? [])
    expect(verified(doubled)).toEqual({ number: 3, kind: 'reordered', where: null })
  })

  test('every kind of break has its sentence', () => {
    const kinds = ['edited', 'reordered', 'missing', 'cut-off', 'rewritten'] as const
    const said = kinds.map((kind) => chainBreakSentence({ number: 7, kind, where: 'the tag v1.0.0' }))
    expect(said.join('\n')).toMatchInlineSnapshot(`
      "Row 7 was edited: its values no longer give its hash.
      Row 7 does not follow the row before it: rows were reordered, or one was put in their place.
      Row 7 is missing: it was deleted, and later rows are there.
      Row 7 and whatever followed it were cut off: the tag v1.0.0 names a later one.
      Row 7 is not the one that the tag v1.0.0 names: the log was written anew from there or before."
    `)
  })
})

describe('a report', () => {
  const period = { from: noon - 1000, to: noon + 1000 }
  const nothing = {
    period,
    rows: [],
    merges: [],
    deployments: [],
    policies: [],
    tags: new Map([['v1.0.0', 'merge12']]),
  }
  const gate = row({ number: 1, action: 'gate', sha: 'head12', at: noon - 5000, reason: 'Ready to merge' })
  const merge = {
    sha: 'merge12',
    at: noon,
    pull: { number: 12, heads: ['head12', 'merge12'], gate: 'success' },
    by: 'developer',
  } as const
  const deployment = {
    id: 5,
    environment: 'production',
    ref: 'v1.0.0',
    sha: 'merge12',
    at: noon,
    by: 'waybill[bot]',
    isOurs: true,
    isRecord: false,
  }
  const promote = row({
    number: 2,
    action: 'promote',
    environment: 'production',
    sha: 'merge12',
    version: 'v1.0.0',
    reason: 'promoted by analyst',
  })

  test('lists nothing where everything went its way', () => {
    expect(auditExceptions({ ...nothing, rows: [gate, promote], merges: [merge], deployments: [deployment] })).toEqual(
      [],
    )
  })

  test('lists bypass, direct push, override, emergency, accept, foreign deployment and loosened policy', () => {
    const changes = [
      { key: 'merge.approvals', from: '2', to: '1', effect: 'loosens' as const },
      { key: 'merge.skipped', from: '"pass"', to: '"block"', effect: 'tightens' as const },
    ]
    const exceptions = auditExceptions({
      ...nothing,
      rows: [
        row(),
        row({ number: 4, action: 'accept', version: 'v1.0.0', reason: 'seen by me' }),
        { ...promote, number: 5, reason: 'promoted by analyst in an emergency: the shop is down' },
      ],
      merges: [merge, { ...merge, sha: 'direct', pull: null, by: null }],
      deployments: [
        { ...deployment, sha: 'other' },
        { ...deployment, id: 6, isOurs: false, by: 'admin' },
      ],
      policies: [
        { at: noon, from: 'c0ffee', to: 'decaf', changes, row: 6 },
        { at: noon, from: 'decaf', to: 'tea', changes: null, row: 7 },
        { at: noon, from: 'tea', to: 'water', changes: [], row: 8 },
      ],
    })
    expect(auditReport({ repository: 'acme/shop', merges: 2, deployments: 2, exceptions })).toMatchInlineSnapshot(`
      "acme/shop: 2 merges, 2 production deployments, 9 exceptions
        2026-02-03 12:00 UTC  bypass  #12 as merge12  by developer  (not in the log)  merged without a passing gate at its merged head
        2026-02-03 12:00 UTC  direct-push  direct  by nobody known  (not in the log)  reached the line without a pull request
        2026-02-03 12:00 UTC  foreign-deployment  v1.0.0 (other) to production, deployment 5  by waybill[bot]  (not in the log)  the log has no decision for it
        2026-02-03 12:00 UTC  foreign-deployment  v1.0.0 (merge12) to production, deployment 6  by admin  (not in the log)  made past Waybill
        2026-02-03 12:00 UTC  override  main#12 (abcdef0123456789)  by analyst  (row 3)  the shop is down
        2026-02-03 12:00 UTC  accept  v1.0.0 (abcdef0123456789)  by analyst  (row 4)  seen by me
        2026-02-03 12:00 UTC  emergency  v1.0.0 to production (merge12)  by analyst  (row 5)  promoted by analyst in an emergency: the shop is down
        2026-02-03 12:00 UTC  loosened-policy  c0ffee -> decaf  by nobody known  (row 6)  merge.approvals: 2 -> 1
        2026-02-03 12:00 UTC  loosened-policy  decaf -> tea  by nobody known  (row 7)  the two configurations can not be compared
      "
    `)
  })

  test('X45 a released tag that was moved or deleted is listed, whenever it was released', () => {
    const release = row({ action: 'release', version: 'v1.0.0', sha: 'merge12', at: 0 })
    expect(auditExceptions({ ...nothing, rows: [release] })).toEqual([])
    const moved = { ...nothing, rows: [release], tags: new Map([['v1.0.0', 'elsewhere']]) }
    expect(auditExceptions(moved)).toMatchObject([{ kind: 'tag-moved', reason: 'the tag stands on elsewhere now' }])
    expect(auditExceptions({ ...moved, tags: new Map() })).toMatchObject([{ reason: 'the tag is not there any more' }])
  })

  test('a name that was taken, or burned, is no release: what the commit became in the end counts', () => {
    const release = (version: string) => row({ action: 'release', version, sha: 'merge12', at: 0 })
    const tags = new Map([
      ['v1.0.0', 'foreign'],
      ['v1.0.1', 'merge12'],
    ])
    expect(auditExceptions({ ...nothing, rows: [release('v1.0.0'), release('v1.0.1')], tags })).toEqual([])
  })

  test('a record of Actions speaks for the decision before or after it, and a second one for none', () => {
    const record = { ...deployment, isOurs: false, isRecord: true, by: 'github-actions[bot]' }
    const listed = (...deployments: readonly (typeof record)[]) => {
      const all = { ...nothing, rows: [promote], deployments: [deployment, ...deployments] }
      return auditExceptions(all).map(({ what }) => what.at(-1))
    }
    expect(listed({ ...record, id: 6, at: noon + 10 })).toEqual([])
    expect(listed({ ...record, id: 6, at: noon - 10 })).toEqual([])
    expect(listed({ ...record, id: 6, at: noon + 10 }, { ...record, id: 7, at: noon + 20 })).toEqual(['7'])
    expect(listed({ ...record, id: 6, sha: 'other' })).toEqual(['6'])
    expect(listed({ ...record, id: 6, isRecord: false, by: 'admin' })).toEqual(['6'])
  })

  test('a gate that passed and was red again when it was merged', () => {
    const listed = (end: 'failure' | 'in_progress' | null) => {
      return auditExceptions({ ...nothing, rows: [gate], merges: [{ ...merge, pull: { ...merge.pull, gate: end } }] })
    }
    expect(listed('failure')).toMatchObject([
      { kind: 'bypass', reason: 'merged though its gate passed no more: failure' },
    ])
    expect(listed('in_progress')).toMatchObject([{ kind: 'bypass' }])
    expect(listed(null)).toEqual([])
  })

  test('a gate that passed only after the merge, or before the period, and what lies outside it', () => {
    const late = { ...gate, at: noon + 1000 }
    expect(auditExceptions({ ...nothing, rows: [late], merges: [merge] })).toMatchObject([{ kind: 'bypass' }])
    expect(auditExceptions({ ...nothing, merges: [{ ...merge, at: noon + 5000 }] })).toEqual([])
  })
})
