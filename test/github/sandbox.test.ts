import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { CreateDeployment } from '../../src/model/deployment-effects.ts'
import type { PostCheck } from '../../src/model/post-check.ts'
import type { LineRef, Repository } from '../../src/model/ref.ts'
import { nothingAsked } from '../../src/reconcile/nothing-asked.ts'
import type { Code, CodeEffect, LineWant } from '../../src/reconcile/world/code.ts'
import { type OpenGitHub, openGitHub } from '../sandbox/github/open-github.ts'
import { codeAt, merged, patientPace, value } from './sandbox-code.ts'

let github: OpenGitHub
let code: Code
let people: Awaited<ReturnType<OpenGitHub['repository']>>
let repository: Repository
/** How far Waybill's clock runs ahead, so that nobody waits for a limit to end (ms). */
let ahead = 0

beforeAll(async () => {
  github = await openGitHub()
  code = await codeAt(github, { pace: patientPace, ahead: () => ahead })
})
afterAll(() => github.close())

async function freshRepository(): Promise<void> {
  people = await github.repository()
  const { id, name } = people.repository
  repository = { installationId: github.world.installation.id, id, owner: 'acme', name }
}
beforeEach(freshRepository)
afterEach(() => expect(github.violations).toEqual([]))

/** What Waybill called while `act` ran, token exchanges left out. */
async function callsOf(act: () => Promise<unknown>): Promise<readonly string[]> {
  await github.call('', 'DELETE /_sandbox/requests')
  await act()
  const { items } = await github.call('', 'GET /_sandbox/requests?by=waybill')
  return items.map((item) => String(item['call'])).filter((call) => !call.includes('access_tokens'))
}

const line = (): LineRef => ({ kind: 'line', repository, branch: 'main' })

const check = (sha: string): PostCheck => ({
  kind: 'post-check',
  name: 'waybill/gate',
  sha,
  answer: { status: 'in_progress', title: 'Waits', summary: 'for a review', text: '', buttons: [], annotations: [] },
  fingerprint: '00ff',
  onto: { kind: 'new', after: 0 },
})

describe('what GitHub requires on a branch', () => {
  it('Q14 takes two calls, and none for ten minutes', async () => {
    const read = () => code.readBranchRules(repository, 'main')
    expect(await callsOf(read)).toHaveLength(2)
    expect(await value(read())).toEqual({ checks: [{ name: 'waybill/gate', appId: null }], conversations: false })
    expect(await callsOf(read)).toEqual([])
    const none = { checks: [], conversations: false }
    expect(await value(code.readBranchRules(repository, 'not-protected'))).toEqual(none)
  })
})

