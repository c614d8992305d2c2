import { describe, expect, it } from 'vitest'
import { comparedKeys } from '../../src/model/config-changes.ts'
import { type Defaults, parseDefaults } from '../../src/model/config-defaults.ts'
import { configSchema } from '../../src/model/config-schema.ts'
import { parseConfig } from '../../src/model/parse-config.ts'

const least = 'version: 1\nissues: {projects: [SHOP]}\n'
const file = (text: string) => ({ path: '.github/waybill.yml', text, sha: 'c0ffee' })

function defaults(text: string): Defaults {
  const read = parseDefaults(file(`version: 1\n${text}`), 'acme')
  if (read.kind === 'broken') throw new Error(JSON.stringify(read.problems))
  return read.defaults
}

function merged(own: string, organisation: string) {
  const read = parseConfig(file(`${least}${own}`), defaults(organisation))
  if (read.kind !== 'valid') throw new Error(JSON.stringify(read))
  return read
}

function refusals(text: string): readonly string[] {
  const read = parseDefaults(file(text), 'acme')
  return read.kind === 'valid' ? [] : read.problems.map(({ line, path, message }) => `${line} ${path} ${message}`)
}

describe("an organisation's defaults", () => {
  it('Q12 are merged key by key; lists and environments are replaced whole', () => {
    const { config, problems } = merged(
      'merge: {approvals: 3, ignore-checks: [mine]}\nenvironments: [{name: live, type: production, deploy: auto}]\n',
      `merge: {approvals: 2, settle: 5m, ignore-checks: [theirs]}
release: {tag: "r{version}", bump: {default: minor}}
environments: [{name: staging, type: staging, deploy: auto}]
`,
    )
    expect(problems).toEqual([])
    expect(config.merge).toMatchObject({ approvals: 3, settle: '5m', 'ignore-checks': ['mine'], checks: 'all' })
    expect(config.release).toMatchObject({ tag: 'r{version}', bump: { default: 'minor' }, 'initial-version': '0.1.0' })
    expect(config.environments.map(({ name }) => name)).toEqual(['live'])
  })

  it('need nothing but a version; projects may come from either side', () => {
    expect(defaults('mode: report\n')).toEqual({ owner: 'acme', value: { version: 1, mode: 'report' }, locked: [] })
    const both = parseConfig(file('version: 1\n'), defaults('issues: {projects: [ALL]}\n'))
    expect(both).toMatchObject({ kind: 'valid', config: { issues: { projects: ['ALL'] } } })
    expect(parseConfig(file('version: 1\n'), defaults(''))).toMatchObject({ kind: 'broken' })
  })

  it('are read as strictly as a repository’s own file', () => {
    expect(refusals('mode: report\n')).toMatchInlineSnapshot(`
      [
        "1 version is missing; add version: 1",
      ]
    `)
    expect(
      refusals('version: 1\nmerge: {aprovals: 2}\nlocked: [merge.aprovals, nonsense, issues]\n'),
    ).toMatchInlineSnapshot(`
        [
          "2 merge.aprovals is not a key of Waybill; did you mean approvals?",
        ]
      `)
    expect(refusals('version: 1\nlocked:\n  - merge.aprovals\n  - nonsense\n  - issues\n')).toMatchInlineSnapshot(`
      [
        "3 locked.0 can't be locked; did you mean merge.approvals?",
        "4 locked.1 is no key or section that can be locked",
      ]
    `)
    expect(refusals('version: 1\nenvironments: [{name: live, type: production}]\n')).toHaveLength(1)
    expect(refusals('')).toHaveLength(1)
  })
})

describe('Q15 a locked key', () => {
  const organisation = `merge: {approvals: 2, approvers: ["@acme/reviewers", chief], checks: all}
environments: [{name: staging, type: staging, deploy: auto}, {name: live, type: production, promoters: [chief]}]
locked: [merge, environments, issues.verify]
`

  it('can’t be loosened: the key and the organisation’s value are named, which stays in force', () => {
    const { config, problems } = merged('merge:\n  approvals: 1\n  checks: [build]\n', organisation)
    expect(config.merge).toMatchObject({ approvals: 2, checks: 'all' })
    expect(problems.map(({ line, path, message }) => `${line} ${path} ${message}`)).toMatchInlineSnapshot(`
      [
        "4 merge.approvals is locked by the defaults of acme and may only be made stricter; their value stays in force: 2",
        "5 merge.checks is locked by the defaults of acme and may only be made stricter; their value stays in force: "all"",
      ]
    `)
  })

  it('says “the default branch” of gated branches that the organisation does not name', () => {
    const { problems } = merged('merge: {into: [release]}\n', organisation)
    expect(problems[0]?.message).toMatch(/may only be made stricter; their value stays in force: the default branch$/)
  })

  it('may be made stricter, or said again', () => {
    const stricter = merged('merge: {approvals: 3, approvers: [chief], settle: 30s, neutral: block}\n', organisation)
    expect(stricter.problems).toEqual([])
    expect(stricter.config.merge).toMatchObject({ approvals: 3, approvers: ['chief'] })
  })

  it('holds environments as a whole, and the defaults of keys that the organisation does not name', () => {
    const other = 'environments: [{name: live, type: production, promoters: [chief, guest]}]\n'
    const { config, problems } = merged(other, organisation)
    expect(config.environments.map(({ name }) => name)).toEqual(['staging', 'live'])
    expect(config.environments[1]?.promoters).toEqual(['chief'])
    expect(problems.map(({ message }) => message.split(' is locked')[0])).toEqual([
      'environments.staging',
      'environments.live.promoters',
    ])
    const unverified = parseConfig(
      file('version: 1\nissues: {projects: [SHOP], verify: false}\n'),
      defaults(organisation),
    )
    expect(unverified).toMatchObject({ kind: 'valid', config: { issues: { verify: true } } })
  })

  it('is the organisation’s to lock, not a repository’s', () => {
    const own = parseConfig(file(`${least}locked: [merge]\n`), defaults(organisation))
    expect(own).toMatchObject({
      kind: 'broken',
      problems: [{ line: 3, message: "can only stand in the organisation's defaults; remove it" }],
    })
  })

  it('every key of the schema can be compared', () => {
    const sections = ['issues', 'branches', 'merge', 'jira'] as const
    const keys = [
      'mode',
      'policy-owners',
      'environments',
      ...sections.flatMap((name) => Object.keys(shapeOf(name)).map((key) => `${name}.${key}`)),
      ...['tag', 'initial-version', 'bump', 'checks'].map((key) => `release.${key}`),
    ]
    expect(comparedKeys.toSorted()).toEqual(keys.toSorted())
  })
})

function shapeOf(section: 'issues' | 'branches' | 'merge' | 'jira'): object {
  const read = configSchema.parse({ version: 1, issues: { projects: ['SHOP'] }, merge: { into: ['main'] } })
  return read[section]
}
