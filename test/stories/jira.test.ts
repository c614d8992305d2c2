import { rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { CheckShown } from '../../sandbox/people/checks.ts'
import type { People } from '../../sandbox/people.ts'
import { backfillCommand } from '../../src/cli/backfill.ts'
import { runCommand } from '../cli/run-command.ts'
import { embeddedPlace } from '../store/databases.ts'
import { openTown, type Town } from './town.ts'

let town: Town
/** The repository whose change has travelled. */
let past: People
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())
afterEach(async () => {
  expect(await town.violations()).toEqual([])
})

const passed = (check: CheckShown): boolean => check.conclusion === 'success'

const config = `version: 1
issues: { projects: [SHOP] }
merge: { checks: all, settle: 0s }
release: { checks: all }
environments:
  - { name: staging, type: staging, deploy: auto }
  - { name: production, type: production, deploy: manual, promoters: ["@acme/analysts"] }
jira:
  transitions: { pull-request: In Review, merged: To Do, production: Done }
  fix-version: true
`

type Shown = Awaited<ReturnType<People['issue']>>

async function jiraShows(people: People, key: string, what: string, is: (shown: Shown) => boolean): Promise<Shown> {
  return eventually(`${key} to show ${what}`, async () => {
    const shown = await people.issue(key)
    return is(shown) ? shown : null
  })
}

const pictured = (items: readonly Readonly<Record<string, unknown>>[] = []) => JSON.stringify(items)

describe('what somebody sees who only reads Jira', () => {
  it('branch, pull request, build, version, staging, production, by one living comment and one that is news', async () => {
    past = await town.repository(config)
    const people = past
    const branch = 'feature/SHOP-7-gift-cards'
    const replaced = await people.push('developer', branch, { message: 'SHOP-7 sell gift cards' })
    const seen = await jiraShows(people, 'SHOP-7', 'the branch', ({ branches = [] }) => branches.length === 1)
    expect(seen['branches']?.[0]).toMatchObject({ name: branch, id: expect.stringMatching(/^~[0-9a-f]+$/) })
    const pull = await people.openPull('developer', { branch, title: 'SHOP-7 Sell gift cards' })
    await jiraShows(people, 'SHOP-7', 'In Review', ({ status }) => pictured([{ status }]).includes('In Review'))
    await people.begin(replaced, 'build')
    await jiraShows(people, 'SHOP-7', 'a build that runs', ({ builds }) => pictured(builds).includes('in_progress'))
    const head = await people.push('developer', branch, { message: 'SHOP-7 sell gift cards, wrapped' })
    await jiraShows(people, 'SHOP-7', 'that nobody waits for it', ({ builds }) => pictured(builds).includes('unknown'))
    const asked = { reviewers: ['reviewer'], team_reviewers: ['analysts'] }
    await people.call('developer', `POST :repo/pulls/${pull}/requested_reviewers`, asked)
    const awaited = await jiraShows(people, 'SHOP-7', 'who is asked', (shown) =>
      pictured(shown['pullRequests']).includes('UNAPPROVED'),
    )
    expect(awaited['pullRequests']?.[0]?.['reviewers']).toEqual([{ name: 'reviewer', approvalStatus: 'UNAPPROVED' }])
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', passed)
    const merge = await people.merge('developer', pull)
    await jiraShows(people, 'SHOP-7', 'it is merged', ({ pullRequests }) => pictured(pullRequests).includes('MERGED'))
    await people.report(merge, 'success')
    await jiraShows(people, 'SHOP-7', 'its version', ({ fixVersions }) =>
      pictured([{ fixVersions }]).includes('v0.1.0'),
    )
    const [staging] = await eventually('staging', async () => {
      const list = await people.deployments('staging')
      return list.length > 0 ? list : null
    })
    await people.carry(staging?.id ?? 0, 'success')
    const first = await jiraShows(people, 'SHOP-7', 'what it waits for', ({ comments }) =>
      pictured(comments).includes('waits until somebody of @acme/analysts'),
    )
    expect(first['comments']).toHaveLength(1)
    await people.comment('analyst', pull, '/waybill promote production')
    const [production] = await eventually('production', async () => {
      const list = await people.deployments('production')
      return list.length > 0 ? list : null
    })
    await people.carry(production?.id ?? 0, 'success')
    const names = 'Promoted by analyst, written by developer, approved by reviewer'
    const news = ({ comments = [] }: Shown) => comments.length === 2 && pictured(comments).includes(`${names}.`)
    await jiraShows(people, 'SHOP-7', 'the news', news)
    await jiraShows(people, 'SHOP-7', 'by whom', ({ deployments }) => pictured(deployments).includes(names))
    const last = await jiraShows(people, 'SHOP-7', 'Done', ({ status }) => pictured([{ status }]).includes('Done'))
    expect(pictured(last['builds'])).toContain('successful')
    await people.call('developer', `DELETE :repo/git/refs/heads/${branch}`)
    await jiraShows(people, 'SHOP-7', 'no branch any more', ({ branches = [] }) => branches.length === 0)
  })

  it('after the panels lost everything: `waybill backfill` tells them the past, once, and moves and comments nothing', async () => {
    const people = past
    await people.push('developer', 'SHOP-2-open')
    await people.openPull('developer', { branch: 'SHOP-2-open', title: 'SHOP-2' })
    await people.push('developer', 'SHOP-3-declined')
    const declined = await people.openPull('developer', { branch: 'SHOP-3-declined', title: 'SHOP-3' })
    await people.call('developer', `PATCH :repo/pulls/${declined}`, { state: 'closed' })
    await town.waybill.close()
    const { panels } = town.sandbox.jira.state
    for (const kept of [panels.repositories, panels.builds, panels.deployments]) kept.clear()
    const before = await people.issue('SHOP-7')

    const env = { ...town.sandbox.environment(), WAYBILL_DATA: (await embeddedPlace()).directory }
    const backfill = async (...more: readonly string[]) => {
      return runCommand(backfillCommand(), [people.repository, ...more], env)
    }
    expect(await backfill()).toMatch(/3 of 3 pull requests\n\d+ entries were told to Jira\.\n$/)
    const shown = await people.issue('SHOP-7')
    expect(shown['pullRequests']).toMatchObject([{ status: 'MERGED' }])
    expect(shown['deployments']).toMatchObject([
      { state: 'successful', environment: { type: 'production' } },
      { state: 'successful', environment: { type: 'staging' } },
    ])
    expect(shown['builds']).toMatchObject([{ state: 'successful' }])
    expect((await people.issue('SHOP-2'))['pullRequests']).toMatchObject([{ status: 'OPEN' }])
    expect((await people.issue('SHOP-3'))['pullRequests']).toMatchObject([{ status: 'DECLINED' }])
    const beside = ({ comments, status, fixVersions }: Shown) => ({ comments, status, fixVersions })
    expect(beside(shown)).toEqual(beside(before))
    const sent = async () => {
      const answer: unknown = await (await fetch(`${town.sandbox.jira.url}/_sandbox/requests`)).json()
      return JSON.stringify(answer).split('/bulk"').length
    }
    const calls = await sent()
    expect(await backfill()).toBe('0 entries were told to Jira.\n')
    expect(await sent()).toBe(calls)
    await expect(backfill('--since', 'last week')).rejects.toThrow('not a date')
    await rm(env.WAYBILL_DATA, { recursive: true, force: true })
  })
})
