import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { CheckShown } from '../../sandbox/people/checks.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ sweepEvery: 1000 })
})
afterAll(() => town.close())

/** How often pull requests and branches were read while the repository was swept three times. */
async function looks(
  people: People,
): Promise<{ readonly pulls: number; readonly branches: number; readonly lines: number }> {
  const before = (await town.requests(people)).length
  const calls = await eventually('three sweeps', async () => {
    const seen = (await town.requests(people)).slice(before).map(({ call }) => call)
    return seen.filter((call) => call.endsWith('WaybillRefs')).length >= 3 ? seen : null
  })
  const named = (name: string) => calls.filter((call) => call.endsWith(name)).length
  return { pulls: named('WaybillPull'), branches: named('WaybillBranch'), lines: named('WaybillLine') }
}

const passed = (check: CheckShown) => check.conclusion === 'success'
const waits = (check: CheckShown) => check.status === 'in_progress'

async function draft(people: People, pull: number, mutation: string): Promise<void> {
  const found = await people.call('developer', `GET :repo/pulls/${pull}`)
  const pullRequestId = typeof found === 'object' && found !== null && 'node_id' in found ? found.node_id : null
  const query = `mutation($id: ID!) { ${mutation}(input: { pullRequestId: $id }) { clientMutationId } }`
  await people.call('developer', 'POST /graphql', { query, variables: { id: pullRequestId } })
}

/** Every conclusion that any run of the gate ever had on a commit. */
async function verdictsOn(people: People, sha: string): Promise<readonly string[]> {
  const query = 'check_name=waybill%2Fgate&filter=all&per_page=100'
  const runs = JSON.stringify(await people.call('developer', `GET :repo/commits/${sha}/check-runs?${query}`))
  return [...runs.matchAll(/"conclusion":"?(\w+)/g)].map(([, word = '']) => word)
}

describe.concurrent('a sweep', () => {
  it('F20: looks at what something came to, and at what waits for Jira, while every webhook is lost; the rest it passes by', async () => {
    const people = await town.repository()
    await town.changeIssue({ key: 'SHOP-2', status: 'Done' })
    await people.push('developer', 'SHOP-1-alone')
    const quiet = await people.push('developer', 'SHOP-2-quiet')
    const second = await people.openPull('developer', { branch: 'SHOP-2-quiet', title: 'SHOP-2 Quiet' })
    const head = await people.push('developer', 'SHOP-3-lively')
    const pull = await people.openPull('developer', { branch: 'SHOP-3-lively', title: 'SHOP-3 Lively' })
    await people.report(head, 'success')
    await people.checkIs(quiet, 'waybill/gate', (check) => check.conclusion === 'failure')
    await people.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
    // Only the one whose issue is done is asked about each time.
    await eventually('three looks at one pull request', async () => {
      const { pulls, branches } = await looks(people)
      return branches === 0 && pulls <= 3 ? true : null
    })
    await town.webhooks({ mode: 'drop' }, people)
    await people.report(head, 'failure')
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'failure')
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
    // What its answer hangs on changes in Jira, and nothing comes to the pull request.
    await town.changeIssue({ key: 'SHOP-2', status: 'In Progress' })
    await people.checkIs(quiet, 'waybill/gate', (check) => check.status === 'in_progress')
    // What is gone is in no list, and Jira hears of it all the same.
    await people.call('developer', `PATCH :repo/pulls/${second}`, { state: 'closed' })
    await people.call('developer', 'DELETE :repo/git/refs/heads/SHOP-1-alone')
    await eventually('Jira to know what is gone', async () => {
      const [{ branches = [] }, { pullRequests = [] }] = [await people.issue('SHOP-1'), await people.issue('SHOP-2')]
      return branches.length === 0 && pullRequests[0]?.['status'] === 'DECLINED' ? true : null
    })
    expect(
      await eventually('nothing to look at again', async () => ((await looks(people)).pulls === 0 ? true : null)),
    ).toBe(true)
    await town.webhooks({ mode: 'deliver' }, people)
  })
})

describe.concurrent('a sweep of a line', () => {
  it('F20: costs no pass while it rests, and finds what was made behind its back while every webhook is lost', async () => {
    const people = await town.repository()
    const head = await people.push('developer', 'SHOP-7-rests')
    const pull = await people.openPull('developer', { branch: 'SHOP-7-rests', title: 'SHOP-7 Rests' })
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', passed)
    const merge = await people.merge('developer', pull)
    await people.report(merge, 'success')
    const deployment = await eventually('a deployment', async () => (await people.deployments('staging'))[0] ?? null)
    await people.carry(deployment.id, 'success')
    const rests = () => eventually('no look at a line', async () => ((await looks(people)).lines === 0 ? true : null))
    await rests()
    await town.webhooks({ mode: 'drop' }, people)
    await people.carry(deployment.id, 'failure')
    await people.checkIs(merge, 'waybill/line', (check) => /staging/.test(check.summary) && /fail/.test(check.summary))
    await people.carry(deployment.id, 'success')
    await rests()
    await people.comment('analyst', pull, '/waybill promote production')
    await eventually('a promotion', async () => (await people.deployments('production'))[0] ?? null)
    await town.webhooks({ mode: 'deliver' }, people)
  })
})

describe.concurrent('a pass that reads what has changed meanwhile', () => {
  it('F68, X36: shows nothing of the old head on a new one, and ends at what holds now', async () => {
    const people = await town.repository()
    const ready = async (issue: string) => {
      const head = await people.push('developer', `${issue}-change`)
      const pull = await people.openPull('developer', { branch: `${issue}-change`, title: `${issue} A change` })
      await people.report(head, 'success')
      await people.review('reviewer', pull)
      await people.checkIs(head, 'waybill/gate', passed)
      return { head, pull, branch: `${issue}-change` }
    }
    const [pushed, drafted, closed] = [await ready('SHOP-4'), await ready('SHOP-5'), await ready('SHOP-6')]
    const repository = people.repository.split('/')[1]
    // The next two reads of each pull request answer as before the change.
    const stale = { call: 'POST /graphql WaybillPull', fault: 'stale', times: 2, repository }
    await town.githubFault(stale)
    const head = await people.push('developer', pushed.branch, { message: 'one more thing' })
    await people.report(head, 'success')
    await people.checkIs(head, 'waybill/gate', waits)
    await town.githubFault(stale)
    await draft(people, drafted.pull, 'convertPullRequestToDraft')
    await people.checkIs(drafted.head, 'waybill/gate', waits)
    await draft(people, drafted.pull, 'markPullRequestReadyForReview')
    await people.checkIs(drafted.head, 'waybill/gate', passed)
    await town.githubFault(stale)
    for (const state of ['closed', 'open']) {
      await people.call('developer', `PATCH :repo/pulls/${closed.pull}`, { state })
    }
    await people.report(closed.head, 'failure')
    await people.checkIs(closed.head, 'waybill/gate', (check) => check.conclusion === 'failure')
    // Of all that was ever said on the head that nobody approved, nothing let it through.
    expect(new Set(await verdictsOn(people, head))).toEqual(new Set(['null']))
    await people.review('reviewer', pushed.pull)
    await people.checkIs(head, 'waybill/gate', passed)
  })
})
