import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Act, CommentOnIssue, MoveIssue } from '../../src/model/issue-action.ts'
import { pullReport } from '../jira/reports.ts'
import { openPost, shop } from './jira-post.ts'

let post: Awaited<ReturnType<typeof openPost>>
beforeAll(async () => {
  post = await openPost()
})
afterAll(() => post.close())
afterEach(async () => {
  expect(await post.site.violations()).toEqual([])
  await post.site.calm()
})

const moved = (issueKey: string, change: Partial<MoveIssue> = {}, subject = '1'): Act => {
  const station = change.station ?? 'merged'
  const action = {
    kind: 'move' as const,
    issueKey,
    station,
    target: 'In Review',
    because: '#1 was merged',
    at: 1,
    ...change,
  }
  return { key: `move:987:${issueKey}:${station}:${subject}`, action }
}

const said = (issueKey: string, words: string, change: Partial<CommentOnIssue> = {}, subject = 1): Act => {
  const mark = { repository: 987, pull: subject, news: null }
  const story = [{ kind: 'paragraph' as const, spans: [{ kind: 'text' as const, text: words }] }]
  const since = Number.MAX_SAFE_INTEGER
  return {
    key: `comment:987:${subject}:${issueKey}`,
    action: { kind: 'comment', issueKey, story, mark, since, ...change },
  }
}

async function act(...acts: readonly Act[]) {
  for (const one of acts) await post.memory.saveAct(shop, one)
  await post.send()
}

const statusOf = async (key: string) => (await post.site.shown(key))['status']
const commentsOn = async (key: string) => (await post.site.shown(key))['comments'] ?? []
const troubles = async (key: string) => {
  return (await post.memory.troubledActs(shop)).filter((one) => one.issueKey === key).map(({ cause }) => cause)
}
type Shown = Awaited<ReturnType<typeof post.site.shown>>

const callsOf = async (run: () => Promise<void>) => {
  const before = (await post.site.calls()).length
  await run()
  return (await post.site.calls()).slice(before)
}

