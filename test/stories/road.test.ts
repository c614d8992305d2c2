import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { CheckShown } from '../../sandbox/people/checks.ts'
import type { People } from '../../sandbox/people.ts'
import { queueDefaults } from '../../src/store/queue-options.ts'
import { openTown, type Town } from './town.ts'

/**
 * Each of these has a repository of its own and mostly waits for Waybill, so several go on at a time. What one looks for
 * in Jira is at an issue that no other tells of the same.
 */
let town: Town
beforeAll(async () => {
  town = await openTown({ soon: queueDefaults.soon })
})
afterAll(() => town.close())
afterEach(async () => {
  expect(await town.violations()).toEqual([])
})

const passed = (check: CheckShown): boolean => check.conclusion === 'success'
const failed = (check: CheckShown): boolean => check.conclusion === 'failure'
const waits = (check: CheckShown): boolean => check.status === 'in_progress'

/** A pull request for an issue, opened by the developer. */
async function proposed(people: People, issue: string) {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch, { message: `${issue} change` })
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.checkIs(head, 'waybill/gate', waits)
  return { branch, head, pull }
}

/** A pull request whose gate passes. */
async function accepted(people: People, issue: string) {
  const made = await proposed(people, issue)
  await people.report(made.head, 'success')
  await people.review('reviewer', made.pull)
  await people.checkIs(made.head, 'waybill/gate', passed)
  return made
}

async function mergedAndGreen(people: People, issue: string) {
  const made = await accepted(people, issue)
  const merge = await people.merge('developer', made.pull)
  await people.report(merge, 'success')
  return { ...made, merge }
}

async function tagAt(people: People, tag: string): Promise<string> {
  return eventually(`tag ${tag}`, () => people.commitAt('developer', `refs/tags/${tag}`))
}

async function deploymentTo(people: People, environment: string, at = 0) {
  return eventually(`a deployment to ${environment}`, async () => (await people.deployments(environment))[at] ?? null)
}

async function answerTo(people: People, pull: number, starts: string) {
  return eventually(`an answer that starts with ${starts}`, async () => {
    return (await people.comments(pull)).find((comment) => comment.body.startsWith(starts)) ?? null
  })
}

async function rowOf(people: People, pull: number, environment: string, word: string): Promise<string> {
  return eventually(`${environment} to be ${word}`, async () => {
    const lines = (await people.comments(pull)).flatMap((comment) => comment.body.split('\n'))
    return lines.find((line) => line.startsWith(`| ${environment} |`) && line.includes(word)) ?? null
  })
}

async function jiraDeployment(people: People, key: string, environment: string, state: string) {
  return eventually(`Jira to show ${environment} ${state}`, async () => {
    const { deployments = [] } = await people.issue(key)
    return (
      deployments.find(
        (one) => one['state'] === state && JSON.stringify(one['environment']).includes(`"${environment}"`),
      ) ?? null
    )
  })
}

describe.concurrent('step 1, Q20: a branch names its issue', () => {
  it('fails and says how to name it, then passes for the same commit under a better name', async () => {
    const people = await town.repository()
    const head = await people.push('developer', 'gift-cards')
    const no = await people.checkIs(head, 'waybill/branch', failed)
    expect(no.summary).toContain('Rename it to')
    await people.pushAs('developer', head, 'SHOP-7-gift-cards')
    const yes = await people.checkIs(head, 'waybill/branch', passed)
    expect(`${yes.title} ${yes.summary}`).toContain('SHOP-7')
    expect(`${yes.title} ${yes.summary}`).toContain('Gift cards')
    await eventually('Jira to show the branch', async () => {
      const { branches = [] } = await people.issue('SHOP-7')
      return branches.find((branch) => branch['name'] === 'SHOP-7-gift-cards') ?? null
    })
  })
})

describe.concurrent('step 2: the pull request meets the gate', () => {
  it('answers branch, issue, approval, checks, draft and conflict, each with a cause, a person and a next step; GitHub refuses the merge', async () => {
    const people = await town.repository()
    const { head, pull } = await proposed(people, 'SHOP-2')
    const gate = await people.checkIs(head, 'waybill/gate', waits)
    for (const word of ['SHOP-2', 'pproved', 'hecks', 'draft', 'merges cleanly'])
      expect(gate.summary + gate.text).toContain(word)
    await expect(people.merge('developer', pull)).rejects.toThrow(/405/)
  })

  it('a draft waits, a conflict blocks', async () => {
    const people = await town.repository()
    await people.push('developer', 'SHOP-2-change', { file: 'same.txt', body: 'one\n' })
    const pull = await people.openPull('developer', { branch: 'SHOP-2-change', title: 'SHOP-2', draft: true })
    const head = await people.commitAt('developer', 'origin/SHOP-2-change')
    expect(head).not.toBeNull()
    const gate = await people.checkIs(head ?? '', 'waybill/gate', waits)
    expect(gate.summary).toContain('ready for review')
    expect(pull).toBeGreaterThan(0)
  })
})

