import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../src/model/parse-config.ts'
import { cpuTime } from '../cpu-time.ts'

const least = 'version: 1\nissues: {projects: [SHOP]}\n'

function read(text: string) {
  return parseConfig({ path: '.github/waybill.yml', text, sha: 'c0ffee' })
}

/** Problems as `line path message`. */
function problems(text: string): readonly string[] {
  const config = read(text)
  return config.kind === 'broken' ? config.problems.map(({ line, path, message }) => `${line} ${path} ${message}`) : []
}

describe('a configuration file', () => {
  test('the least one is valid and takes the defaults', () => {
    expect(read(least)).toMatchObject({
      kind: 'valid',
      path: '.github/waybill.yml',
      sha: 'c0ffee',
      config: { mode: 'enforce', merge: { approvals: 1, checks: 'all', settle: '30s' }, environments: [] },
    })
  })

  test('everything that works now is read', () => {
    const text = `version: 1
mode: report
issues: {projects: [SHOP, MY_PROJ], verify: false, statuses: [In Progress]}
branches: {pattern: ["{key}-{slug}", "{type}/{key}.*"], types: [feature], exempt: ["bot/**"]}
merge:
  into: [main, release/1]
  approvals: 2
  approvers: [octocat, "@acme/reviewers"]
  checks: [build, "test *", {name: lint, app: github-actions}]
  ignore-checks: ["codecov/*"]
  settle: 0s
  neutral: block
  skipped: block
  one-issue: false
  unknown-authors: ignore
release: {tag: "shop/v{version}", initial-version: 1.0.0, bump: {default: minor}, checks: [build]}
environments:
  - {name: staging, type: staging, deploy: auto}
  - {name: production, type: production, promoters: ["@acme/analysts", octocat], separation-of-duties: false}
`
    expect(problems(text)).toEqual([])
    expect(read(text)).toMatchObject({
      kind: 'valid',
      config: { merge: { approvals: 2 }, environments: [{}, { name: 'production' }] },
    })
  })

  test('an empty file, comments alone and what is no section name the missing keys', () => {
    const empty = ['1  is empty; it needs at least "version: 1" and "issues: {projects: [SHOP]}"']
    expect(problems('')).toEqual(empty)
    expect(problems('# nothing yet\n')).toEqual(empty)
    expect(problems('- a\n')).toEqual([
      '1  is not a list of keys; it needs at least "version: 1" and "issues: {projects: [SHOP]}"',
    ])
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n'
    expect(problems(pointer)[0]).toContain('is a pointer of Git LFS, not the file itself; it needs')
    expect(problems('../waybill.yml')[0]).toContain('is no list of keys but one text, or a symbolic link; it needs')
    expect(problems('mode: enforce\nissues: {}\n')).toEqual([
      '1 version is missing; add version: 1',
      '2 issues.projects is missing; add projects: [SHOP]',
    ])
  })

  test('every problem has its line, its path and a way to mend it', () => {
    const text = `version: 2
issues:
  projects: [shop]
merge:
  aprovals: 1
  approvals: many
  approvers: ["@analysts"]
  settle: 30
  checks: [{name: a, ap: x}]
  neutral: maybe
release:
environments:
  - {name: a b, type: prod}
  - {name: x, type: staging}
branches: {pattern: ["(", "{foo}-x"], types: no, exempt: [""]}
jira: 7
`
    expect(problems(text)).toMatchInlineSnapshot(`
      [
        "1 version must be 1",
        "3 issues.projects.0 must be a project's key as Jira writes it, in capitals, such as SHOP",
        "5 merge.aprovals is not a key of Waybill; did you mean approvals?",
        "6 merge.approvals must be a number",
        "7 merge.approvers.0 must be a user (\`octocat\`, without @) or a team (\`@org/team\`)",
        "8 merge.settle must be a number with a unit, such as 30s, 60m, 4h or 7d",
        "9 merge.checks.0.ap is not a key of Waybill; did you mean app?",
        "9 merge.checks.0.app is missing; it must be a text",
        "10 merge.neutral must be pass or block",
        "11 release is empty; remove it, or give it a value ({} takes the defaults of a section)",
        "13 environments.0.name must be a name of letters, digits, ".", "_", "-" and "/", such as production",
        "13 environments.0.type must be development or testing or staging or production",
        "14 environments.1.promoters is required where deploy is manual: list users and teams such as ["@org/team"], or write-access",
        "15 branches.exempt.0 must not be empty",
        "15 branches.pattern.0 can't be used as a pattern: error parsing regexp: missing closing ): \`(\`",
        "15 branches.pattern.1 can't be used as a pattern: {foo} is unknown; use {key}, {slug} and {type}",
        "15 branches.types must be a list, such as [a, b]",
        "16 jira must be a section with keys",
      ]
    `)
  })

  test('environments twice (in whatever case), manual without promoters or with too few for its sign-offs, production as a rush box', () => {
    expect(
      problems(
        `${least}environments:\n  - {name: Staging, type: staging, deploy: auto}\n  - {name: staging, type: staging, deploy: auto}\n`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "5 environments.1.name is used twice (staging); name each environment once",
      ]
    `)
    expect(problems(`${least}environments:\n  - name: production\n    type: production\n`)).toMatchInlineSnapshot(`
      [
        "4 environments.0.promoters is required where deploy is manual: list users and teams such as ["@org/team"], or write-access",
      ]
    `)
    expect(problems(`${least}environments:\n  - {name: box, type: production, kind: rush}\n`)).toEqual([
      '4 environments.0.type a rush box takes unmerged branches, so it is never production: name testing, development or staging',
    ])
    const agreed = (promoters: string) =>
      problems(`${least}environments:\n  - {name: a, type: production, promoters: ${promoters}, sign-offs: 2}\n`)
    expect(agreed('[octocat, Octocat]')).toEqual([
      '4 environments.0.sign-offs asks for more people than `promoters` names: name more of them, or a team',
    ])
    for (const enough of ['[octocat, hubot]', '["@acme/analysts"]', 'write-access']) expect(agreed(enough)).toEqual([])
    expect(problems(`${least}merge: {approvers: []}\n`)).toMatchInlineSnapshot(`
      [
        "3 merge.approvers must name at least one user or team; for nobody write nobody",
      ]
    `)
  })

  test('refuses patterns that can not be used', () => {
    const pattern = (text: string) => problems(`${least}branches:\n  pattern: ['${text}']\n`)
    expect(pattern('(')).toMatchInlineSnapshot(`
      [
        "4 branches.pattern.0 can't be used as a pattern: error parsing regexp: missing closing ): \`(\`",
      ]
    `)
    expect(pattern('{key}-(?=x)')).toMatchInlineSnapshot(`
      [
        "4 branches.pattern.0 can't be used as a pattern: error parsing regexp: invalid or unsupported Perl syntax: \`(?=\`",
      ]
    `)
    expect(pattern('((a{100}){100}){100}')).toMatchInlineSnapshot(`
      [
        "4 branches.pattern.0 can't be used as a pattern: error parsing regexp: invalid repeat count: \`{100}\`",
      ]
    `)
    expect(pattern('x'.repeat(513))).toMatchInlineSnapshot(`
      [
        "4 branches.pattern.0 must be at most 512 characters long",
      ]
    `)
    expect(pattern('{project}-{slug}')).toMatchInlineSnapshot(`
      [
        "4 branches.pattern.0 can't be used as a pattern: {project} is unknown; use {key}, {slug} and {type}",
      ]
    `)
    expect(pattern('\\p{Greek}{2,3}/{key}-{slug}')).toEqual([])
  })

  test('Q8 invalid YAML and keys written twice', () => {
    expect(problems('version: 1\nissues: {projects: [SHOP\n')).toMatchInlineSnapshot(`
      [
        "3  is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
        "3  is not valid YAML: Flow map in block collection must be sufficiently indented and end with a }",
      ]
    `)
    expect(problems(`${least}version: 1\n`)).toEqual(['3 version is written twice; keep one of the two'])
    expect(problems(`${least}mode: !!js enforce\n`)).toMatchInlineSnapshot(`
      [
        "3  is not valid YAML: Unresolved tag: tag:yaml.org,2002:js",
      ]
    `)
  })

  test('Q8 types of YAML 1.1 make no section look empty', () => {
    for (const tagged of [
      '!!omap [approvals: 2]',
      '!!set {approvals}',
      '!!binary aGVsbG8=',
      '!!timestamp 2026-01-01',
    ]) {
      expect(problems(`${least}merge: ${tagged}\n`)).toHaveLength(1)
    }
    expect(problems(`%YAML 1.1\n---\n${least}merge:\n  <<: {approvals: 2}\n`)).toHaveLength(1)
    expect(read(`${least}merge: !!map {approvals: 2}\n`)).toMatchObject({ config: { merge: { approvals: 2 } } })
  })

  test('Q8 a check that is asked for and ignored at once, which would be waited for for ever', () => {
    expect(
      problems(`${least}merge:\n  checks: [build, {name: lint, app: ci}]\n  ignore-checks: [codecov/*, lint]\n`),
    ).toEqual(['5 merge.ignore-checks.1 is asked for by merge.checks too; take it out of one of the two'])
    expect(problems(`${least}merge: {checks: all, ignore-checks: [build]}\n`)).toEqual([])
    expect(problems(`${least}merge: {checks: [build], ignore-checks: ["b*"]}\n`)).toEqual([
      '3 merge.ignore-checks.0 takes in build, which merge.checks asks for; take it out of one of the two',
    ])
  })

  test.each([
    'release/*',
    'refs/heads/main',
    'main ',
    '/main',
    'a..b',
    'v1.lock',
    'a//b',
    '-x',
    'a/.b',
    'main/',
    'x.',
    '',
  ])('Q8 merge.into names branches one by one: %j would gate nothing', (name) => {
    expect(problems(`${least}merge: {into: [main, "${name}"]}\n`)[0]).toContain('3 merge.into.1 must')
  })

  test('Q8 a word for people in a list would be the login of somebody', () => {
    const people = (key: string, word: string) => problems(`${least}merge: {${key}: [octocat, ${word}]}\n`)
    const said = (key: string, word: string) => [`3 merge.${key}.1 is no user; ${word} stands alone, without a list`]
    expect(people('overriders', 'nobody')).toEqual(said('overriders', 'nobody'))
    expect(people('approvers', 'write-access')).toEqual(said('approvers', 'write-access'))
    expect(people('approvers', 'nobody-else')).toEqual([])
    expect(problems(`${least}policy-owners: [nobody]\n`)).toHaveLength(1)
  })

  test.each([
    [
      'merge: {approvers: [@acme/reviewers]}',
      '3  is not valid YAML: a value that begins with @, ` or % has to stand in quotes: "@org/team"',
    ],
    [
      'merge: {ignore-checks: [*]}',
      '3  is not valid YAML: a value that begins with * or & has to stand in quotes: "*"',
    ],
    [
      'branches: {pattern: [{key}-{slug}]}',
      '3  is not valid YAML: a key must be a plain text; a value that begins with { has to stand in quotes',
    ],
    [
      'branches:\n  pattern:\n    - {key}-{slug}',
      '5  is not valid YAML: a key must be a plain text; a value that begins with { has to stand in quotes',
    ],
    ['mode:report', '3  is not valid YAML: this is no key with a value; is a space missing after its colon?'],
    ['---\nmode: report', '3  is not valid YAML: it goes on after a line ---; keep one document'],
    [
      '<<<<<<< HEAD\nmode: report\n=======\n>>>>>>> x',
      '3  holds a mark of a merge conflict; keep one side, and take the marks out',
    ],
    ['merge: {approvals: "2"}', '3 merge.approvals must be a number, without quotes'],
    [
      'merge: {checks: [3.10]}',
      '3 merge.checks.0 must be the name of a check, a glob, or {name: build, app: github-actions}; put it into quotes',
    ],
    ['issues: {projects: [7]}', '3 issues is written twice; keep one of the two'],
  ])('Q8 what is easily written wrong is said with how to write it: %j', (line, said) => {
    expect(problems(`${least}${line}\n`)[0]).toBe(said)
  })

  test('Q8 a key with two letters that changed places is known', () => {
    expect(problems(`${least}mrege: {}\n`)).toEqual(['3 mrege is not a key of Waybill; did you mean merge?'])
    expect(problems(`${least}merge: {cehcks: all}\n`)).toEqual([
      '3 merge.cehcks is not a key of Waybill; did you mean checks?',
    ])
    expect(problems(`${least}merge: {cehcsk: all}\n`)).toEqual([
      '3 merge.cehcsk is not a key of Waybill; did you mean checks?',
    ])
  })

  test('Q8 lines are counted right in a file of Windows, and its mark at the begin is no text', () => {
    const windows = `\uFEFF${least}merge:\n  aprovals: 2\n`.replaceAll('\n', '\r\n')
    expect(problems(windows)).toEqual(['4 merge.aprovals is not a key of Waybill; did you mean approvals?'])
  })

  test('Q11, X19 aliases, __proto__, depth and size are refused in bounded time', () => {
    const began = cpuTime()
    const bombs = Array.from(
      { length: 9 },
      (_, at) => `a${at + 1}: &a${at + 1} [*a${at},*a${at},*a${at},*a${at},*a${at},*a${at},*a${at},*a${at},*a${at}]`,
    )
    expect(problems(`a0: &a0 [x]\n${bombs.join('\n')}\n`)[0]).toBe(
      '2 a1.0 is an alias; write the value out instead, or put it into quotes',
    )
    expect(problems(`${least}merge: &m {<<: *m}\n`)[0]).toContain('is an alias')
    expect(problems(`${least}__proto__: {mode: report}\n`)).toEqual([
      '3 __proto__ is not a key that can be used; remove it',
    ])
    expect(problems(`a: ${'x'.repeat(2_000_000)}`)).toEqual([
      '1  is larger than 64 KiB; a configuration never needs that much',
    ])
    expect(problems('['.repeat(60_000))).toEqual(['1  is nested too deeply'])
    expect(problems('- '.repeat(30_000))).toEqual(['1  is nested too deeply'])
    expect(problems(`a: ${'['.repeat(40)}${']'.repeat(40)}`)[0]).toContain('is nested too deeply')
    expect(problems('a,\n'.repeat(2000))).toEqual([
      '1  has more than 2,000 lines and items; a configuration never needs that many',
    ])
    for (const sign of ['"', "'", ']', '}', '{}', '"" ', 'a: ', '\\u']) {
      expect(problems(sign.repeat(16_000))).toEqual([
        '1  has more than 4,000 quotes, brackets, colons and backslashes; a configuration never needs that many',
      ])
    }
    expect(problems(Array.from({ length: 1900 }, (_, at) => `k${at}:`).join('\n'))).toHaveLength(20)
    expect(cpuTime() - began).toBeLessThan(2000)
  })
})