describe('what the Revert button makes', () => {
  it('B18 undoes a merged pull request, as git shows; one that does more, or undoes what was not merged, does not', async () => {
    const { number, sha } = await merged(people, 'SHOP-7-gift-cards')
    const open = await people.pull('SHOP-8-vouchers')
    const developer = await people.clone('developer')
    const undo = async (name: string, extra: Readonly<Record<string, string>> = {}) => {
      await developer.git('fetch', '-q')
      await developer.git('checkout', '-q', '-B', name, 'origin/main')
      await developer.git('revert', '--no-edit', '-m', '1', sha)
      const head =
        Object.keys(extra).length === 0 ? await developer.git('rev-parse', 'HEAD') : await developer.commit(name, extra)
      await developer.git('push', '-q', 'origin', `HEAD:refs/heads/${name}`)
      return head
    }
    const head = await undo(`revert-${number}-SHOP-7-gift-cards`)
    const read = (revert: { readonly pull: number; readonly head: string; readonly base?: string }) =>
      code.readRevert(repository, { base: 'main', ...revert })
    expect(await read({ pull: number, head })).toEqual({
      kind: 'found',
      value: { pull: number, branch: 'SHOP-7-gift-cards', title: 'About SHOP-7-gift-cards' },
    })
    expect(await callsOf(() => read({ pull: number, head }))).toEqual([])
    const more = await undo(`revert-${number}-more`, { 'more.txt': 'more' })
    expect((await read({ pull: number, head: more })).kind).toBe('absent')
    expect((await read({ pull: open.number, head })).kind).toBe('absent')
    expect((await read({ pull: 999, head })).kind).toBe('absent')
  })

  it('B20 knows when the configuration came', async () => {
    const now = Date.now()
    const came = await value(code.readAdoption(repository, 'main'))
    expect(Math.abs(now - came)).toBeLessThan(60_000)
    expect(await callsOf(() => code.readAdoption(repository, 'main'))).toEqual([])
    expect((await code.readAdoption(repository, 'no-such-branch')).kind).toBe('unknown')
  })

  it('B20 the configuration came when its pull request was merged, not when its commit was made', async () => {
    const developer = await people.clone('developer')
    await developer.git('checkout', '-q', '--orphan', 'plain')
    await developer.git('rm', '-q', '-r', '-f', '.')
    await developer.commit('plain', { 'a.txt': 'a' })
    await developer.git('push', '-q', 'origin', 'HEAD:refs/heads/plain')
    await developer.git('checkout', '-q', '-b', 'adopt')
    await developer.git('checkout', '-q', 'origin/main', '--', '.github/waybill.yml')
    const sha = await developer.commit('adopt', {})
    await developer.git('push', '-q', 'origin', 'HEAD:refs/heads/adopt')
    const { body } = await people.api('developer', 'POST /pulls', { title: 'Adopt', head: 'adopt', base: 'plain' })
    const committed = Math.floor(Date.now() / 1000)
    await eventually('the next second', async () => (Math.floor(Date.now() / 1000) > committed ? true : null))
    await people.api('developer', `PUT /pulls/${body['number']}/merge`, { sha, merge_method: 'merge' })
    const merged = await people.api('developer', `GET /pulls/${body['number']}`)
    const came = await value(code.readAdoption(repository, 'plain'))
    expect(came).toBe(Date.parse(String(merged.body['merged_at'])))
  })
})