describe.concurrent('step 3: the gate follows', () => {
  it('CI in progress, then green, then an approval lets it pass; Jira shows the build and the pull request', async () => {
    const people = await town.repository()
    const { head, pull } = await proposed(people, 'SHOP-8')
    await people.report(head, 'in_progress')
    await people.checkIs(head, 'waybill/gate', (check) => waits(check) && check.summary.includes('build'))
    await people.report(head, 'success')
    await eventually('Jira to show the build', async () => {
      const { builds = [] } = await people.issue('SHOP-8')
      return builds.find((build) => build['state'] === 'successful') ?? null
    })
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', passed)
    expect(await people.merge('developer', pull)).toMatch(/^[0-9a-f]{40}$/)
  })

  it('an approval by a commit author does not let it pass', async () => {
    const people = await town.repository()
    const { pull, branch } = await proposed(people, 'SHOP-3')
    const head = await people.push('reviewer', branch, { message: 'help a little' })
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    const gate = await people.checkIs(
      head,
      'waybill/gate',
      (check) => waits(check) && check.summary.includes('reviewer'),
    )
    expect(gate.conclusion).toBeNull()
    await expect(people.review('developer', pull)).rejects.toThrow(/422/)
  })

  it('a red build blocks, whoever approves', async () => {
    const people = await town.repository()
    const { head, pull } = await proposed(people, 'SHOP-3')
    await people.review('reviewer', pull)
    await people.report(head, 'failure')
    const gate = await people.checkIs(head, 'waybill/gate', failed)
    expect(gate.summary).toContain('build')
    await expect(people.merge('developer', pull)).rejects.toThrow(/405/)
  })

  it('F68, X36: a push after the approval waits again, on the new head', async () => {
    const people = await town.repository()
    const { pull, branch } = await accepted(people, 'SHOP-3')
    const head = await people.push('developer', branch, { message: 'one more thing' })
    await people.report(head, 'success')
    const gate = await people.checkIs(
      head,
      'waybill/gate',
      (check) => waits(check) && /outdated/.test(check.summary + check.text),
    )
    expect(gate.conclusion).toBeNull()
    await expect(people.merge('developer', pull)).rejects.toThrow(/405/)
  })

  it('Q18: yes turns to no on one head when the approval is dismissed, and GitHub refuses the merge', async () => {
    const people = await town.repository()
    const { head, pull } = await proposed(people, 'SHOP-3')
    await people.report(head, 'success')
    const review = await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', passed)
    await people.dismiss('admin', pull, review)
    await people.checkIs(head, 'waybill/gate', waits)
    await expect(people.merge('developer', pull)).rejects.toThrow(/405/)
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', passed)
    expect(await people.merge('developer', pull)).toMatch(/^[0-9a-f]{40}$/)
  })

  it('Q18: a check that is run again and fails takes the yes back', async () => {
    const people = await town.repository()
    const { head, pull } = await accepted(people, 'SHOP-3')
    await people.report(head, 'in_progress')
    await people.checkIs(head, 'waybill/gate', waits)
    await people.report(head, 'failure')
    await people.checkIs(head, 'waybill/gate', failed)
    await expect(people.merge('developer', pull)).rejects.toThrow(/405/)
  })
})

describe.concurrent('step 4: the merge becomes a version', () => {
  it('only when build is green on the merge commit: annotated tag, release with issue, pull request, author and approvers', async () => {
    const people = await town.repository()
    const { pull } = await accepted(people, 'SHOP-5')
    const merge = await people.merge('developer', pull)
    await people.report(merge, 'in_progress')
    expect(await people.releases()).toEqual([])
    await people.report(merge, 'success')
    expect(await tagAt(people, 'v0.1.0')).toBe(merge)
    expect(await people.kindOf('developer', 'v0.1.0')).toBe('tag')
    const release = await eventually('the release', async () => (await people.releases())[0] ?? null)
    for (const word of ['SHOP-5', `#${pull}`, 'developer', 'reviewer']) expect(release.body).toContain(word)
  })

  it('V6: three merges, their CI green in reverse order, become three versions in merge order', async () => {
    const people = await town.repository()
    const made = []
    for (const issue of ['SHOP-1', 'SHOP-2', 'SHOP-3']) made.push(await accepted(people, issue))
    const merges: string[] = []
    for (const { pull } of made) merges.push(await people.merge('developer', pull))
    for (const merge of merges.toReversed()) await people.report(merge, 'success')
    // The second one mends a Bug, the third is a Story.
    for (const [at, tag] of ['v0.1.0', 'v0.1.1', 'v0.2.0'].entries()) expect(await tagAt(people, tag)).toBe(merges[at])
    await eventually('three releases', async () => ((await people.releases()).length === 3 ? true : null))
  })

  it('V15, Q5: a red merge gets no version and stops the line; its repair may pass, and carries and names both', async () => {
    const people = await town.repository()
    const first = await accepted(people, 'SHOP-1')
    const red = await people.merge('developer', first.pull)
    await people.report(red, 'failure')
    const { head, pull } = await proposed(people, 'SHOP-2')
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    const held = await people.checkIs(head, 'waybill/gate', failed)
    expect([held.title, held.summary]).toEqual(['Blocked: main is red', expect.stringContaining('`waybill:repair`')])
    await expect(people.merge('developer', pull)).rejects.toThrow(/405/)
    await people.call('developer', `POST :repo/issues/${pull}/labels`, { labels: ['waybill:repair'] })
    await people.checkIs(head, 'waybill/gate', passed)
    const merge = await people.merge('developer', pull)
    await people.report(merge, 'success')
    expect(await tagAt(people, 'v0.1.0')).toBe(merge)
    const release = await eventually('the release', async () => (await people.releases())[0] ?? null)
    expect(release.body).toContain('SHOP-1')
    expect(release.body).toContain('SHOP-2')
  })
})

