import { describe, expect, test } from 'vitest'
import { absent, found, unknown } from '../../src/model/lookup.ts'
import type { PullRequest } from '../../src/model/pull.ts'
import { questionAboutNames } from '../../src/rules/questions-about-names.ts'
import { cpuTime } from '../cpu-time.ts'
import {
  answerOf,
  aPull,
  check,
  commit,
  configured,
  configuredIssues,
  developer,
  gate,
  issue,
  noon,
  pullRequest,
  reasonOf,
  robot,
  withChecks,
  withReviews,
} from './a-pull.ts'

const named = (branch: string, change: Partial<PullRequest> = {}) => aPull({ pull: pullRequest({ branch, ...change }) })
const naming = (branch: string, change: Partial<PullRequest> = {}) =>
  reasonOf('branch-names-issue', named(branch, change))

describe('the name of a branch', () => {
  test.each([
    'SHOP-7-gift-cards',
    'shop-7-gift-cards',
    'feature/SHOP-7-x',
    'hotfix/SHOP-7-Fix_it.now',
    'SHOP-7-geschenk-gutschein-für-alle',
  ])('B1 %s passes', (branch) => {
    expect(answerOf('branch-names-issue', named(branch))).toEqual({
      rule: 'branch-names-issue',
      kind: 'passes',
      note: { kind: 'names-issue', key: 'SHOP-7' },
    })
  })

  test('B2 a name without a key blocks and proposes one from the title', () => {
    expect(naming('gift-cards', { title: 'SHOP-7 Sell gift cards' })).toMatchObject({
      kind: 'branch-without-key',
      proposal: 'SHOP-7-gift-cards',
    })
    expect(naming('gift-cards')).toMatchObject({ kind: 'branch-without-key', proposal: null })
    expect(gate(named('gift-cards'))).toBe('blocks')
  })

  test('B2 a name with its key in the wrong place gets a proposal that fits', () => {
    expect(naming('gift-cards-SHOP-7')).toMatchObject({ kind: 'branch-off-pattern', proposal: 'SHOP-7-gift-cards' })
    expect(naming('wip/SHOP-7-gift-cards')).toMatchObject({ kind: 'branch-off-pattern', proposal: 'SHOP-7-gift-cards' })
    expect(naming('SHOP-7')).toMatchObject({ kind: 'branch-off-pattern', proposal: 'SHOP-7-sell-gift-cards' })
  })

  test.each([
    '2023-04-11-245a825',
    '123ABC-456XYZ',
    'admin-6lfr1m',
    'utf-8-fix',
    'sha-256',
    'UTF-8-fix',
    'notSHOP-7-x',
    'SHOP-07-x',
    'SHOP–7-x',
  ])('B3 %s holds no key', (branch) => {
    expect(naming(branch)).toMatchObject({ kind: 'branch-without-key' })
  })

  test.each(['[STAR]', '[STAR, FOR]'])(
    'B4 STAR-11072-For-5.2-demo names STAR-11072 only, with projects %s',
    (projects) => {
      const snapshot = { ...named('STAR-11072-For-5.2-demo'), config: configuredIssues(`projects: ${projects}`) }
      expect(answerOf('branch-names-issue', snapshot)).toMatchObject({ kind: 'passes', note: { key: 'STAR-11072' } })
    },
  )

  test('B5 a key of another project blocks and names the projects', () => {
    expect(naming('OTHER-12-gift-cards')).toMatchObject({
      kind: 'foreign-project',
      keys: ['OTHER-12'],
      projects: ['SHOP'],
    })
    expect(gate(named('OTHER-12-gift-cards'))).toBe('blocks')
  })

  test('B6 two keys in the name block and are listed', () => {
    expect(naming('SHOP-7-and-SHOP-8')).toEqual({ kind: 'several-issues', keys: ['SHOP-7', 'SHOP-8'] })
    expect(gate(named('SHOP-7-and-SHOP-8'))).toBe('blocks')
    expect(
      answerOf('branch-names-issue', { ...named('SHOP-7-and-SHOP-8'), config: configured('', 'one-issue: false') }),
    ).toMatchObject({ kind: 'passes' })
  })

  test("B6 a commit that begins with another issue's key blocks; one that mentions it does not", () => {
    const of = (headline: string) => reasonOf('branch-names-issue', aPull({ commits: found([commit({ headline })]) }))
    expect(of('SHOP-8 sell vouchers too')).toEqual({ kind: 'several-issues', keys: ['SHOP-7', 'SHOP-8'] })
    expect(of('shop-7: sell gift cards')).toBeNull()
    expect(of('Sell gift cards, see SHOP-3')).toBeNull()
    expect(of('[SHOP-8] sell vouchers too')).toEqual({ kind: 'several-issues', keys: ['SHOP-7', 'SHOP-8'] })
    expect(of('(see SHOP-8) sell gift cards')).toBeNull()
    expect(of('SHOP-70 sell seventy')).toEqual({ kind: 'several-issues', keys: ['SHOP-7', 'SHOP-70'] })
  })

  test("B6 a title that was edited to begin with another issue's key blocks, as the commit would that a squash makes of it", () => {
    const of = (title: string) => naming('SHOP-7-gift-cards', { title })
    expect(of('SHOP-8 Sell vouchers')).toEqual({ kind: 'several-issues', keys: ['SHOP-7', 'SHOP-8'] })
    expect(of('[shop-8] Sell vouchers')).toEqual({ kind: 'several-issues', keys: ['SHOP-7', 'SHOP-8'] })
    expect(of('SHOP-7: after SHOP-8, sell gift cards')).toBeNull()
    expect(of('Revert "SHOP-8 Sell vouchers"')).toBeNull()
    expect(of('FOO-8 Sell vouchers')).toBeNull()
  })

  test("B10 a bot's exempt branch needs no issue; the same name of a person does", () => {
    const branch = 'dependabot/npm_and_yarn/x-1.2.3'
    expect(answerOf('branch-names-issue', named(branch, { author: robot }))).toMatchObject({
      kind: 'skips',
      note: { kind: 'exempt-branch', pattern: 'dependabot/**' },
    })
    expect(answerOf('issue-is-ready', named(branch, { author: robot }))).toMatchObject({
      kind: 'skips',
      note: { kind: 'no-issue-needed' },
    })
    expect(naming(branch, { author: developer })).toMatchObject({ kind: 'branch-without-key' })
  })

  test('B12 the branch of a fork is judged by its name, or the title is enough', () => {
    expect(gate(named('SHOP-7-x', { isFork: true }))).toBe('passes')
    expect(
      answerOf('branch-names-issue', named('patch-1', { isFork: true, title: 'SHOP-7 gift cards' })),
    ).toMatchObject({ kind: 'passes', note: { kind: 'title-names-issue', key: 'SHOP-7' } })
    expect(naming('patch-1', { isFork: true })).toMatchObject({ kind: 'branch-without-key', isFork: true })
    expect(naming('patch-1', { isFork: true, title: 'SHOP-7 and SHOP-8' })).toMatchObject({ kind: 'several-issues' })
  })

  test('B18 what undoes a merged change passes name and issue, done or not; approval and checks stay', () => {
    const branch = 'revert-7-SHOP-7-gift-cards'
    const done = new Map([['SHOP-7', found(issue({ done: true }))]])
    const plain = { ...named(branch, { title: 'Revert "Sell gift cards"' }), issues: done }
    expect(gate(plain)).toBe('blocks')
    const reverts = found({ pull: 7, branch: 'SHOP-7-gift-cards', title: 'Sell gift cards' })
    expect(gate({ ...plain, reverts })).toBe('passes')
    expect(answerOf('issue-is-ready', { ...plain, reverts })).toMatchObject({ note: { pull: 7, keys: ['SHOP-7'] } })
    expect(gate({ ...plain, reverts, ...withReviews() })).toBe('waits')
    expect(gate({ ...plain, reverts, ...withChecks(check('failure')) })).toBe('blocks')
    expect(gate({ ...plain, reverts: absent })).toBe('blocks')
    expect(reasonOf('branch-names-issue', { ...plain, reverts: unknown('GitHub answered 502') })).toMatchObject({
      kind: 'revert-unreadable',
      pull: 7,
    })
  })

  test('B18 is asked about only where it decides, and only for a branch that the button names', () => {
    expect(questionAboutNames(named('revert-7-SHOP-7-gift-cards'))).toEqual({ kind: 'revert', pull: 7 })
    expect(questionAboutNames(named('SHOP-7-gift-cards'))).toBeNull()
    expect(questionAboutNames(named('revert-gift-cards'))).toBeNull()
    const anyName = configured('branches: {pattern: [".*"]}')
    expect(questionAboutNames({ ...named('revert-7-SHOP-7-x'), config: anyName })).toBeNull()
    expect(questionAboutNames({ ...named('revert-7-x'), reverts: absent })).toBeNull()
    expect(questionAboutNames(named('revert-7-x', { state: 'merged' }))).toBeNull()
  })

  test('B20 a pull request opened before the configuration came names its issue in its title', () => {
    const titled = named('gift-cards', { title: 'SHOP-7 gift cards', createdAt: noon })
    expect(questionAboutNames(titled)).toEqual({ kind: 'adoption' })
    expect(gate({ ...titled, configuredSince: noon + 1 })).toBe('passes')
    expect(answerOf('branch-names-issue', { ...titled, configuredSince: noon + 1 })).toMatchObject({
      note: { kind: 'opened-before', key: 'SHOP-7' },
    })
    expect(gate({ ...titled, configuredSince: noon })).toBe('blocks')
    expect(gate(titled)).toBe('blocks')
    expect(gate({ ...named('gift-cards'), configuredSince: noon + 1 })).toBe('blocks')
    const several = named('x/y/SHOP-8-x', { title: 'SHOP-7 gift cards', createdAt: noon })
    expect(reasonOf('branch-names-issue', { ...several, configuredSince: noon + 1 })).toMatchObject({
      kind: 'several-issues',
      keys: ['SHOP-8', 'SHOP-7'],
    })
    expect(questionAboutNames(named('gift-cards'))).toBeNull()
  })

  test('B16 a hostile pattern and a hostile name are answered at once', () => {
    const snapshot = {
      ...named(`${'a'.repeat(511)}!`),
      config: configured('branches: {pattern: ["(a+)+$", "{key}-(a+)+$"]}'),
    }
    const began = cpuTime()
    expect(gate(snapshot)).toBe('blocks')
    expect(cpuTime() - began).toBeLessThan(2000)
  })
})