describe('a pull request in the sandbox', () => {
  it('C17 shows all of 130 checks, the red one on the second page', async () => {
    const { number, sha } = await people.pull('SHOP-7-many')
    for (let at = 1; at <= 130; at++) {
      const conclusion = at === 117 ? 'failure' : 'success'
      await people.api('ci', 'POST /check-runs', { name: `job ${at}`, head_sha: sha, conclusion })
    }
    const facts = await value(code.readPull({ kind: 'pull', repository, number }))
    const { checks } = await value(Promise.resolve(facts.checks))
    expect(checks).toHaveLength(130)
    expect(checks.filter((one) => one.state === 'failure').map((one) => one.name)).toEqual(['job 117'])
  })

  it('is read in one call, with its reviews, checks, commits and our own answers', async () => {
    const { number, sha, developer } = await people.pull('SHOP-7-gift-cards')
    const second = await developer.commit(
      'SHOP-7-gift-cards',
      { more: 'x' },
      'Add more\n\nCo-authored-by: r <reviewer@users.noreply.github.com>',
    )
    await developer.git('push', '-q', 'origin', 'HEAD:refs/heads/SHOP-7-gift-cards')
    await people.api('ci', 'POST /check-runs', { name: 'build', head_sha: second, conclusion: 'failure' })
    await people.api('ci', `POST /statuses/${second}`, { context: 'lint', state: 'success' })
    await people.api('reviewer', `POST /pulls/${number}/reviews`, { event: 'APPROVE', commit_id: second })
    const { id } = await code.write(repository, check(second), null)
    const ref = { kind: 'pull', repository, number } as const
    const facts = await value(code.readPull(ref))
    expect(facts).toMatchObject({
      config: { kind: 'valid' },
      gated: ['main'],
      pull: {
        author: { login: 'developer' },
        base: 'main',
        branch: 'SHOP-7-gift-cards',
        headSha: second,
        state: 'open',
        mergeable: 'clean',
        isFork: false,
      },
      commits: {
        value: [
          { sha, committer: { account: { login: 'developer' } } },
          { sha: second, coAuthors: [{ account: { login: 'reviewer' } }] },
        ],
      },
      reviews: {
        value: [{ author: { login: 'reviewer', kind: 'user' }, state: 'approved', sha: second, mayWrite: true }],
      },
      posted: [{ name: 'waybill/gate', runId: id, completed: false, fingerprint: '00ff' }],
      sameHead: [],
    })
    const reported = facts.checks.kind === 'found' ? facts.checks.value.checks : []
    expect(reported.map((one) => [one.kind, one.name, one.state])).toEqual(
      expect.arrayContaining([
        ['run', 'build', 'failure'],
        ['status', 'lint', 'success'],
      ]),
    )
    expect(reported).toHaveLength(2)
    expect(await callsOf(() => code.readPull(ref))).toEqual(['POST /graphql WaybillPull'])
  })

  it('X16: is judged by the file of its base, whatever its own branch says', async () => {
    const before = await people.pull('SHOP-7-before')
    const loose = 'version: 1\nissues: {projects: [EVIL]}\nmerge: {approvals: 0, checks: []}\n'
    const { number } = await people.pull('SHOP-7-loose', { '.github/waybill.yml': loose })
    const configOf = async (pull: number) =>
      (await value(code.readPull({ kind: 'pull', repository, number: pull }))).config
    const config = await configOf(number)
    expect(config).toEqual(await configOf(before.number))
    expect(config).toMatchObject({ kind: 'valid', config: { issues: { projects: ['SHOP'] }, merge: { approvals: 1 } } })
  })

  it('Q19: shows others with the same head, too, when the default branch holds that commit', async () => {
    const admin = await people.clone('admin')
    await mkdir(join(admin.cwd, '.github'), { recursive: true })
    const text = 'version: 1\nissues: {projects: [SHOP]}\nmerge: {into: [main, release-1, release-2]}\n'
    await admin.commit('main', { '.github/waybill.yml': text })
    await admin.git('push', '-q', 'origin', 'main', 'main:release-1', 'main:release-2')
    const { number: merging, sha } = await people.pull('SHOP-7-fix')
    await people.pass(sha)
    await people.api('developer', `PUT /pulls/${merging}/merge`, { merge_method: 'merge' })
    const open = async (base: string) => {
      const { body } = await people.api('developer', 'POST /pulls', { title: base, head: 'SHOP-7-fix', base })
      return Number(body['number'])
    }
    const [first, second] = [await open('release-1'), await open('release-2')]
    const sameHeadOf = async (number: number) => {
      return (await value(code.readPull({ kind: 'pull', repository, number }))).sameHead
    }
    expect(await sameHeadOf(first)).toEqual([second])
    expect(await sameHeadOf(second)).toEqual([first])
  })

  it('is absent when there is none', async () => {
    expect(await code.readPull({ kind: 'pull', repository, number: 404 })).toEqual({ kind: 'absent' })
  })

  it('shows others with the same head, and all of 130 checks', async () => {
    const { number, sha } = await people.pull('SHOP-7-gift-cards')
    for (let i = 0; i < 130; i++)
      await people.api('ci', 'POST /check-runs', {
        name: `test ${i}`,
        head_sha: sha,
        conclusion: i === 129 ? 'failure' : 'success',
      })
    const facts = await value(code.readPull({ kind: 'pull', repository, number }))
    const reported = facts.checks.kind === 'found' ? facts.checks.value.checks : []
    expect(reported).toHaveLength(130)
    expect(reported.filter((one) => one.state === 'failure').map((one) => one.name)).toEqual(['test 129'])
  })
})

