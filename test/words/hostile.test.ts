import { describe, expect, test } from 'vitest'
import { patternProblem } from '../../src/model/branch-name.ts'
import { found } from '../../src/model/lookup.ts'
import { parseConfig } from '../../src/model/parse-config.ts'
import { planBranch } from '../../src/plan/plan-branch.ts'
import { planPull } from '../../src/plan/plan-pull.ts'
import { renameCommands } from '../../src/words/rename-commands.ts'
import { cpuTime } from '../cpu-time.ts'
import { aBranch, aPull, check, configured, issue, pullRequest, withChecks } from '../rules/a-pull.ts'

/** Everything that is said of a world, for people to read. */
function saidOf(plan: ReturnType<typeof planPull>): string {
  return plan
    .flatMap((effect) => (effect.kind === 'post-check' ? [effect.answer.title, effect.answer.summary] : []))
    .join('\n')
}

/** What GitHub renders of it: not what stands as code, and not the title, which is shown as it is. */
function renderedOf(plan: ReturnType<typeof planPull>): string {
  const summaries = plan.flatMap((effect) => (effect.kind === 'post-check' ? [effect.answer.summary] : []))
  return summaries
    .join('\n')
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`|<code>[^<]*<\/code>|<\/?details>|<\/?summary>/g, '')
}

const names = [
  '../../etc/passwd',
  'SHOP-7\nx',
  'SHOP-7\u0000x',
  'SHOP-7-\u202Egnp.exe',
  'ЅНОР-7-x',
  '--upload-pack=x',
  `SHOP-7-${'é'.repeat(120)}`,
  'SHOP-7-$(touch x);`id`\'"',
  '@acme/everyone',
  'a|b<img src=x>',
]

describe('hostile names', () => {
  test.each(names)('X26 %j is only ever data', (branch) => {
    const plans = [
      planBranch(aBranch(branch)),
      planPull(aPull({ pull: pullRequest({ branch, title: `SHOP-7 ${branch}` }) })),
    ]
    for (const plan of plans) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come through
      expect(saidOf(plan)).not.toMatch(/[\u0000\u202E]/)
      expect(renderedOf(plan)).not.toMatch(/@acme|<\w|\$\(/)
    }
  })

  test('X26 a name that begins with a dash is no option of the commands to copy', () => {
    expect(renameCommands('--upload-pack=x', 'SHOP-7-x')).toEqual([
      "git branch -m -- '--upload-pack=x' SHOP-7-x",
      'git push -u origin SHOP-7-x',
      "git push origin --delete -- '--upload-pack=x'",
    ])
  })

  test('X26 Cyrillic letters that look like a key are none', () => {
    expect(saidOf(planBranch(aBranch('ЅНОР-7-x')))).toContain('names no issue')
  })
})

describe('hostile texts', () => {
  test('X28 titles, summaries and check names make no heading, mention, link, table or HTML', () => {
    const nasty = '## ✅ approved | @org/everyone org/repo#1 <h1>x</h1> ```\n[x](javascript:alert(1))'
    const snapshot = aPull({
      pull: pullRequest({ title: nasty, branch: 'SHOP-7-x' }),
      issues: new Map([['SHOP-7', found(issue({ summary: nasty, status: nasty }))]]),
      ...withChecks(check('failure', { name: nasty, word: nasty, url: 'javascript:alert(1)' })),
    })
    const said = renderedOf(planPull(snapshot))
    expect(said.split('\n').filter((line) => /^#+ /.test(line))).toEqual([])
    expect(said).not.toMatch(/<h1>|\]\(javascript:|@org|repo#1/)
    const rows = said.split('\n').filter((line) => line.startsWith('| '))
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7)
  })
})

describe('hostile patterns', () => {
  test.each([
    ['(?=a)b', /./],
    ['(?<!a)b', /./],
    ['(a)\\1', /./],
    [`(${'a{1000}'.repeat(2)}){1000}`, /./],
    ['{unknown}', /use \{key\}/],
  ])('X23 %s is refused with a reason', (pattern, reason) => {
    expect(patternProblem(pattern)).toMatch(reason)
  })

  test('X23 what takes long together is refused with a reason: many patterns, many globs, keys written out again and again', () => {
    const began = cpuTime()
    const broken = (text: string, sha = text) => {
      const read = parseConfig({ path: 'w', text: `version: 1\n${text}`, sha })
      return read.kind === 'broken' ? read.problems.map(({ line, message }) => `${line} ${message}`) : []
    }
    const some = (count: number, one: (at: number) => string) =>
      Array.from({ length: count }, (_, at) => one(at)).join()
    const shop = 'issues: {projects: [SHOP]}'
    expect(broken(`${shop}\nbranches: {pattern: [${some(800, (at) => `'(a?){1000}${at}'`)}]}`)[0]).toBe(
      '3 must be 20 patterns at most',
    )
    expect(broken(`${shop}\nbranches: {exempt: [${some(900, (at) => `a*${at}`)}]}`)).toEqual([
      '3 must be 100 globs at most',
    ])
    expect(broken(`${shop}\nmerge: {checks: [${some(900, (at) => `a*${at}`)}]}`)).toEqual([
      '3 must be 100 checks at most',
    ])
    const projects = some(200, (at) => `${'A'.repeat(200)}${at}`)
    expect(broken(`issues: {projects: [${projects}]}\nbranches: {pattern: ["${'{key}'.repeat(100)}"]}`)[0]).toContain(
      "3 can't be matched in time",
    )
    expect(broken(`issues: {projects: [${some(500, (at) => `PROJECT${at}`)}]}`)).toEqual([])
    expect(cpuTime() - began).toBeLessThan(3000)
  })

  test('X23 100 kB of pattern is refused unread; nested repetition is answered in linear time', () => {
    const long = `branches: {pattern: ["${'a'.repeat(100_000)}"]}`
    const text = `version: 1\nissues: {projects: [SHOP]}\n${long}`
    expect(parseConfig({ path: 'waybill.yml', text, sha: 'c0ffee' })).toMatchObject({ kind: 'broken' })
    const config = configured('branches: {pattern: ["^(a+)+$", "((a*)*)*b", "(a|aa)+{key}"]}')
    const began = cpuTime()
    planPull(aPull({ config, pull: pullRequest({ branch: `${'a'.repeat(30_000)}!` }) }))
    expect(cpuTime() - began).toBeLessThan(2000)
  })
})