describe('moving an issue', () => {
  it('takes the one way to the status, once; where it is there already nothing is written', async () => {
    await act(moved('SHOP-1', { target: 'in review' }))
    expect(await statusOf('SHOP-1')).toBe('In Review')
    await post.site.order({ key: 'SHOP-1', status: 'To Do' })
    expect(await callsOf(() => act(moved('SHOP-1', { target: 'in review' })))).toEqual([])
    expect(await statusOf('SHOP-1')).toBe('To Do')
    const calls = await callsOf(() => act(moved('SHOP-1', { target: 'To Do', station: 'staging' })))
    expect(calls).toEqual(['GET /rest/api/3/issue/{issueIdOrKey}'])
  })

  it('guesses nothing: no way, several ways, and fields that only a person can fill in are said', async () => {
    await post.site.order({ key: 'SHOP-2', ways: [{ name: 'Park', to: 'To Do' }] })
    await act(moved('SHOP-2'))
    await post.site.order({
      key: 'SHOP-3',
      ways: [
        { name: 'Ask', to: 'In Review' },
        { name: 'Insist', to: 'In Review' },
      ],
    })
    await act(moved('SHOP-3'))
    await post.site.order({
      key: 'SHOP-4',
      ways: [{ name: 'Ask', to: 'In Review', asks: ['Resolution', 'Root cause'] }],
    })
    await act(moved('SHOP-4'))
    post.hints.length = 0
    await act(moved('SHOP-2', { station: 'pull-request' }, '41'))
    await act(moved('SHOP-2', { station: 'pull-request' }, '41'))
    // The gate of the pull request says so, once.
    expect(post.hints).toEqual(['pull 41'])
    expect((await post.memory.refusedActs(shop)).filter(({ key }) => key.endsWith(':41'))).toMatchObject([
      { issueKey: 'SHOP-2', cause: 'no transition leads from In Progress to In Review' },
    ])
    expect((await troubles('SHOP-2')).slice(1)).toEqual(['no transition leads from In Progress to In Review'])
    expect(await troubles('SHOP-3')).toEqual(['several transitions lead from In Progress to In Review: Ask, Insist'])
    expect(await troubles('SHOP-4')).toEqual([
      'the transition to In Review asks for Resolution, Root cause, which only a person can fill in',
    ])
    for (const key of ['SHOP-2', 'SHOP-3', 'SHOP-4']) expect(await statusOf(key)).toBe('In Progress')
  })

  it('of several that waited through an outage only the last is made', async () => {
    await post.site.fault({ call: 'GET /rest/api/3/issue/{issueIdOrKey}', fault: '503', times: 100 })
    await act(moved('SHOP-5', { station: 'pull-request', target: 'In Review', at: 1 }))
    await act(moved('SHOP-5', { station: 'staging', target: 'To Do', at: 3 }))
    await act(moved('SHOP-5', { station: 'merged', target: 'Done', at: 2 }))
    await post.site.calm()
    post.site.clock.now += 300_000
    const calls = await callsOf(() => post.send())
    expect(calls.filter((call) => call.startsWith('POST'))).toHaveLength(1)
    expect(await statusOf('SHOP-5')).toBe('To Do')
  })

  it('of two stations in the same second the one that comes later on the way is the last', async () => {
    await post.site.order({ key: 'SHOP-5', status: 'In Progress' })
    await post.site.fault({ call: 'GET /rest/api/3/issue/{issueIdOrKey}', fault: '503', times: 100 })
    await act(moved('SHOP-5', { station: 'production', target: 'Done', at: 9 }, '2'))
    await act(moved('SHOP-5', { station: 'staging', target: 'In Review', at: 9 }, '3'))
    await post.site.calm()
    post.site.clock.now += 300_000
    await post.send()
    expect(await statusOf('SHOP-5')).toBe('Done')
  })

  it('B19 the production status waits for every open pull request of the issue, and is remembered as our own', async () => {
    await post.save(pullReport({ number: 12 }, { issueKeys: ['SHOP-6'] }))
    await act(moved('SHOP-6', { station: 'production', target: 'Done', at: 5 }))
    expect(await statusOf('SHOP-6')).toBe('In Progress')
    expect(await troubles('SHOP-6')).toEqual(['acme/shop#12 of this issue is still open'])
    expect(await post.memory.movedToDone(['SHOP-6'])).toEqual(new Set())
    await post.save(pullReport({ number: 12, status: 'MERGED' }, { issueKeys: ['SHOP-6'] }))
    post.site.clock.now += 300_000
    await post.send()
    expect(await statusOf('SHOP-6')).toBe('Done')
    expect(await post.memory.movedToDone(['SHOP-6', 'SHOP-1'])).toEqual(new Set(['SHOP-6']))
    expect(await troubles('SHOP-6')).toEqual([])
  })

  it('a production status that waited moves nothing back to where the issue was before it was taken back', async () => {
    await post.site.order({ key: 'SHOP-8', status: 'In Progress' })
    await post.save(pullReport({ number: 13 }, { issueKeys: ['SHOP-8'] }))
    await act(moved('SHOP-8', { station: 'production', target: 'Done', at: 5 }))
    await act(moved('SHOP-8', { station: 'pull-request', target: 'In Review', at: 6 }))
    await act(moved('SHOP-8', { station: 'rolled-back', target: 'To Do', at: 7 }))
    await post.save(pullReport({ number: 13, status: 'DECLINED' }, { issueKeys: ['SHOP-8'] }))
    post.site.clock.now += 300_000
    await post.send()
    expect(await statusOf('SHOP-8')).toBe('To Do')
    expect(await troubles('SHOP-8')).toEqual([])
  })

  it('what was moved last is what was moved last, whatever was wanted first', async () => {
    await post.site.order({ key: 'SHOP-6', status: 'In Progress' })
    await post.save(pullReport({ number: 14 }, { issueKeys: ['SHOP-6'] }))
    await act(moved('SHOP-6', { station: 'production', target: 'Done', at: 15 }, '2'))
    await act(moved('SHOP-6', { station: 'pull-request', target: 'In Review', at: 16 }, '2'))
    expect(await statusOf('SHOP-6')).toBe('In Review')
    await post.save(pullReport({ number: 14, status: 'DECLINED' }, { issueKeys: ['SHOP-6'] }))
    post.site.clock.now += 300_000
    await post.send()
    expect(await statusOf('SHOP-6')).toBe('Done')
    expect(await post.memory.movedToDone(['SHOP-6'])).toEqual(new Set(['SHOP-6']))
  })

  it('an issue that is gone, a conflict, a missing permission', async () => {
    await act(moved('SHOP-70'))
    expect(await troubles('SHOP-70')).toEqual(["SHOP-70 is not there, or Waybill's account can't see it"])
    await post.site.fault({ call: 'POST /rest/api/3/issue/{issueIdOrKey}/transitions', fault: '403' })
    await act(moved('SHOP-7'))
    expect((await troubles('SHOP-7'))[0]).toContain('Transition issues')
  })
})