describe('a branch in the sandbox', () => {
  it('is read in one call, and is gone when it is gone', async () => {
    const developer = await people.clone('developer')
    const sha = await developer.commit('gift-cards', { a: 'b' }, 'Add gift cards')
    await developer.git('push', '-q', 'origin', 'HEAD:refs/heads/gift-cards', 'HEAD:refs/heads/SHOP-7-gift-cards')
    const ref = { kind: 'branch', repository, branch: 'gift-cards' } as const
    expect((await value(code.readBranch(ref))).head).toMatchObject({
      sha,
      author: { name: 'developer' },
      openPulls: [],
      onLine: false,
      siblings: [{ name: 'SHOP-7-gift-cards', hasOpenPull: false }],
    })
    expect(await callsOf(() => code.readBranch(ref))).toEqual(['POST /graphql WaybillBranch'])
    expect((await value(code.readBranch({ ...ref, branch: 'never-was' }))).head).toBeNull()
    await developer.git('push', '-q', 'origin', 'origin/main:refs/heads/at-main')
    expect((await value(code.readBranch({ ...ref, branch: 'at-main' }))).head?.onLine).toBe(true)
  })

  it('says who pushed where the name may be exempt', async () => {
    const developer = await people.clone('developer')
    await developer.git('push', '-q', 'origin', 'HEAD:refs/heads/dependabot/npm/x-1.2.3')
    const facts = await value(code.readBranch({ kind: 'branch', repository, branch: 'dependabot/npm/x-1.2.3' }))
    expect(facts.head?.pusher).toMatchObject({ login: 'developer', kind: 'user' })
  })
})

