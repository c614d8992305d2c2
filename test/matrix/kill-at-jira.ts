import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Act } from '../../src/model/issue-action.ts'
import type { Report } from '../../src/model/report.ts'
import { openSite } from '../jira/jira-site.ts'
import { branchReport, buildReport, deploymentReport, pullReport, repository } from '../jira/reports.ts'
import { embeddedPlace } from '../store/databases.ts'
import { type Telling, tellStory } from './tell-story.ts'

type Site = Awaited<ReturnType<typeof openSite>>

/** A write of Jira's, while which the process is killed: before Jira does it, or after it did and before its answer is read. */
export type Kill = { readonly call: string; readonly phase: 'before' | 'after' }

type Chapter = {
  readonly reports: readonly Report[]
  readonly acts: readonly Act[]
  readonly writes: readonly string[]
}

const issue = '/rest/api/3/issue/{issueIdOrKey}'
const cloud = '0.1/cloud/{cloudId}'

const common = (sequence: number) => ({ issueKeys: ['SHOP-7'], sequence })
const gone: Report = {
  ...branchReport({}, { issueKeys: [], sequence: 0 }),
  body: { kind: 'gone', repository, of: { kind: 'branch', name: 'SHOP-7-gift-cards' } },
}

/** An issue's story in two chapters; between them they make every kind of write. */
const chapters: readonly Chapter[] = [
  {
    reports: [
      branchReport({}, common(1)),
      pullReport({}, common(2)),
      buildReport({}, common(3)),
      deploymentReport({}, common(4)),
    ],
    acts: [moved('pull-request', 'In Review', 1), said('in review', null), versioned('add-version'), linked(false)],
    writes: [
      `POST /jira/devinfo/${cloud}/bulk`,
      `POST /jira/builds/${cloud}/bulk`,
      `POST /jira/deployments/${cloud}/bulk`,
      `POST ${issue}/transitions`,
      `POST ${issue}/comment`,
      'POST /rest/api/3/version',
      `PUT ${issue}`,
      `POST ${issue}/remotelink`,
    ],
  },
  {
    reports: [pullReport({ status: 'MERGED' }, common(5)), gone],
    acts: [
      moved('production', 'Done', 2),
      said('in production', null),
      said('it is in production', 'production'),
      versioned('release-version'),
      linked(true),
    ],
    writes: [
      `POST /jira/devinfo/${cloud}/bulk`,
      `DELETE /jira/devinfo/${cloud}/repository/{repositoryId}/{entityType}/{entityId}`,
      `PUT ${issue}/comment/{id}`,
      `POST ${issue}/remotelink`,
      `POST ${issue}/transitions`,
      `POST ${issue}/comment`,
      'PUT /rest/api/3/version/{id}',
    ],
  },
]

/** Every write of the story, killed before and after it. */
export const allKills: readonly (readonly Kill[])[] = chapters.map(({ writes }) => {
  return writes.flatMap((call): readonly Kill[] => [
    { call, phase: 'before' },
    { call, phase: 'after' },
  ])
})

/** Tells Jira the story by processes that are killed (`kill -9`) at these writes in turn, by chapter; answers what came out wrong. */
export async function killAtJira(kills: readonly (readonly Kill[])[]): Promise<readonly string[]> {
  const site = await openSite()
  const { directory } = await embeddedPlace()
  try {
    const broken: string[] = []
    for (const [at, { reports, acts }] of chapters.entries()) {
      const order = { settings: site.settings, directory, reports, acts }
      for (const kill of kills[at] ?? []) {
        if (!(await dieAt(site, order, kill))) broken.push(`${kill.call} was not called (${kill.phase})`)
      }
      await tellStory(order)
    }
    return [...broken, ...(await wrongWith(site))]
  } finally {
    await site.close()
    await rm(directory, { recursive: true, force: true })
  }
}

function start(order: Telling): ChildProcess {
  const program = fileURLToPath(new URL('./outbox-life.ts', import.meta.url))
  const env = { PATH: process.env['PATH'], TELLING: JSON.stringify(order) }
  return spawn(process.execPath, [program], { env, stdio: ['ignore', 'inherit', 'inherit'] })
}

/** False: it lived to its end. */
async function dieAt(site: Site, order: Telling, { call, phase }: Kill): Promise<boolean> {
  await site.fault({ call, fault: 'hang', phase, seconds: 60 })
  const child = start(order)
  while (child.exitCode === null && !(await site.struck())) await pause(20)
  const died = child.exitCode === null
  if (died) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await site.calm()
  return died
}

/** What an issue shows that was told its story once, whatever happened on the way. */
async function wrongWith(site: Site): Promise<readonly string[]> {
  const shown = await site.shown('SHOP-7')
  const { branches, pullRequests = [], builds = [], deployments = [], comments = [], remoteLinks = [] } = shown
  const seen = {
    status: shown['status'],
    fixVersions: shown['fixVersions'],
    versions: site.state.versions.map(({ name, released }) => ({ name, released })),
    branches,
    pulls: pullRequests.map(({ status }) => status),
    builds: builds.map(({ state }) => state),
    deployments: deployments.map(({ state }) => state),
    comments: comments.map(
      ({ body }) => /in (?:review|production)|it is in production/.exec(JSON.stringify(body))?.[0],
    ),
    links: remoteLinks.length,
    violations: await site.violations(),
  }
  const right = {
    status: 'Done',
    fixVersions: ['shop v0.1.0'],
    versions: [{ name: 'shop v0.1.0', released: true }],
    branches: [],
    pulls: ['MERGED'],
    builds: ['successful'],
    deployments: ['successful'],
    comments: ['in production', 'it is in production'],
    links: 1,
    violations: [],
  }
  const [is, should] = [JSON.stringify(seen), JSON.stringify(right)]
  return is === should ? [] : [`SHOP-7 shows ${is}, not ${should}`]
}

function moved(station: 'pull-request' | 'production', target: string, at: number): Act {
  const action = { kind: 'move' as const, issueKey: 'SHOP-7', station, target, because: '#57', at }
  return { key: `move:987:SHOP-7:${station}:57`, action }
}

function said(words: string, news: string | null): Act {
  const story = [{ kind: 'paragraph' as const, spans: [{ kind: 'text' as const, text: words }] }]
  const mark = { repository: 987, pull: 57, news }
  const key = news === null ? 'comment:987:57:SHOP-7' : `news:987:57:SHOP-7:${news}`
  return { key, action: { kind: 'comment', issueKey: 'SHOP-7', story, mark, since: Number.MAX_SAFE_INTEGER } }
}

function versioned(kind: 'add-version' | 'release-version'): Act {
  const of = { issueKey: 'SHOP-7', name: 'shop v0.1.0' }
  const action =
    kind === 'add-version' ? { kind, ...of, description: 'acme/shop' } : { kind, ...of, date: '2026-02-03' }
  return { key: `${kind}:987:SHOP-7:v0.1.0`, action }
}

function linked(resolved: boolean): Act {
  const url = 'https://github.com/acme/shop/pull/57'
  const text = { title: 'acme/shop#57 Gift cards', summary: 'Gift cards' }
  const action = { kind: 'link' as const, issueKey: 'SHOP-7', globalId: 'github:987:57', url, ...text, resolved }
  return { key: 'link:987:57:SHOP-7', action }
}