describe('the comment', () => {
  it('one for an issue and a pull request, edited in place; said again, nothing is written', async () => {
    await act(said('SHOP-1', 'first'))
    await act(said('SHOP-1', 'second'))
    expect(await callsOf(() => act(said('SHOP-1', 'second')))).toEqual([])
    const comments = await commentsOn('SHOP-1')
    expect(comments).toHaveLength(1)
    expect(JSON.stringify(comments)).toContain('second')
    await act(said('SHOP-1', 'of another', {}, 2))
    expect(await commentsOn('SHOP-1')).toHaveLength(2)
  })

  it('is found again by what it carries when our memory is younger than the pull request', async () => {
    await act(said('SHOP-2', 'before'))
    const { issueKey, ...rest } = said('SHOP-2', 'after', { since: 0 }).action
    await act({ key: 'comment:987:1:SHOP-2:as-if-lost', action: { ...rest, issueKey } as CommentOnIssue })
    const comments = await commentsOn('SHOP-2')
    expect(comments).toHaveLength(1)
    expect(JSON.stringify(comments)).toContain('after')
  })

  it('an answer that was lost on the way makes no second one', async () => {
    await post.site.fault({ call: 'POST /rest/api/3/issue/{issueIdOrKey}/comment', fault: 'reset', phase: 'after' })
    await act(said('SHOP-3', 'once'))
    post.site.clock.now += 300_000
    await post.send()
    expect(await commentsOn('SHOP-3')).toHaveLength(1)
    await act(said('SHOP-3', 'once more'))
    expect(await commentsOn('SHOP-3')).toHaveLength(1)
  })

  it('one that somebody deleted is written anew', async () => {
    await act(said('SHOP-4', 'here'))
    post.site.state.issues.find(({ key }) => key === 'SHOP-4')?.comments.splice(0)
    await act(said('SHOP-4', 'here again'))
    expect(await commentsOn('SHOP-4')).toHaveLength(1)
  })

  it('10,000 characters of ADF, wiki markup and mentions arrive as one text', async () => {
    const hostile =
      `*bold* [~accountid:5b10] {code}x{code} {"type":"mention","attrs":{"id":"1"}} <script> @all\u202e `.repeat(100)
    await act(said('SHOP-5', hostile))
    const [comment] = await commentsOn('SHOP-5')
    const body = JSON.stringify(comment?.['body'])
    expect(body).not.toContain('"type":"mention"')
    expect(comment?.['body']).toMatchObject({ content: [{ content: [{ type: 'text' }] }] })
    expect(body.length).toBeLessThan(1000)
  })

  it('F77 429 for one issue: its comment waits as told, others are written', async () => {
    const call = 'POST /rest/api/3/issue/{issueIdOrKey}/comment'
    await post.site.fault({ call, fault: '429', seconds: 30, issue: 'SHOP-8' })
    await act(said('SHOP-8', 'later'), said('SHOP-9', 'now'))
    expect(await commentsOn('SHOP-8')).toEqual([])
    expect(await commentsOn('SHOP-9')).toHaveLength(1)
    post.site.clock.now += 30_000
    await post.send()
    expect(await commentsOn('SHOP-8')).toHaveLength(1)
  })
})