describe('a line in the sandbox', () => {
  const deploymentOf = (tag: string, sha: string, environment = 'staging'): CreateDeployment =>
    ({
      kind: 'create-deployment',
      artifact: null,
      claim: { environment, tag, attempt: 1, wish: null, by: null },
      sha,
      type: 'staging',
      description: `Deploy ${tag}`,
    }) as unknown as CreateDeployment

  it('goes from a merge to a deployment, each written twice and there once', async () => {
    const first = await merged(people, 'SHOP-1-first')
    const second = await merged(people, 'SHOP-2-second')
    const before = await value(code.readLine(line(), nothingAsked))
    expect(before).toMatchObject({ headSha: second.sha, walk: 'adoption', tags: [], released: [], deployments: [] })
    expect(before.commits.map((commit) => [commit.sha, commit.pull?.number])).toEqual([
      [second.sha, second.number],
      [first.sha, first.number],
    ])
    const tag: CodeEffect = { kind: 'create-tag', tag: 'v1.0.0', sha: first.sha, message: 'v1.0.0' }
    const release: CodeEffect = { kind: 'publish-release', tag: 'v1.0.0', sha: first.sha, title: 'v1.0.0', body: 'x' }
    const deploy = deploymentOf('v1.0.0', first.sha)
    for (const effect of [tag, release, deploy]) {
      expect(await code.look(repository, effect, null)).toEqual({ kind: 'absent' })
      const written = await code.write(repository, effect, null)
      expect(await code.look(repository, effect, null)).toEqual({ kind: 'found', value: written })
    }
    for (const effect of [tag, release]) {
      expect(await code.look(repository, effect, null)).toEqual({
        kind: 'found',
        value: await code.write(repository, effect, null),
      })
    }
    expect(await code.write(repository, { ...tag, sha: second.sha }, null)).toEqual({ id: 0, sha: first.sha })

    const after = await value(code.readLine(line(), nothingAsked))
    expect(after.tags).toEqual([{ name: 'v1.0.0', sha: first.sha }])
    expect(after.released).toEqual(['v1.0.0'])
    expect(after.deployments).toMatchObject([
      { environment: 'staging', tag: 'v1.0.0', sha: first.sha, numbered: true, statuses: [], claim: deploy.claim },
    ])
  })

  it('numbers what is not settled, ends below what is live, and takes one call when all is told', async () => {
    const merges = [
      await merged(people, 'SHOP-1-a'),
      await merged(people, 'SHOP-2-b'),
      await merged(people, 'SHOP-3-c'),
    ]
    const deployments: number[] = []
    for (const [at, { sha }] of merges.entries()) {
      const tag = `v1.${at}.0`
      await code.write(repository, { kind: 'create-tag', tag, sha, message: tag }, null)
      await code.write(repository, { kind: 'publish-release', tag, sha, title: tag, body: '' }, null)
      for (const environment of ['staging', 'production'].slice(0, at === 2 ? 1 : 2)) {
        const { id } = await code.write(repository, deploymentOf(tag, sha, environment), null)
        await people.api('deployer', `POST /deployments/${id}/statuses`, { state: 'in_progress' })
        await people.api('deployer', `POST /deployments/${id}/statuses`, { state: 'success' })
        deployments.push(id)
      }
    }
    const facts = await value(code.readLine(line(), nothingAsked))
    expect(facts.walk).toBe('version')
    expect(facts.commits.map((commit) => commit.sha)).toEqual([merges[2]?.sha, merges[1]?.sha])
    expect(facts.deployments[0]).toMatchObject({
      tag: 'v1.2.0',
      numbered: true,
      statuses: [{ state: 'success' }, { state: 'in_progress' }],
    })
    const told = { ...nothingAsked, settled: async () => new Set(deployments) }
    expect(await callsOf(() => code.readLine(line(), told))).toEqual(['POST /graphql WaybillLine'])
    const settled = await value(code.readLine(line(), told))
    expect(settled.deployments.map((one) => [one.tag, one.environment, one.statuses[0]?.state])).toEqual(
      facts.deployments.map((one) => [one.tag, one.environment, one.statuses[0]?.state]),
    )
  })

  it('V1a, V1b, V11, V12: tells tags below the walk from tags aside, once', async () => {
    const developer = await people.clone('developer')
    const aside = await developer.commit('SHOP-5-aside', { a: 'b' })
    await developer.git('push', '-q', 'origin', `${aside}:refs/heads/SHOP-5-aside`, `${aside}:refs/tags/v9.0.0`)
    // More of them than are asked about at once: what was developed aside went on there.
    const many = Array.from({ length: 25 }, (_, at) => `${aside}:refs/tags/v8.0.${at}`)
    await developer.git('push', '-q', 'origin', ...many)
    await developer.git('push', '-q', 'origin', 'origin/main:refs/tags/3.2.1', 'origin/main:refs/tags/v2.0.0')
    const { sha } = await merged(people, 'SHOP-1-first')
    const facts = await value(code.readLine(line(), nothingAsked))
    expect([facts.commits.map((commit) => commit.sha), facts.below]).toEqual([[sha], new Set(['v2.0.0', '3.2.1'])])
    expect(await callsOf(() => code.readLine(line(), nothingAsked))).toEqual(['POST /graphql WaybillLine'])
    await code.write(repository, { kind: 'create-tag', tag: 'v9.1.0', sha, message: 'v9.1.0' }, null)
    expect((await value(code.readLine(line(), nothingAsked))).below).toEqual(new Set())
  })

  const tagOf = (tag: string, sha: string): CodeEffect => ({ kind: 'create-tag', tag, sha, message: tag })
  const releaseOf = (tag: string, sha: string): CodeEffect => {
    return { kind: 'publish-release', tag, sha, title: tag, body: 'Notes' }
  }

  it('V18, F58: names the remedy for a tag ruleset and for workflow files, and goes on when it is followed', async () => {
    const { sha } = await merged(people, 'SHOP-1-first')
    const { body: ruleset } = await people.api('admin', 'POST /rulesets', {
      name: 'versions',
      target: 'tag',
      enforcement: 'active',
      conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } },
      rules: [{ type: 'creation' }],
    })
    await expect(code.write(repository, tagOf('v1.0.0', sha), null)).rejects.toMatchObject({
      failure: { kind: 'refused', remedy: expect.stringContaining('bypass list of the ruleset for tags') },
    })
    const bypass = {
      bypass_actors: [{ actor_type: 'Integration', actor_id: github.world.waybill.id, bypass_mode: 'always' }],
    }
    await people.api('admin', `PUT /rulesets/${ruleset['id']}`, bypass)
    expect(await code.write(repository, tagOf('v1.0.0', sha), null)).toEqual({ id: 0, sha })

    const developer = await people.clone('developer')
    await developer.git('push', '-q', 'origin', ':refs/heads/SHOP-1-first')
    const admin = await people.clone('admin')
    await admin.git('checkout', '-q', '-B', 'main', 'origin/main')
    for (const run of ['build', 'test']) {
      await admin.commit('main', { 'ci.yml': `on: push # ${run}` })
      const file = await admin.git('rev-parse', 'HEAD:ci.yml')
      await admin.git('update-index', '--add', '--cacheinfo', `100644,${file},.github/workflows/ci.yml`)
      await admin.git('commit', '-q', '-m', run)
      await admin.git('push', '-q', 'origin', 'HEAD:refs/heads/main')
    }
    const older = await admin.git('rev-parse', 'HEAD~2')
    const newest = await admin.git('rev-parse', 'HEAD')
    for (const effect of [tagOf('v1.1.0', older), releaseOf('v1.1.0', older)]) {
      await expect(code.write(repository, effect, null)).rejects.toMatchObject({
        failure: { kind: 'refused', remedy: expect.stringContaining('Workflows: write') },
      })
    }
    expect(await code.write(repository, tagOf('v1.1.0', newest), null)).toEqual({ id: 0, sha: newest })
  })

  it('V19: where releases are immutable a draft is published, once, and a name that was used is given up', async () => {
    const { sha } = await merged(people, 'SHOP-1-first')
    await people.api('admin', 'PUT /immutable-releases')
    const write = async (tag: string) => {
      await code.write(repository, tagOf(tag, sha), null)
      return callsOf(() => code.write(repository, releaseOf(tag, sha), null))
    }
    await write('v1.0.0')
    expect(await write('v1.1.0')).toEqual([
      'GET /repos/{owner}/{repo}/releases',
      'POST /repos/{owner}/{repo}/releases',
      'PATCH /repos/{owner}/{repo}/releases/{release_id}',
    ])
    await code.write(repository, tagOf('v1.2.0', sha), null)
    const lost = { call: 'PATCH /repos/{owner}/{repo}/releases/{release_id}', fault: '502', phase: 'before' }
    await github.call('', 'POST /_sandbox/faults', lost)
    await expect(code.write(repository, releaseOf('v1.2.0', sha), null)).rejects.toMatchObject({
      failure: { kind: 'busy' },
    })
    ahead += 60_000
    expect(await callsOf(() => code.write(repository, releaseOf('v1.2.0', sha), null))).toEqual([
      'GET /repos/{owner}/{repo}/releases',
      'PATCH /repos/{owner}/{repo}/releases/{release_id}',
    ])
    const { items } = await people.api('admin', 'GET /releases')
    expect(items.map((one) => [one['tag_name'], one['draft'], one['immutable']])).toEqual([
      ['v1.2.0', false, true],
      ['v1.1.0', false, true],
      ['v1.0.0', false, true],
    ])
    await people.api('admin', `DELETE /releases/${items[0]?.['id']}`)
    await expect(code.write(repository, releaseOf('v1.2.0', sha), null)).rejects.toMatchObject({
      failure: { kind: 'burned', tag: 'v1.2.0' },
    })
  })

  it("reads a command's comment and its asker's team in the one call", async () => {
    const { number } = await merged(people, 'SHOP-1-first')
    const { body } = await people.api('analyst', `POST /issues/${number}/comments`, {
      body: '/waybill promote production',
    })
    const commentId = Number(body['id'])
    const { analyst, developer } = github.world.people
    const want: LineWant = {
      ...nothingAsked,
      comments: [{ commentId, nodeId: String(body['node_id']) }],
      askers: [analyst, developer],
    }
    await code.readLine(line(), nothingAsked)
    expect(await callsOf(() => code.readLine(line(), want))).toEqual(['POST /graphql WaybillLine'])
    const facts = await value(code.readLine(line(), want))
    expect(facts.comments.get(commentId)).toMatchObject({
      kind: 'found',
      value: { authorId: analyst.id, edited: false },
    })
    expect(facts.members.get('@acme/analysts')).toEqual({ kind: 'found', value: [analyst.id] })
    await people.api('analyst', `PATCH /issues/comments/${commentId}`, { body: 'never mind' })
    expect((await value(code.readLine(line(), want))).comments.get(commentId)).toMatchObject({
      value: { edited: true },
    })
  })
})

