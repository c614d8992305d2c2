import { afterEach, describe, expect, it } from 'vitest'
import { createCode } from '../../src/github/code.ts'
import type { LineFacts } from '../../src/model/line.ts'
import type { PullFacts } from '../../src/model/pull.ts'
import { nothingAsked } from '../../src/reconcile/nothing-asked.ts'
import type { Code, LineWant } from '../../src/reconcile/world/code.ts'
import * as a from './answers.ts'
import { noMemory } from './no-memory.ts'
import { logInto, type Reply, type Script, type ScriptedGithub, startScriptedGithub } from './scripted-github.ts'

let github: ScriptedGithub
let clock: number
/** What it waited for, and nobody waits for here (ms). */
let pauses: number[]

async function start(script: Script): Promise<Code> {
  clock = 1_000_000
  pauses = []
  github = await startScriptedGithub(script, () => clock)
  return createCode({
    ...noMemory,
    octokitFor: github.octokitFor,
    appOctokit: await github.app(),
    app: a.app,
    markerSecret: 'a secret',
    now: Date.now,
    crashpoint: () => {},
    log: logInto([]),
    pause: async (ms) => void pauses.push(ms),
  })
}

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

/** Answers queries by their name; a list is used up call by call, its last entry for ever. */
function answers(byName: Readonly<Record<string, a.Piece | readonly unknown[]>>): Script {
  const used = new Map<string, number>()
  return (call): Reply => {
    const name =
      call.path === '/graphql' ? String(call.body['operationName']) : `${call.method} ${call.path.split('?')[0]}`
    const nth = used.get(name) ?? 0
    used.set(name, nth + 1)
    const given = byName[name]
    if (given === undefined) return { status: 501, body: { message: `no answer for ${name}` } }
    return { body: withOrganisation(Array.isArray(given) ? (given[nth] ?? given.at(-1)) : given) }
  }
}

/** Most queries ask for the organisation's defaults too: there are none unless an answer has them. */
function withOrganisation(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('data' in body)) return body
  return { ...body, data: { organisation: null, ...Object(body.data) } }
}

const names = () => github.calls.map((call) => call.body['operationName'] ?? `${call.method} ${call.path}`)

