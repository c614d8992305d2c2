import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Failed } from '../../src/model/failure.ts'
import { parseConfig } from '../../src/model/parse-config.ts'
import type { LineRef, Ref } from '../../src/model/ref.ts'
import { sweep } from '../../src/reconcile/sweep.ts'
import type { ListedRepository } from '../../src/reconcile/world/code.ts'
import type { World } from '../../src/reconcile/world/world.ts'
import { openAudit } from '../../src/store/audit.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { pullReport } from '../jira/reports.ts'
import { only } from '../only.ts'
import { postgresPlace, quiet } from '../store/databases.ts'

let database: Database
beforeAll(async () => {
  const place = await postgresPlace()
  database = await openDatabase(place, quiet)
})
afterAll(async () => {
  await database.close()
})

const busy = new Failed({ kind: 'busy', until: 1, cause: 'GitHub did not answer' })

/** GitHub as a sweep sees it: installations with what they list; null where they can't be read. */
type There = {
  keys(): Iterable<number>
  get(id: number): readonly ListedRepository[] | null | undefined
}

async function sweepOver(there: There, installation: number | null = null) {
  const hinted: Ref[] = []
  const listed: number[] = []
  const code = only<World['code']>({
    listInstallations: async () => [...there.keys()],
    listRepositories: async (id: number) => {
      listed.push(id)
      const repositories = there.get(id)
      if (repositories === null || repositories === undefined) throw busy
      return repositories
    },
    listSubjects: async (repository: LineRef['repository']) => ({
      subjects: [{ ref: lineOf(repository), seen: null }],
      branches: [],
    }),
    listCommands: async () => [],
  })
  const queue = only<World['queue']>({
    hint: async (ref: Ref) => void hinted.push(ref),
    hintAll: async (refs: readonly Ref[]) => void hinted.push(...refs),
    hintOutbox: async () => {},
  })
  const issues = only<World['issues']>({ verifies: false })
  await sweep({ code, issues, queue, memory: createMemory(database), log: quiet }, installation)
  return { hinted: hinted.map(({ repository }) => repository.id), listed }
}

const repositoryOf = (installationId: number, id: number) => ({ installationId, id, owner: 'acme', name: `shop-${id}` })
const lineOf = (repository: LineRef['repository']): LineRef => ({ kind: 'line', repository, branch: 'main' })
const listing = (installation: number, id: number, change: Partial<ListedRepository> = {}): ListedRepository => {
  return { repository: repositoryOf(installation, id), closed: false, configured: true, ...change }
}

/** A line that a configuration is in force on. */
async function known(installation: number, id: number): Promise<void> {
  const memory = createMemory(database)
  const ref = lineOf(repositoryOf(installation, id))
  const text = 'version: 1\nissues: {projects: [SHOP]}\n'
  const read = parseConfig({ path: '.github/waybill.yml', text, sha: 'c0ffee' })
  if (read.kind !== 'valid') throw new Error('no configuration')
  await memory.saveSnapshot(ref, JSON.stringify(ref))
  await memory.keepConfig(ref, { kind: 'line', config: read.config, mark: '' })
}

async function audited(id: number): Promise<readonly string[]> {
  const rows: string[] = []
  for await (const row of openAudit(database).rows({ repositoryId: id })) rows.push(`${row.action}: ${row.reason}`)
  return rows
}

describe('a sweep', () => {
  it('F61: writes down once why Waybill stops on a line, and looks at it no more', async () => {
    for (const id of [11, 12, 13, 14]) await known(1, id)
    await known(2, 21)
    const there: There = new Map([
      [1, [listing(1, 11), listing(1, 12, { closed: true }), listing(1, 14, { configured: false })]],
    ])
    // The one whose file is gone is looked at: its own pass answers for that.
    expect((await sweepOver(there)).hinted).toEqual([14, 11])
    await sweepOver(there)
    expect(await Promise.all([11, 12, 13, 14, 21].map(audited))).toEqual([
      [],
      ['stop: the repository is archived or disabled: Waybill stops here'],
      ['stop: the repository was deleted, transferred, or taken out of the installation: Waybill stops here'],
      [],
      ['stop: the App was uninstalled or suspended: Waybill stops here'],
    ])
    // Back, and gone again: that is written down too.
    await known(1, 12)
    await sweepOver(there)
    expect(await audited(12)).toHaveLength(2)
  })

  it('F61: no issue waits for the open pull requests of a repository that was left, and Jira is told nothing of them', async () => {
    const memory = createMemory(database)
    const there: There = new Map([[8, [listing(8, 81)]]])
    const open = async () => (await memory.openPulls('SHOP-61')).map(({ number }) => number)
    const save = async (id: number) => {
      const report = pullReport({ number: id }, { issueKeys: ['SHOP-61'] })
      await memory.saveReport(repositoryOf(8, id), { ...report, key: `pull:${id}:${id}` })
    }
    for (const id of [81, 82]) await known(8, id)
    for (const id of [81, 82]) await save(id)
    await sweepOver(there)
    expect(await open()).toEqual([81])
    const due = async () => memory.dueReports(repositoryOf(8, 82), { now: Date.now(), limit: 9 })
    expect(await due()).toEqual([])
    // Should it come back, it is read anew.
    await save(82)
    expect([await open(), (await due()).length]).toEqual([[81, 82], 1])
  })

  it('F61: concludes nothing from an installation that can not be read, nor from a page that lacks a repository once', async () => {
    await known(3, 31)
    await known(4, 41)
    let asked = 0
    const flickering = {
      get: (id: number) => (id === 4 ? null : ++asked === 1 ? [] : [listing(3, 31)]),
      keys: () => [3, 4],
    }
    expect((await sweepOver(flickering)).hinted).toEqual([31])
    expect(await Promise.all([31, 41].map(audited))).toEqual([[], []])
  })

  it('F64: looks at one installation alone where that is what changed', async () => {
    await known(5, 51)
    const there: There = new Map([
      [5, [listing(5, 51)]],
      [6, [listing(6, 61)]],
    ])
    expect(await sweepOver(there, 6)).toEqual({ hinted: [61], listed: [6] })
    expect(await sweepOver(there, 7)).toEqual({ hinted: [], listed: [] })
    expect(await audited(51)).toEqual([])
  })

  it('takes a thousand installations in turns, six at a time', async () => {
    let most = 0
    let now = 0
    const slow = {
      keys: () => Array.from({ length: 1000 }, (_, at) => 1000 + at),
      get: () => {
        now += 1
        most = Math.max(most, now)
        queueMicrotask(() => queueMicrotask(() => (now -= 1)))
        return []
      },
    }
    expect((await sweepOver(slow)).listed).toHaveLength(1000)
    expect(most).toBeLessThanOrEqual(6)
  })
})