describe.concurrent('steps 5 and 6: staging by itself, production by somebody else', () => {
  it('follows each status in one living comment and in Jira, refuses the author, obeys the analyst, with the very same sha', async () => {
    const people = await town.repository()
    const { pull, merge } = await mergedAndGreen(people, 'SHOP-6')
    const staging = await deploymentTo(people, 'staging')
    expect(staging).toMatchObject({ sha: merge, ref: 'v0.1.0' })
    await rowOf(people, pull, 'staging', 'waiting')
    await jiraDeployment(people, 'SHOP-6', 'staging', 'pending')
    await people.carry(staging.id, 'in_progress')
    await rowOf(people, pull, 'staging', 'in progress')
    await jiraDeployment(people, 'SHOP-6', 'staging', 'in_progress')
    await people.carry(staging.id, 'success')
    await rowOf(people, pull, 'staging', 'success')
    await jiraDeployment(people, 'SHOP-6', 'staging', 'successful')

    await people.comment('developer', pull, '/waybill promote production')
    const refusal = await answerTo(people, pull, 'Refused')
    expect(refusal.body).toContain('implementer')
    expect(await people.deployments('production')).toEqual([])

    await people.comment('analyst', pull, '/waybill promote production')
    const production = await deploymentTo(people, 'production')
    expect(production).toMatchObject({ sha: merge, ref: 'v0.1.0' })
    await people.carry(production.id, 'in_progress')
    await people.carry(production.id, 'success')
    await rowOf(people, pull, 'production', 'success')
    await jiraDeployment(people, 'SHOP-6', 'production', 'successful')
    const living = (await people.comments(pull)).filter((comment) => comment.body.startsWith('Released as'))
    expect(living).toHaveLength(1)
  })

  it('E28: unknown commands and environments are answered with what is possible', async () => {
    const people = await town.repository()
    const { pull } = await proposed(people, 'SHOP-8')
    await people.comment('analyst', pull, '/waybill frobnicate')
    expect((await answerTo(people, pull, 'There is no command')).body).toContain('/waybill promote')
    await people.comment('analyst', pull, '/waybill promote prod-typo')
    expect((await answerTo(people, pull, 'Refused. There is no environment')).body).toContain('`production`')
  })
})

describe.concurrent('step 7: changes do not disturb each other', () => {
  it('a branch pushed while another change is released is judged as always', async () => {
    const people = await town.repository()
    const { merge } = await mergedAndGreen(people, 'SHOP-1')
    const head = await people.push('developer', 'SHOP-9-other')
    await people.checkIs(head, 'waybill/branch', passed)
    expect(await tagAt(people, 'v0.1.0')).toBe(merge)
    const { branches = [] } = await people.issue('SHOP-9')
    expect(branches.length).toBeLessThanOrEqual(1)
  })
})

// By itself, and last: nobody else can do without Jira.
describe('step 3, without Jira', () => {
  it('B8: Jira being down makes the issue rule wait, not fail', async () => {
    const people = await town.repository()
    await town.jiraFault({ call: 'GET /rest/api/3/issue', times: 1000, fault: '503', phase: 'before' })
    const head = await people.push('developer', 'SHOP-4-change')
    await people.openPull('developer', { branch: 'SHOP-4-change', title: 'SHOP-4' })
    const gate = await people.checkIs(head, 'waybill/gate', (check) => waits(check) && check.summary.includes('Jira'))
    expect(gate.conclusion).toBeNull()
    await town.jiraFault(null)
  })
})
