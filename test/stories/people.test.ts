import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { CheckShown } from '../../sandbox/people/checks.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(async () => {
  expect(await town.violations()).toEqual([])
  await town.close()
})

const passed = (check: CheckShown): boolean => check.conclusion === 'success'
const waits = (words: string) => (check: CheckShown) =>
  check.status === 'in_progress' && `${check.summary}${check.text}`.includes(words)

/** A pull request by the developer with a green build. */
async function proposed(people: People, branch: string, change: Parameters<People['push']>[2] = {}) {
  const head = await people.push('developer', branch, change)
  const pull = await people.openPull('developer', { branch, title: branch })
  await people.report(head, 'success')
  return { branch, head, pull }
}

/** Tests with a repository of their own go on side by side: mostly they wait for Waybill. */
describe.concurrent('who works on a change', () => {
  it('A9 A31: the reviewer clicks "update branch" after the approval, and it still counts; A19: asked again, must approve again; A8: a push outdates that', async () => {
    const people = await town.repository()
    const { branch, head, pull } = await proposed(people, 'SHOP-3-change')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', passed)
    await people.push('admin', 'main', { file: 'news.txt' })
    await people.call('reviewer', `PUT :repo/pulls/${pull}/update-branch`)
    const updated = (await people.commitAt('developer', `origin/${branch}`)) ?? ''
    expect(updated).not.toBe(head)
    await people.report(updated, 'success')
    await people.checkIs(updated, 'waybill/gate', passed)
    await people.call('developer', `POST :repo/pulls/${pull}/requested_reviewers`, { reviewers: ['reviewer'] })
    await people.checkIs(updated, 'waybill/gate', waits('asked for a review again'))
    await people.review('reviewer', pull)
    await people.checkIs(updated, 'waybill/gate', passed)
    const pushed = await people.push('developer', branch, { message: 'one more thing' })
    await people.report(pushed, 'success')
    await people.checkIs(pushed, 'waybill/gate', waits('outdated'))
  })

  it('A8: a program made of an approved file outdates the approval, though its text stays the same', async () => {
    const people = await town.repository()
    const { branch, head, pull } = await proposed(people, 'SHOP-8-script', { file: 'run.sh', body: 'echo 1\n' })
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', passed)
    const made = await people.push('developer', branch, { file: 'run.sh', body: 'echo 1\n', executable: true })
    await people.report(made, 'success')
    await people.checkIs(made, 'waybill/gate', waits('outdated'))
  })

  it('A5: who pushed the commits of somebody else does not approve them', async () => {
    const people = await town.repository()
    const head = await people.push('developer', 'SHOP-4-draft')
    await people.pushAs('reviewer', head, 'SHOP-4-change')
    const pull = await people.openPull('developer', { branch: 'SHOP-4-change', title: 'SHOP-4' })
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', waits('they pushed to its branch'))
    await people.review('admin', pull)
    await people.checkIs(head, 'waybill/gate', passed)
  })

  it('A33: an unknown e-mail is known once the .mailmap of the base maps it', async () => {
    const people = await town.repository()
    const { head, pull } = await proposed(people, 'SHOP-5-change', { email: 'old@nowhere.example' })
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', waits('old@nowhere.example'))
    const body = 'Dee Veloper <developer@users.noreply.github.com> <old@nowhere.example>\n'
    await people.push('admin', 'main', { file: '.mailmap', body })
    await people.report(head, 'success')
    await people.checkIs(head, 'waybill/gate', passed)
  })

  it('A23: approvers who are nobody are named; an override lets one head pass, marked with person and reason, and not the next; an implementer gets none', async () => {
    const config = `version: 1
issues: { projects: [SHOP] }
merge: { settle: 0s, overriders: ["@acme/analysts", developer], approvers: [ghost, "@acme/ghosts", reviewer, "@acme/analysts"] }
`
    const other = await town.repository(config)
    const head = await other.push('developer', 'SHOP-6-change')
    const pull = await other.openPull('developer', { branch: 'SHOP-6-change', title: 'SHOP-6' })
    const no = await other.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
    expect(no.summary).toContain('names whom GitHub does not know: `ghost`, `@acme/ghosts`.')
    await other.comment('developer', pull, '/waybill override I say so')
    await eventually('a refusal', async () => {
      return (await other.comments(pull)).find(({ body }) => body.includes('developer wrote part of this head')) ?? null
    })
    await other.comment('analyst', pull, '/waybill override the shop is down')
    const yes = await other.checkIs(head, 'waybill/gate', passed)
    expect(yes.title).toBe('Overridden by analyst: the shop is down')
    expect(yes.summary).toContain('It lacks: No approval yet')
    const next = await other.push('developer', 'SHOP-6-change', { message: 'more' })
    await other.checkIs(next, 'waybill/gate', (check) => check.status === 'in_progress')
  })

  it('says once everything else is there that GitHub wants the conversations resolved, and that it does no more', async () => {
    const talkative = await town.repository()
    await talkative.call('admin', 'POST :repo/rulesets', {
      name: 'conversations',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } },
      rules: [
        {
          type: 'pull_request',
          parameters: {
            required_approving_review_count: 0,
            dismiss_stale_reviews_on_push: false,
            require_code_owner_review: false,
            require_last_push_approval: false,
            required_review_thread_resolution: true,
          },
        },
      ],
    })
    const head = await talkative.push('developer', 'SHOP-5-change')
    const pull = await talkative.openPull('developer', { branch: 'SHOP-5-change', title: 'SHOP-5' })
    const thread = await talkative.beginConversation('reviewer', pull, 'SHOP-5-change.txt')
    await talkative.report(head, 'success')
    await talkative.review('reviewer', pull)
    const open = await talkative.checkIs(head, 'waybill/gate', passed)
    expect(open.title).toBe('Passes; GitHub itself asks for more')
    expect(open.summary).toContain('GitHub itself still asks that the conversations still open be resolved.')
    await expect(talkative.merge('developer', pull)).rejects.toThrow(/conversation/)
    await talkative.resolveConversation('reviewer', thread)
    await talkative.checkIs(head, 'waybill/gate', ({ title }) => title === 'Ready to merge')
    expect(await talkative.merge('developer', pull)).toMatch(/^[0-9a-f]{40}$/)
  })
})