describe('fix versions and links', () => {
  const versioned = (issueKey: string, name: string): Act => {
    return { key: `add-version:${name}:${issueKey}`, action: { kind: 'add-version', issueKey, name, description: '' } }
  }

  it('makes the version once, adds it beside what is there, and releases it', async () => {
    await act(
      versioned('SHOP-1', 'shop v1.4.0'),
      versioned('SHOP-2', 'shop v1.4.0'),
      versioned('SHOP-1', 'shop v1.5.0'),
    )
    expect((await post.site.shown('SHOP-1'))['fixVersions']).toEqual(['shop v1.4.0', 'shop v1.5.0'])
    expect((await post.site.shown('SHOP-2'))['fixVersions']).toEqual(['shop v1.4.0'])
    const action = { kind: 'release-version' as const, issueKey: 'SHOP-1', name: 'shop v1.4.0', date: '2026-02-03' }
    await act({ key: 'release-version:1', action })
    const version = post.site.state.versions.find(({ name }) => name === 'shop v1.4.0')
    expect(version).toMatchObject({ released: true, releaseDate: '2026-02-03' })
    expect(post.site.state.versions).toHaveLength(2)
  })

  it('what an account may not make or release names the permission; a version that is not there yet is waited for', async () => {
    const { state } = post.site
    const call = 'POST /rest/api/3/version'
    await post.site.fault({ call, fault: '404' })
    await act(versioned('SHOP-7', 'shop v7'))
    expect((await troubles('SHOP-7')).join()).toContain('Administer projects')
    const release = { kind: 'release-version' as const, issueKey: 'SHOP-7', date: '2026-02-03' }
    await act({ key: 'release-version:7', action: { ...release, name: 'shop v7' } })
    expect((await troubles('SHOP-7'))[0]).toBe('SHOP has no version shop v7')
    await act(versioned('SHOP-8', 'shop v7'))
    await post.site.fault({ call: 'PUT /rest/api/3/version/{id}', fault: '404' })
    post.site.clock.now += 30_000
    await post.send()
    expect((await troubles('SHOP-7'))[0]).toContain('does not let Waybill release shop v7')
    await act({ key: 'release-version:8', action: { ...release, name: 'shop v8' } })
    await act(versioned('SHOP-8', 'shop v8'))
    post.site.clock.now += 30_000
    await post.send()
    expect(state.versions.find(({ name }) => name === 'shop v8')).toMatchObject({ released: true })
  })

  it('finds a version among many whose names hold its own, and leaves an archived one to people', async () => {
    const { state } = post.site
    const projectId = state.projects.find(({ key }) => key === 'SHOP')?.id ?? 0
    const blank = { projectId, description: '', released: false, releaseDate: undefined }
    const of = (name: string, archived: boolean) => ({ ...blank, id: String(state.nextId()), name, archived })
    for (let patch = 10; patch < 70; patch++) state.versions.push(of(`shop v3.0.1${patch}`, false))
    state.versions.push(of('shop v3.0.1', false), of('shop v3.1.0', true))
    await act(versioned('SHOP-3', 'shop v3.0.1'), versioned('SHOP-3', 'shop v3.1.0'))
    expect((await post.site.shown('SHOP-3'))['fixVersions']).toEqual(['shop v3.0.1'])
    expect(state.versions.filter(({ name }) => name === 'shop v3.0.1')).toHaveLength(1)
    expect((await troubles('SHOP-3')).join()).toContain('the version shop v3.1.0 is archived in Jira')
  })

  it('without OAuth credentials the pull request is a link, written again in place; with them there is none', async () => {
    const linked = (summary: string): Act => {
      const title = 'acme/shop#5 Gift cards'
      const link = { globalId: 'system=https://github.com&id=987:5', url: 'https://github.com/acme/shop/pull/5', title }
      const action = { kind: 'link' as const, issueKey: 'SHOP-9', ...link, summary, resolved: false }
      return { key: 'link:987:5:SHOP-9', action }
    }
    const without = post.site.with({ client: null })
    for (const summary of ['open', 'merged']) {
      await post.memory.saveAct(shop, linked(summary))
      await post.send(without)
    }
    expect((await post.site.shown('SHOP-9'))['remoteLinks']).toMatchObject([{ object: { summary: 'merged' } }])
    expect(await callsOf(() => act(linked('again')))).toEqual([])
  })
})