describe('reading a pull request', () => {
  const ref = { kind: 'pull', repository: a.repository, number: 3 } as const
  const read = async (code: Code): Promise<PullFacts> => {
    const facts = await code.readPull(ref)
    if (facts.kind !== 'found') throw new Error(facts.kind)
    return facts.value
  }

  it('takes one call', async () => {
    const facts = await read(await start(answers({ WaybillPull: a.pullAnswer() })))
    expect(names()).toEqual(['WaybillPull'])
    expect(facts).toMatchObject({
      repositoryUrl: 'https://github.com/acme/shop',
      defaultBranch: 'main',
      config: { kind: 'valid' },
      gated: ['main'],
      commits: { kind: 'found', value: [{ sha: 'c1' }] },
      reviews: { kind: 'found', value: [{ author: { login: 'reviewer' } }] },
      checks: { kind: 'found', value: { checks: [{ name: 'build' }] } },
      posted: [],
      sameHead: [],
    })
    expect(facts.members.size).toBe(0)
  })

  it('is absent when GitHub says so, and when another repository took the name', async () => {
    const missing = {
      data: { repository: { databaseId: 5, pullRequest: null } },
      errors: [{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'], message: '' }],
    }
    const gone = { data: { repository: null }, errors: [{ type: 'NOT_FOUND', path: ['repository'], message: '' }] }
    const code = await start(
      answers({ WaybillPull: [missing, gone, a.pullAnswer(a.pullRequest(), { databaseId: 6 })] }),
    )
    for (let i = 0; i < 3; i++) expect(await code.readPull(ref)).toEqual({ kind: 'absent' })
    expect(pauses).toEqual([1500])
  })

  it('never takes partial data for less data', async () => {
    const errors = [
      { type: 'SERVICE_UNAVAILABLE', path: ['repository', 'pullRequest', 'timelineItems'], message: 'no' },
    ]
    const code = await start(
      answers({ WaybillPull: { ...a.pullAnswer(a.pullRequest({ timelineItems: null })), errors } }),
    )
    await expect(code.readPull(ref)).rejects.toMatchObject({ name: 'Failed', failure: { kind: 'bug' } })
  })

  it('never takes a repository it may not see for one that is gone', async () => {
    const errors = [{ type: 'FORBIDDEN', path: ['repository'], message: 'Resource protected by organization SAML' }]
    const code = await start(answers({ WaybillPull: { data: { repository: null }, errors } }))
    await expect(code.readPull(ref)).rejects.toMatchObject({ failure: { kind: 'refused' } })
  })

  it('reads further pages of checks, commits and reviews', async () => {
    const head = {
      ...a.target({ oid: 'c1' }),
      ...a.checks([a.run()], [], { hasNextPage: true, endCursor: 'x' }),
      associatedPullRequests: a.page([]),
    }
    const pull = a.pullRequest({
      head: a.page([{ commit: head }]),
      commits: { ...a.page([{ commit: a.commit() }], { hasNextPage: true, endCursor: 'y' }), totalCount: 2 },
      timelineItems: a.page([a.review({ fullDatabaseId: '2' })], { hasPreviousPage: true, startCursor: 'z' }),
    })
    const red = a.checks([a.run({ databaseId: 131, conclusion: 'FAILURE' })])
    const more = {
      commits: { ...a.page([{ commit: a.commit({ oid: 'c2' }) }]), totalCount: 2 },
      timelineItems: a.page([a.review({ fullDatabaseId: '1' })]),
    }
    const facts = await read(
      await start(
        answers({
          WaybillPull: a.pullAnswer(pull),
          WaybillChecks: { data: { repository: { object: { __typename: 'Commit', ...red } } } },
          WaybillPullPage: { data: { repository: { pullRequest: more } } },
        }),
      ),
    )
    expect(facts.checks).toMatchObject({ value: { checks: [{ id: 100 }, { id: 131, state: 'failure' }] } })
    expect(facts.commits).toMatchObject({ value: [{ sha: 'c1' }, { sha: 'c2' }] })
    expect(facts.reviews).toMatchObject({ value: [{ id: 1 }, { id: 2 }] })
    expect(github.calls).toHaveLength(4)
  })

  it('says that there is no whole list when GitHub lists fewer commits than there are', async () => {
    const pull = a.pullRequest({ commits: { ...a.page([{ commit: a.commit() }]), totalCount: 251 } })
    const facts = await read(await start(answers({ WaybillPull: a.pullAnswer(pull) })))
    expect(facts.commits).toEqual({ kind: 'absent' })
  })

  it('asks for the head itself where the last commit listed is another', async () => {
    const other = { ...a.target({ oid: 'c0' }), ...a.checks([a.run()]), associatedPullRequests: a.page([]) }
    const none = {
      data: { repository: { object: { ...a.target(), ...a.checks([]), associatedPullRequests: a.page([]) } } },
    }
    const code = await start(
      answers({ WaybillPull: a.pullAnswer(a.pullRequest({ head: a.page([{ commit: other }]) })), WaybillHead: none }),
    )
    expect((await read(code)).checks).toEqual({ kind: 'found', value: { checks: [], suites: [] } })
  })

  it('asks again while mergeable is unknown, and only while the pull request is open', async () => {
    const again = (mergeable: string) => ({
      data: { repository: { pullRequest: { headRefOid: 'c1', baseRefOid: 'm1', mergeable } } },
    })
    const code = await start(
      answers({
        WaybillPull: [
          a.pullAnswer(a.pullRequest({ mergeable: 'UNKNOWN' })),
          a.pullAnswer(a.pullRequest({ mergeable: 'UNKNOWN', state: 'CLOSED' })),
        ],
        WaybillMergeable: again('CONFLICTING'),
      }),
    )
    expect((await read(code)).pull.mergeable).toBe('conflict')
    expect((await read(code)).pull).toMatchObject({ state: 'closed', mergeable: 'unknown' })
    expect(names()).toEqual(['WaybillPull', 'WaybillMergeable', 'WaybillPull'])
    expect(pauses).toEqual([1000])
  })

  it('reads the teams that may approve, for those who reviewed', async () => {
    const text = `${a.configuration}merge: { approvers: ["@acme/reviewers", "@acme/ghosts", "@hidden/team", developer] }\n`
    const base = { defaultBranchRef: { name: 'main', target: a.target({ yml: a.file(text) }) } }
    const teams = {
      data: {
        team0: {
          team: {
            members: a.page([
              { databaseId: 12, login: 'reviewer' },
              { databaseId: 99, login: 'other' },
            ]),
          },
        },
        team1: { team: null },
        team2: null,
      },
      errors: [{ type: 'NOT_FOUND', path: ['team2'], message: 'no' }],
    }
    const facts = await read(
      await start(answers({ WaybillPull: a.pullAnswer(a.pullRequest(), base), WaybillTeams: teams })),
    )
    expect(facts.members.get('@acme/reviewers')).toEqual({ kind: 'found', value: [12] })
    expect(facts.members.get('@acme/ghosts')).toEqual({ kind: 'absent' })
    expect(facts.members.get('@hidden/team')?.kind).toBe('unknown')
  })

  it('A23 names an approver that GitHub does not know only until it does, and asks no more then', async () => {
    const text = `${a.configuration}merge: { approvers: ["@acme/new"] }\n`
    const base = { defaultBranchRef: { name: 'main', target: a.target({ yml: a.file(text) }) } }
    const named = (team: a.Piece | null) => ({ data: { name0: { team } } })
    const code = await start(
      answers({
        WaybillPull: a.pullAnswer(a.pullRequest(), base),
        WaybillTeams: { data: { team0: { team: { members: a.page([]) } } } },
        WaybillApprovers: [named(null), named({ databaseId: 5 })],
      }),
    )
    expect((await read(code)).noApprovers).toEqual(['@acme/new'])
    expect((await read(code)).noApprovers).toEqual([])
    await read(code)
    expect(names().filter((name) => name === 'WaybillApprovers')).toHaveLength(2)
  })

  it('asks about each reviewer of a team that is too large for one page', async () => {
    const text = `${a.configuration}merge: { approvers: ["@acme/all"] }\n`
    const base = { defaultBranchRef: { name: 'main', target: a.target({ yml: a.file(text) }) } }
    const teams = { data: { team0: { team: { members: a.page([], { hasNextPage: true, endCursor: 'x' }) } } } }
    const membership = 'GET /orgs/acme/teams/all/memberships/reviewer'
    const script = answers({
      WaybillPull: a.pullAnswer(a.pullRequest(), base),
      WaybillTeams: teams,
      [membership]: { state: 'active' },
    })
    expect((await read(await start(script))).members.get('@acme/all')).toEqual({ kind: 'found', value: [12] })
  })

  it('judges by the base branch, and knows the other pull requests of the head', async () => {
    const other = (number: number, change: a.Piece = {}) => ({
      number,
      state: 'OPEN',
      headRefOid: 'c1',
      baseRefName: 'main',
      ...change,
    })
    const same = [
      other(3),
      other(4),
      other(5, { state: 'CLOSED' }),
      other(6, { headRefOid: 'c0' }),
      other(7, { baseRefName: 'develop' }),
    ]
    const head = { ...a.target({ oid: 'c1', yml: null }), ...a.checks([]), associatedPullRequests: a.page(same) }
    const pull = a.pullRequest({
      baseRefName: 'develop',
      baseRef: { target: a.target({ yml: null }) },
      head: a.page([{ commit: head }]),
    })
    const facts = await read(await start(answers({ WaybillPull: a.pullAnswer(pull) })))
    expect(facts).toMatchObject({ config: { kind: 'absent' }, gated: ['main'], sameHead: [4] })
  })

  it('reads every page of the pull requests that hold the head, and those of its branch; a hidden branch stops nothing', async () => {
    const other = (number: number) => ({ number, state: 'OPEN', headRefOid: 'c1', baseRefName: 'main' })
    const first = a.page([other(4)], { hasNextPage: true, endCursor: 'c' })
    const head = { ...a.target({ oid: 'c1' }), ...a.checks([]), associatedPullRequests: first }
    const pull = { head: a.page([{ commit: head }]), headRef: { associatedPullRequests: a.page([other(4), other(6)]) } }
    const object = { __typename: 'Commit', associatedPullRequests: a.page([other(5)]) }
    const code = await start(
      answers({
        WaybillPull: [
          a.pullAnswer(a.pullRequest(pull)),
          {
            ...a.pullAnswer(a.pullRequest({ ...pull, headRef: null })),
            errors: [{ type: 'FORBIDDEN', path: ['repository', 'pullRequest', 'headRef'], message: 'no' }],
          },
        ],
        WaybillSameHead: { data: { repository: { object } } },
      }),
    )
    expect((await read(code)).sameHead).toEqual([4, 5, 6])
    expect((await read(code)).sameHead).toEqual([4, 5])
  })
})

describe('reading a line', () => {
  const ref = { kind: 'line', repository: a.repository, branch: 'main' } as const
  const read = async (code: Code, want: LineWant = nothingAsked): Promise<LineFacts> => {
    const facts = await code.readLine(ref, want)
    if (facts.kind !== 'found') throw new Error(facts.kind)
    return facts.value
  }
  const history = (...commits: a.Piece[]) => ({
    ref: { target: { ...a.target({ oid: commits[0]?.['oid'] }), history: a.page(commits) } },
  })
  const noDeployments = { deployments0: a.page([]), deployments1: a.page([]) }

  it('takes two calls the first time and one ever after, and leaves out the commit that brought the file', async () => {
    const line = a.lineAnswer({
      ...history(
        a.lineCommit('m3', 'm2'),
        a.lineCommit('m2', 'm1'),
        a.lineCommit('m1', 'm0', { yml: { type: 'blob' } }),
        a.lineCommit('m0', null, { yml: null }),
      ),
      ...noDeployments,
    })
    const code = await start(answers({ WaybillLine: line }))
    const facts = await read(code)
    expect(facts).toMatchObject({ headSha: 'm3', walk: 'adoption', deployments: [], config: { kind: 'valid' } })
    expect(facts.commits.map((commit) => commit.sha)).toEqual(['m3', 'm2'])
    expect(github.calls).toHaveLength(2)
    await read(code)
    expect(github.calls).toHaveLength(3)
    expect(github.calls[2]?.body['variables']).toMatchObject({ environment0: 'staging', environment1: 'production' })
  })

  it('asks for less after GitHub could not finish the query', async () => {
    const broke = { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] }
    const code = await start(answers({ WaybillLine: [broke, a.lineAnswer(noDeployments)] }))
    await expect(code.readLine(ref, nothingAsked)).rejects.toMatchObject({ failure: { kind: 'busy' } })
    clock += 5000
    await read(code)
    expect(github.calls.map((call) => call.body['variables'])).toMatchObject([{ depth: 20 }, { depth: 10 }, {}])
  })

  it('reads all checks of a merge that has no version, whatever else is tagged on it, and no more of one that has', async () => {
    const cut = a.checks([a.run()], [], { hasNextPage: true, endCursor: 'x' })
    const red = a.checks([a.run({ databaseId: 131, conclusion: 'FAILURE' })])
    const under = (tag: string) =>
      a.lineAnswer({
        ...history(a.lineCommit('m2', 'm1', cut), a.lineCommit('m1', null)),
        ...noDeployments,
        refs: a.page([a.tag(tag, 'm2')]),
      })
    const more = { data: { repository: { object: { __typename: 'Commit', ...red } } } }
    const checksUnder = async (tag: string) =>
      (await read(await start(answers({ WaybillLine: under(tag), WaybillChecks: more })))).commits[0]
    expect((await checksUnder('nightly'))?.checks).toMatchObject({ value: { checks: [{ id: 100 }, { id: 131 }] } })
    expect(await checksUnder('v1.0.0')).toMatchObject({ checks: { kind: 'unknown' }, posted: null })
  })

  it('follows first parents only, and keeps what a merge without a pull request brought', async () => {
    const commits = [
      a.lineCommit('m2', null, { parents: { nodes: [{ oid: 'm1' }, { oid: 'side' }] } }),
      a.lineCommit('side', 'm1'),
      a.lineCommit('m1', 'm0'),
      a.lineCommit('m0', null),
    ]
    const facts = await read(
      await start(answers({ WaybillLine: a.lineAnswer({ ...history(...commits), ...noDeployments }) })),
    )
    expect(facts.commits.map((commit) => commit.sha)).toEqual(['m2', 'm1'])
    expect(facts.commits.map(({ brought }) => brought.map(({ sha }) => sha))).toEqual([['side'], []])
  })

  it('ends at the version below everything that is live', async () => {
    const commits = ['m6', 'm5', 'm4', 'm3', 'm2', 'm1'].map((oid, i, all) => a.lineCommit(oid, all[i + 1] ?? null))
    const live = (environment: string, commitOid: string, databaseId: number) =>
      a.deployment({ environment, commitOid, databaseId })
    const line = a.lineAnswer({
      ...history(...commits),
      refs: a.page([
        a.tag('v1.3.0', 'm6'),
        a.tag('v1.2.0', 'm5'),
        a.tag('v1.1.0', 'm4'),
        a.tag('v1.0.1-rc.1', 'm3'),
        a.tag('v1.0.0', 'm2'),
      ]),
      deployments0: a.page([live('staging', 'm6', 72)]),
      deployments1: a.page([live('production', 'm4', 71)]),
    })
    const facts = await read(await start(answers({ WaybillLine: line })), {
      ...nothingAsked,
      settled: async () => new Set([71, 72]),
    })
    expect(facts.walk).toBe('version')
    expect(facts.commits.map((commit) => commit.sha)).toEqual(['m6', 'm5', 'm4', 'm3'])
  })

  it('reads on while history, tags, releases or deployments are cut off where they matter', async () => {
    const first = a.lineAnswer({
      ref: {
        target: {
          ...a.target({ oid: 'm3' }),
          history: a.page([a.lineCommit('m3', 'm2')], { hasNextPage: true, endCursor: 'h' }),
        },
      },
      refs: a.page([a.tag('nightly', 'm3')], { hasNextPage: true, endCursor: 't' }),
      releases: a.page([], { hasNextPage: true, endCursor: 'r' }),
      deployments0: a.page([a.deployment({ commitOid: 'm2' })]),
      deployments1: a.page([], { hasNextPage: true, endCursor: 'd' }),
    })
    const names = a.lineAnswer({
      deployments0: a.page([a.deployment({ commitOid: 'm2' })]),
      deployments1: a.page([], { hasNextPage: true, endCursor: 'd' }),
    })
    const more = a.lineAnswer({
      object: {
        __typename: 'Commit',
        oid: 'm3',
        history: a.page([a.lineCommit('m2', 'm1'), a.lineCommit('m1', null)]),
      },
      refs: a.page([a.tag('v1.0.0', 'm2')]),
      releases: a.page([{ tagName: 'v1.0.0', isDraft: false, createdAt: '2026-01-01T00:00:00Z' }]),
      deployments0: a.page([a.deployment({ environment: 'production', commitOid: 'm2' })]),
    })
    const facts = await read(await start(answers({ WaybillLine: [first, names, more] })), {
      ...nothingAsked,
      settled: async () => new Set([70]),
    })
    expect(facts.commits.map((commit) => commit.sha)).toEqual(['m3', 'm2'])
    expect(facts.tags.map((tag) => tag.name)).toEqual(['nightly', 'v1.0.0'])
    expect(facts.deployments).toHaveLength(2)
    expect(facts.released).toEqual(['v1.0.0'])
    expect(github.calls[3]?.body['variables']).toEqual({ owner: 'acme', name: 'shop', releases: 'r', manyReleases: 50 })
    expect(github.calls[2]?.body['variables']).toMatchObject({
      history: 'h',
      oid: 'm3',
      tags: 't',
      deployments0: 'd',
    })
  })

  it("V1a: looks for the line's own versions behind newer ones that stand aside", async () => {
    const later = { committedDate: '2026-02-01T00:00:00Z' }
    const first = a.lineAnswer({
      ...history(
        a.lineCommit('m3', 'm2', later),
        a.lineCommit('m2', 'm1', later),
        a.lineCommit('m1', null, { yml: null }),
      ),
      refs: a.page([a.tag('v9.0.0', 'aside')], { hasNextPage: true, endCursor: 't' }),
      ...noDeployments,
    })
    const more = a.lineAnswer({ refs: a.page([a.tag('v1.9.0', 'old')]) })
    const below = { ref: { target: { oid: 'm3' }, below0: { aheadBy: 4 }, below1: { aheadBy: 0 } } }
    const script = answers({
      WaybillLine: [first, first, more],
      WaybillBelow: { data: { repository: { databaseId: 5, ...below } } },
    })
    expect((await read(await start(script))).below).toEqual(new Set(['v1.9.0']))
  })

  it('numbers the statuses of deployments whose end was not told', async () => {
    const statuses = [{ id: 9, state: 'success', created_at: '2026-01-03T00:00:00Z', description: 'x', creator: null }]
    const line = a.lineAnswer({
      deployments0: a.page([a.deployment(), a.deployment({ databaseId: 60, createdAt: '2026-01-02T00:00:00Z' })]),
      deployments1: a.page([]),
    })
    const script = answers({
      WaybillLine: line,
      'GET /repos/acme/shop/deployments/70/statuses': [statuses],
    })
    const facts = await read(await start(script), { ...nothingAsked, settled: async () => new Set([60]) })
    expect(facts.deployments).toMatchObject([
      { id: 70, numbered: true, statuses: [{ id: 9, state: 'success' }] },
      { id: 60, numbered: false },
    ])
  })

  it("reads the wishes' comments and the askers' teams in the same call, once the teams are known", async () => {
    const comment = {
      __typename: 'IssueComment',
      fullDatabaseId: '31',
      body: '/waybill promote production',
      lastEditedAt: null,
      author: a.user(13, 'analyst'),
    }
    const team0 = { team: { members: a.page([{ databaseId: 13, login: 'analyst' }]) } }
    const code = await start(answers({ WaybillLine: a.lineAnswer(noDeployments, { comments: [comment], team0 }) }))
    const want: LineWant = {
      ...nothingAsked,
      comments: [{ commentId: 31, nodeId: 'IC_1' }],
      askers: [
        { id: 13, login: 'analyst' },
        { id: 11, login: 'developer' },
      ],
    }
    for (const calls of [2, 3]) {
      const facts = await read(code, want)
      expect(facts.members.get('@acme/analysts')).toEqual({ kind: 'found', value: [13] })
      expect(facts.comments.get(31)).toMatchObject({ kind: 'found', value: { authorId: 13 } })
      expect(github.calls).toHaveLength(calls)
    }
    expect((await read(code)).members.get('@acme/analysts')).toEqual({ kind: 'found', value: [] })
  })

  it('asks who may push where write access promotes', async () => {
    const yml = a.file(a.configuration.replace('["@acme/analysts"]', 'write-access'))
    const permission = (id: number, value: string) => ({ permission: value, user: { id } })
    const line = a.lineAnswer({
      ref: { target: { ...a.target({ yml }), history: a.page([a.lineCommit('m1', null)]) } },
      ...noDeployments,
    })
    const path = (login: string) => `GET /repos/acme/shop/collaborators/${login}/permission`
    const script = answers({
      WaybillLine: line,
      [path('one')]: permission(1, 'write'),
      [path('two')]: permission(2, 'read'),
      [path('three')]: permission(4, 'admin'),
    })
    const askers = [
      { id: 1, login: 'one' },
      { id: 2, login: 'two' },
      { id: 3, login: 'three' },
    ]
    expect((await read(await start(script), { ...nothingAsked, askers })).writers).toEqual({
      kind: 'found',
      value: [1],
    })
  })

  it('gives nothing to plan with where no file can be used', async () => {
    const without = { ref: { target: { ...a.target({ yml: null }), history: a.page([a.lineCommit('m1', null)]) } } }
    const code = await start(
      answers({ WaybillLine: [a.lineAnswer(without), { data: { repository: { databaseId: 5, ref: null } } }] }),
    )
    expect(await read(code)).toMatchObject({ config: { kind: 'absent' }, commits: [], walk: 'adoption' })
    expect(await code.readLine(ref, nothingAsked)).toEqual({ kind: 'absent' })
  })
})

describe('reading a branch', () => {
  const ref = { kind: 'branch', repository: a.repository, branch: 'SHOP-7-gift-cards' } as const
  const head = {
    __typename: 'Commit',
    oid: 'c1',
    message: 'SHOP-7 add',
    committedDate: '2026-01-01T00:00:00Z',
    author: { name: 'D', email: 'd@example.com' },
    ...a.checks([a.run()]),
  }
  const branch = (name: string, oid: string, pulls = 0) => ({
    name,
    target: { oid },
    associatedPullRequests: { totalCount: pulls },
  })
  const answer = (change: a.Piece = {}) => ({
    data: {
      repository: {
        databaseId: 5,
        url: 'https://github.com/acme/shop',
        pushedAt: '2026-01-02T00:00:00Z',
        defaultBranchRef: { name: 'main', target: a.target(), compare: { aheadBy: 2, commits: a.page([]) } },
        ref: { associatedPullRequests: a.page([]), target: head },
        refs: a.page([branch('main', 'm1'), branch('SHOP-7-gift-cards', 'c1'), branch('gift-cards', 'c1', 1)]),
        ...change,
      },
    },
  })

  it('takes one call', async () => {
    const code = await start(answers({ WaybillBranch: answer() }))
    expect(await code.readBranch(ref)).toMatchObject({
      value: {
        defaultBranch: 'main',
        head: {
          sha: 'c1',
          pusher: null,
          openPulls: [],
          onLine: false,
          siblings: [{ name: 'gift-cards', hasOpenPull: true }],
          pushedAt: Date.parse('2026-01-02T00:00:00Z'),
        },
      },
    })
    expect(github.calls).toHaveLength(1)
  })

  it('knows a branch that is gone, and one that the line has already', async () => {
    const gone = answer({ ref: null, defaultBranchRef: { name: 'main', target: a.target(), compare: null } })
    const merged = answer({
      defaultBranchRef: { name: 'main', target: a.target(), compare: { aheadBy: 0, commits: a.page([]) } },
    })
    const code = await start(
      answers({
        WaybillBranch: [
          {
            ...gone,
            errors: [{ type: 'NOT_FOUND', path: ['repository', 'defaultBranchRef', 'compare'], message: '' }],
          },
          merged,
        ],
      }),
    )
    expect(await code.readBranch(ref)).toMatchObject({ kind: 'found', value: { head: null } })
    expect(await code.readBranch(ref)).toMatchObject({ value: { head: { onLine: true } } })
  })

  it('asks who pushed where only bots are exempt', async () => {
    const activity = [{ actor: { id: 49699333, login: 'dependabot[bot]', type: 'Bot' } }]
    const code = await start(answers({ WaybillBranch: answer(), 'GET /repos/acme/shop/activity': [activity] }))
    const facts = await code.readBranch({ ...ref, branch: 'dependabot/npm/x-1.2.3' })
    expect(facts).toMatchObject({ value: { head: { pusher: { id: 49699333, login: 'dependabot', kind: 'bot' } } } })
  })
})

describe('finding subjects', () => {
  const pull = (number: number, change: a.Piece = {}) => ({
    number,
    state: 'OPEN',
    headRefOid: 'c1',
    headRefName: `b${number}`,
    baseRefName: 'main',
    isCrossRepository: false,
    mergeCommit: null,
    isDraft: false,
    mergeable: 'MERGEABLE',
    reviewDecision: null,
    updatedAt: '2026-02-03T12:00:00Z',
    baseRef: { target: a.target({ mailmap: null }) },
    head: { nodes: [{ commit: { __typename: 'Commit', oid: 'c1', ...a.checks([a.run()]) } }] },
    ...change,
  })
  const tip = { __typename: 'Commit', oid: 'c1', statusCheckRollup: null }
  const main = (change: a.Piece = {}) => ({
    defaultBranchRef: { name: 'main', target: a.target(), compare: { aheadBy: 1, commits: a.page([]) }, ...change },
  })

  it('C20 names what a commit belongs to, the pull request of a fork among it', async () => {
    const pulls = [
      pull(1),
      pull(2, { isCrossRepository: true }),
      pull(3, { state: 'MERGED' }),
      pull(4, { headRefOid: 'c0' }),
    ]
    const refs = a.page([
      { name: 'b1', target: { oid: 'c1' } },
      { name: 'b9', target: { oid: 'c1' } },
      { name: 'gh-readonly-queue/main/pr-1-m1', target: { oid: 'c1' } },
      { name: 'main', target: { oid: 'm1' } },
    ])
    const object = { __typename: 'Commit', associatedPullRequests: a.page(pulls) }
    const json = { databaseId: 5, ...main(), object, refs }
    const code = await start(
      answers({
        WaybillCommit: [
          { data: { repository: json } },
          {
            data: {
              repository: {
                ...json,
                ...main({ compare: { aheadBy: 0, commits: a.page([]) } }),
                refs: a.page([]),
                object: null,
              },
            },
          },
          { data: { repository: { ...json, ...main({ target: a.target({ yml: null }) }) } } },
        ],
      }),
    )
    const ref = { kind: 'commit', repository: a.repository, sha: 'c1' } as const
    expect(await code.readCommit(ref)).toMatchObject([
      { kind: 'pull', number: 1 },
      { kind: 'pull', number: 2 },
      { kind: 'branch', branch: 'b9' },
      { kind: 'queue', branch: 'main' },
    ])
    expect(await code.readCommit(ref)).toMatchObject([{ kind: 'line', branch: 'main' }])
    expect(await code.readCommit(ref)).toEqual([])
  })

  it('lists what a sweep looks at, page by page', async () => {
    const base = { databaseId: 5, ...main() }
    const none = { totalCount: 0, nodes: [] }
    const { defaultBranchRef } = base
    const one = {
      ...base,
      defaultBranchRef: { ...defaultBranchRef, target: { ...defaultBranchRef.target, statusCheckRollup: null } },
      ...{ tags: none, releases: none, deployments: none },
      pullRequests: a.page([pull(1)]),
      refs: a.page(
        [
          { name: 'main', target: tip },
          { name: 'b1', target: tip },
        ],
        { hasNextPage: true, endCursor: 'b' },
      ),
    }
    const two = {
      ...base,
      refs: a.page([
        { name: 'b2', target: tip },
        { name: 'gh-readonly-queue/main/pr-1-m1', target: tip },
      ]),
    }
    const code = await start(answers({ WaybillRefs: [{ data: { repository: one } }, { data: { repository: two } }] }))
    expect(await code.listRefs(a.repository)).toMatchObject([
      { kind: 'line', branch: 'main' },
      { kind: 'pull', number: 1 },
      { kind: 'branch', branch: 'b2' },
      { kind: 'queue', branch: 'main' },
    ])
    expect(github.calls[1]?.body['variables']).toMatchObject({
      ...{ withPulls: false, withBranches: true, withLine: false, branches: 'b' },
    })
  })

  it('lists installations that may be called, and their repositories with whether there is anything to do', async () => {
    const shop = { id: 5, node_id: 'R5', name: 'shop', owner: { login: 'acme' }, archived: false, disabled: false }
    const installations = [
      { id: 1, suspended_at: null },
      { id: 2, suspended_at: '2026-01-01T00:00:00Z' },
    ]
    const tip = (yml: object | null) => ({ defaultBranchRef: { target: { yml, yaml: null } } })
    const nodes = [tip({ oid: 'x' }), tip(null), { defaultBranchRef: null }, null]
    const errors = [{ type: 'FORBIDDEN', path: ['nodes', 3], message: 'no' }]
    const others = [6, 7, 8].map((id) => ({ ...shop, id, node_id: `R${id}` }))
    const archived = { ...shop, id: 9, node_id: 'R9', archived: true }
    const code = await start((call) => {
      if (call.path.startsWith('/app/installations')) return { body: installations }
      if (call.path === '/graphql') return { body: { data: { nodes }, errors } }
      return { body: { repositories: [shop, ...others, archived] } }
    })
    expect(await code.listInstallations()).toEqual([1])
    const listed = await code.listRepositories(1)
    expect(listed[0]?.repository).toEqual(a.repository)
    expect(listed.map(({ repository, closed, configured }) => [repository.id, closed, configured])).toEqual([
      [5, false, true],
      [6, false, false],
      [7, false, false],
      [8, false, true],
      [9, true, false],
    ])
    expect(github.calls.at(-1)?.body['variables']).toEqual({ ids: ['R5', 'R6', 'R7', 'R8'] })
  })
})