describe('what Waybill says in the sandbox', () => {
  it('is one check run, updated in place', async () => {
    const { sha } = await people.pull('SHOP-7-gift-cards')
    const posted = await code.write(repository, check(sha), null)
    expect(await code.look(repository, check(sha), null)).toEqual({ kind: 'found', value: posted })
    const done: PostCheck = {
      ...check(sha),
      answer: { status: 'success', title: 'Passes', summary: 'all of it', text: 't', buttons: [], annotations: [] },
      fingerprint: 'beef',
      onto: { kind: 'update', runId: posted.id },
    }
    expect(await code.look(repository, done, null)).toEqual({ kind: 'absent' })
    expect(await code.write(repository, done, null)).toEqual(posted)
    expect(await code.look(repository, done, null)).toEqual({ kind: 'found', value: posted })
  })

  it('is one living comment, one answer and one reaction', async () => {
    const { number } = await people.pull('SHOP-7-gift-cards')
    const { body } = await people.api('analyst', `POST /issues/${number}/comments`, { body: '/waybill help' })
    const living: CodeEffect = { kind: 'say-on-pull', pull: number, body: 'In staging.', fingerprint: 'f' }
    const first = await code.write(repository, living, null)
    expect(await code.look(repository, living, null)).toEqual({ kind: 'found', value: first })
    expect(await code.write(repository, { ...living, body: 'In production.' }, first.id)).toEqual(first)
    const answer: CodeEffect = { kind: 'answer-wish', wish: 3, pull: number, body: 'Here you are.' }
    expect(await code.look(repository, answer, null)).toEqual({ kind: 'absent' })
    const answered = await code.write(repository, answer, null)
    expect(await code.look(repository, answer, null)).toEqual({ kind: 'found', value: answered })
    const react: CodeEffect = { kind: 'react', wish: 3, commentId: Number(body['id']), reaction: 'rocket' }
    expect(await code.write(repository, react, null)).toEqual(await code.write(repository, react, null))
  })
})

