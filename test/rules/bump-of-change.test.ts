import { describe, expect, it } from 'vitest'
import { configSchema } from '../../src/model/config-schema.ts'
import { bumpOfChange } from '../../src/rules/bump-of-change.ts'
import { cpuTime } from '../cpu-time.ts'

const config = configSchema.parse({ version: 1, issues: { projects: ['SHOP'] }, release: {} })
const standard = config.release?.bump
if (standard === undefined) throw new Error('there is no release section')

const of = (change: { title?: string; labels?: readonly string[]; types?: Record<string, string> }, bump = standard) =>
  bumpOfChange(
    { title: change.title ?? '', labels: change.labels ?? [], types: new Map(Object.entries(change.types ?? {})) },
    bump,
  )

describe('the bump of a change', () => {
  it('V3: a label wins over the title and the type of the issue', () => {
    expect(of({ labels: ['semver:major'], title: 'fix: a thing', types: { 'SHOP-1': 'Bug' } })).toEqual({
      bump: 'major',
      why: { kind: 'label', label: 'semver:major', besides: [] },
    })
    expect(of({ labels: ['Semver:Minor', 'urgent'] }).bump).toBe('minor')
  })

  it('V4: of two bump labels the higher one counts, and the other is named', () => {
    for (const labels of [
      ['semver:minor', 'semver:major'],
      ['semver:major', 'semver:minor'],
    ]) {
      expect(of({ labels })).toEqual({
        bump: 'major',
        why: { kind: 'label', label: 'semver:major', besides: ['semver:minor'] },
      })
    }
  })

  it('V5: `semver:none` keeps it from being released whatever else it carries, and the conflict is named', () => {
    expect(of({ labels: ['semver:major', 'semver:none'], title: 'feat!: all new' })).toEqual({
      bump: 'none',
      why: { kind: 'label', label: 'semver:none', besides: ['semver:major'] },
    })
  })

  it.each([
    ['feat: gift cards', 'minor', 'feat'],
    ['Feat(cart): gift cards', 'minor', 'feat'],
    ['fix: a thing', 'patch', 'fix'],
    ['perf(db): faster', 'patch', 'perf'],
    ['feat!: gift cards', 'major', 'feat!'],
    ['chore(deps)!: drop Node 20', 'major', 'chore!'],
    ['refactor: rename. BREAKING CHANGE', 'major', 'BREAKING CHANGE'],
    ['SHOP-7 feat: gift cards', 'minor', 'feat'],
    ['[SHOP-7] fix!: gift cards', 'major', 'fix!'],
    ['SHOP-7: fix: gift cards', 'patch', 'fix'],
  ])('the title %j is a %s', (title, bump, mark) => {
    expect(of({ title, types: { 'SHOP-7': 'Nothing known' } })).toEqual({ bump, why: { kind: 'title', mark } })
  })

  it.each([
    'docs: words',
    'chore: tidy',
    'SHOP-7 gift cards',
    'feature: x',
    'feat gift',
    'Revert "feat: x"',
    'constructor: x',
    '',
  ])('the title %j says nothing: the type of the issue does', (title) => {
    expect(of({ title, types: { 'SHOP-7': 'story' } })).toEqual({
      bump: 'minor',
      why: { kind: 'issue-type', key: 'SHOP-7', type: 'story' },
    })
  })

  it('of several issues the highest type counts; a type nobody configured falls through to the default', () => {
    expect(of({ types: { 'SHOP-1': 'Bug', 'SHOP-2': 'Story' } }).why).toMatchObject({ key: 'SHOP-2' })
    expect(of({ types: { 'SHOP-1': 'Chore' } })).toEqual({ bump: 'patch', why: { kind: 'default' } })
    expect(of({}, { ...standard, default: 'none' }).bump).toBe('none')
  })

  it('answers hostile titles at once', () => {
    const begun = cpuTime()
    for (const title of ['('.repeat(100_000), 'a'.repeat(100_000), `${'A-1 '.repeat(50_000)}feat: x`]) of({ title })
    expect(cpuTime() - begun).toBeLessThan(2000)
  })
})