describe('killed at each write', () => {
  const add = { kind: 'add-version' as const, issueKey: 'SHOP-9', name: 'shop v9', description: '' }
  const cases: readonly (readonly [string, Act, (shown: Shown) => unknown])[] = [
    [
      'issue-comment',
      said('SHOP-9', 'killed', {}, 9),
      (shown) => JSON.stringify(shown['comments']).split('killed').length - 1,
    ],
    ['issue-add-version', { key: 'add-version:9', action: add }, (shown) => shown['fixVersions']?.length],
    [
      'issue-move',
      moved('SHOP-9', { target: 'In Review' }, '9'),
      (shown) => (String(shown['status']) === 'In Review' ? 1 : 0),
    ],
  ]

  it.each(cases)('%s: after the next start it is there exactly once', async (name, one, many) => {
    for (const [at, point] of ['after-claim', 'after-write'].entries()) {
      post.crash.at = `${name}.${point}`
      const key = `${one.key}:${at}`
      await post.memory.saveAct(shop, { ...one, key })
      await expect(post.send()).rejects.toThrow('killed')
      post.crash.at = null
      await post.send()
      // Under each key one comment; the version and the status are the same thing both times.
      expect(many(await post.site.shown('SHOP-9'))).toBe(name === 'issue-comment' ? at + 1 : 1)
    }
  })

  it('a report: it is told again, and shown once', async () => {
    post.crash.at = 'report.after-write'
    await post.save(pullReport({ number: 99 }, { issueKeys: ['SHOP-9'] }))
    await expect(post.send()).rejects.toThrow('killed')
    post.crash.at = null
    await post.send()
    const { pullRequests = [] } = (await post.site.shown('SHOP-9')) as {
      pullRequests?: readonly Record<string, unknown>[]
    }
    expect(pullRequests.filter((one) => one['id'] === '99')).toHaveLength(1)
  })
})

describe('an issue that Jira always fails at', () => {
  const faults = [['503', 21] as const, ['html-500', 22] as const, ['huge', 23] as const, ['html-404', 24] as const]
  it.each(faults)('%s: waits by itself, and holds up no other', async (fault, pull) => {
    await post.site.fault({ call: 'POST /rest/api/3/issue/{issueIdOrKey}/comment', fault, issue: 'SHOP-1', times: 9 })
    await post.memory.saveAct(shop, said('SHOP-1', fault, {}, pull))
    await act(moved('SHOP-1', { target: 'In Progress' }, fault), said('SHOP-2', fault, {}, pull))
    expect(JSON.stringify(await commentsOn('SHOP-2'))).toContain(fault)
    expect(await post.memory.outage('issues')).toBeNull()
    expect(post.reminders.at(-1)).toBe(post.site.clock.now + 30_000)
    expect(await callsOf(() => post.send())).toEqual([])
    await post.site.calm()
    post.site.clock.now += 30_000
    await post.send()
    expect(JSON.stringify(await commentsOn('SHOP-1'))).toContain(fault)
  })

  it('two of them alone look like an outage; what comes afterwards is done before they are tried again', async () => {
    const call = 'POST /rest/api/3/issue/{issueIdOrKey}/comment'
    for (const issue of ['SHOP-3', 'SHOP-4']) await post.site.fault({ call, fault: '503', issue, times: 9 })
    await act(said('SHOP-3', 'x', {}, 31), said('SHOP-4', 'x', {}, 31))
    expect((await post.memory.outage('issues'))?.cause).toBe('Jira answered 503: Upstream is not available')
    await post.memory.saveAct(shop, said('SHOP-5', 'x', {}, 31))
    post.site.clock.now += 300_000
    await post.send()
    expect(JSON.stringify(await commentsOn('SHOP-5'))).toContain('"x"')
    expect(await post.memory.outage('issues')).toBeNull()
    await post.site.calm()
    post.site.clock.now += 30_000
    await post.send()
    expect(JSON.stringify(await commentsOn('SHOP-4'))).toContain('"x"')
  })
})

describe('when the account can do nothing', () => {
  it('an API token that expired stops all, names the variable, and is tried again rarely', async () => {
    await post.site.fault({ call: 'POST /rest/api/3/issue/{issueIdOrKey}/comment', fault: '401', times: 100 })
    await act(said('SHOP-6', 'a'), said('SHOP-7', 'b'))
    const outage = await post.memory.outage('issues')
    expect(outage?.cause).toContain('JIRA_API_TOKEN')
    expect(await callsOf(() => post.send())).toEqual([])
    await post.site.calm()
    post.site.clock.now += 3_600_000
    await post.send()
    expect(await commentsOn('SHOP-7')).toHaveLength(1)
  })

  it('no account: it is said, and nothing is asked', async () => {
    const without = post.site.with({ account: null })
    await post.memory.saveAct(shop, said('SHOP-8', 'x', {}, 3))
    expect(await callsOf(() => post.send(without))).toEqual([])
    expect((await troubles('SHOP-8'))[0]).toContain('JIRA_EMAIL')
  })
})