describe('subjects in the sandbox', () => {
  it('are found by commit, and listed for a sweep', async () => {
    const { number, sha } = await people.pull('SHOP-7-gift-cards')
    const { sha: merge } = await merged(people, 'SHOP-8-merged')
    const developer = await people.clone('developer')
    const loose = await developer.commit('SHOP-9-loose', { z: 'z' })
    await developer.git('push', '-q', 'origin', 'HEAD:refs/heads/SHOP-9-loose')
    const at = (commit: string) => code.readCommit({ kind: 'commit', repository, sha: commit })
    expect(await at(sha)).toEqual([{ kind: 'pull', repository, number }])
    expect(await at(loose)).toEqual([{ kind: 'branch', repository, branch: 'SHOP-9-loose' }])
    expect(await at(merge)).toEqual([line()])
    expect(await code.listRefs(repository)).toEqual(
      expect.arrayContaining([
        line(),
        { kind: 'pull', repository, number },
        { kind: 'branch', repository, branch: 'SHOP-9-loose' },
      ]),
    )
    const [installation = 0] = await code.listInstallations()
    const listed = await code.listRepositories(installation)
    expect(listed).toContainEqual({ repository, closed: false, configured: true })
  })
})

describe('a job of GitHub Actions that waits for an environment', () => {
  it('E23: is found by the sweep when the question was lost, and is answered once', async () => {
    const order = { repository: `acme/${repository.name}`, by: 'analyst', environment: 'production', ref: 'main' }
    const { body } = await github.call('', 'POST /_sandbox/runs', order)
    const ref = {
      kind: 'run',
      repository,
      branch: 'main',
      runId: Number(body['id']),
      environment: 'production',
    } as const
    expect(await code.listRefs(repository)).toContainEqual(ref)
    expect(await code.readRun(ref)).toMatchObject({
      attempt: 1,
      by: { login: 'analyst', kind: 'user' },
      completed: false,
    })
    const { runId, environment } = ref
    const answer = { kind: 'answer-run', key: 'run', runId, environment, state: 'rejected', comment: 'no' } as const
    await code.write(repository, answer, null)
    // GitHub refuses what needs no answer any more; that is no failure.
    await code.write(repository, { ...answer, state: 'approved' }, null)
    expect(await code.readRun(ref)).toMatchObject({ completed: true })
    expect(await code.listRefs(repository)).not.toContainEqual(ref)
    expect(await code.readRun({ ...ref, runId: 1 })).toBeNull()
  })
})
