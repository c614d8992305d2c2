import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/model/effect.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { found, unknown } from '../../src/model/lookup.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { build, checksOf, configured, lineOf, merge, noon, pullOf, sha } from '../line-world.ts'
import { settle } from './settle.ts'

const releasesOnly = configured({ environments: [] })

function tagsOf(line: LineSnapshot): readonly string[] {
  return settle(line).made.flatMap((effect) =>
    effect.kind === 'create-tag' ? [`${effect.tag}@${Number(effect.sha)}`] : [],
  )
}

describe('releases', () => {
  it('V1: the first merge gets the initial version', () => {
    expect(tagsOf(lineOf([merge(1, 'success')], releasesOnly))).toEqual(['v0.1.0@1'])
  })

  it('V1a: versions count on from the highest tag from before adoption', () => {
    const line = lineOf([merge(1, 'success')], {
      ...releasesOnly,
      tags: [
        { name: 'v3.2.1', sha: 'old' },
        { name: 'v3.10.0', sha: 'older' },
      ],
      below: new Set(['v3.2.1', 'v3.10.0']),
    })
    expect(tagsOf(line)).toEqual(['v3.10.1@1'])
    expect(settle(lineOf([], { ...releasesOnly, tags: line.tags, below: line.below })).made).toEqual([])
  })

  it.each([
    ['patch', 'v1.2.4'],
    ['minor', 'v1.3.0'],
    ['major', 'v2.0.0'],
  ])('V2: v1.2.3 and bump %s is %s', (bump, tag) => {
    const release = { bump: { default: bump } }
    const line = lineOf([merge(1, 'success'), merge(2, 'success')], {
      ...configured({ environments: [], release }),
      tags: [{ name: 'v1.2.3', sha: sha(1) }],
      released: ['v1.2.3'],
    })
    expect(tagsOf(line)).toEqual([`${tag}@2`])
  })

  it('V6: four green merges become four versions in merge order, each on its own merge commit', () => {
    const line = lineOf(
      [1, 2, 3, 4].map((number) => merge(number, 'success')),
      releasesOnly,
    )
    expect(tagsOf(line)).toEqual(['v0.1.0@1', 'v0.1.1@2', 'v0.1.2@3', 'v0.1.3@4'])
  })

  it('V6: a later merge that is green waits for an earlier one that is not decided', () => {
    const line = lineOf([merge(1, 'in_progress'), merge(2, 'success')], releasesOnly)
    expect(tagsOf(line)).toEqual([])
  })

  it('waits while nothing has reported, and when checks could not be read', () => {
    expect(tagsOf(lineOf([merge(1, null)], releasesOnly))).toEqual([])
    expect(tagsOf(lineOf([merge(1, 'success', { checks: unknown('GitHub answered 502') })], releasesOnly))).toEqual([])
  })

  it('releases at once where `release.checks` is an empty list', () => {
    const line = lineOf([merge(1, null)], configured({ environments: [], release: { checks: [] } }))
    expect(tagsOf(line)).toEqual(['v0.1.0@1'])
  })

  it('V8: a tag without its release gets the release, and no second tag', () => {
    const line = lineOf([merge(1, 'success')], { ...releasesOnly, tags: [{ name: 'v0.1.0', sha: sha(1) }] })
    expect(settle(line).made.map((effect) => effect.kind)).toEqual(['publish-release'])
  })

  it('V10: a tag of that name on another commit is passed over, before the write and after it', () => {
    const taken = { ...releasesOnly, tags: [{ name: 'v0.1.0', sha: 'elsewhere' }] }
    expect(tagsOf(lineOf([merge(1, 'success')], taken))).toEqual(['v0.1.1@1'])
    const raced = settle(lineOf([merge(1, 'success')], releasesOnly), (effect) => {
      return effect.kind === 'create-tag' && effect.tag === 'v0.1.0' ? 'elsewhere' : null
    })
    expect(raced.made.flatMap((effect) => (effect.kind === 'create-tag' ? [effect.tag] : []))).toEqual([
      'v0.1.0',
      'v0.1.1',
    ])
    expect(raced.line.tags).toContainEqual({ name: 'v0.1.1', sha: sha(1) })
  })

  it('V12: a tag that is no version is ignored', () => {
    const tags = [
      { name: 'v2.0.0-rc.1', sha: sha(1) },
      { name: 'nightly', sha: sha(1) },
      { name: 'v1', sha: sha(1) },
    ]
    expect(tagsOf(lineOf([merge(1, 'success')], { ...releasesOnly, tags }))).toEqual(['v0.1.0@1'])
  })

  it('V13: a rebase of three commits is one version on its last commit', () => {
    const pull = pullOf(1)
    const commits = [1, 2, 3].map((number) => merge(number, number === 3 ? 'success' : null, { pull }))
    expect(tagsOf(lineOf(commits, releasesOnly))).toEqual(['v0.1.0@3'])
  })

  it('V15: a red merge gets no version; the next green one carries and names both', () => {
    const line = lineOf([merge(1, 'failure'), merge(2, 'success')], releasesOnly)
    const { made } = settle(line)
    expect(tagsOf(line)).toEqual(['v0.1.0@2'])
    const release = made.find((effect) => effect.kind === 'publish-release')
    expect(release?.body).toContain('SHOP-1')
    expect(release?.body).toContain('SHOP-2')
  })

  it('V15: cancelled checks wait on the newest merge, and are carried once the line went on', () => {
    expect(tagsOf(lineOf([merge(1, 'cancelled')], releasesOnly))).toEqual([])
    expect(tagsOf(lineOf([merge(1, 'cancelled'), merge(2, 'success')], releasesOnly))).toEqual(['v0.1.0@2'])
  })

  it('carries a direct push with the next merge, after giving GitHub a minute to name its pull request', () => {
    const push = merge(1, 'success', { pull: null })
    expect(tagsOf(lineOf([push, merge(2, 'success')], releasesOnly))).toEqual(['v0.1.0@2'])
    const seenAt = new Map([[sha(1), noon - 10_000]])
    const line = lineOf([push, merge(2, 'success')], { ...releasesOnly, seenAt })
    expect(tagsOf(line)).toEqual([])
    expect(planLine(line)).toContainEqual({ kind: 'look', ref: line.ref, at: noon + 50_000 })
  })

  it('a direct push counts from when it was seen, whatever date its author gave it', () => {
    for (const committedAt of [Date.UTC(2100, 0, 1), Date.UTC(2000, 0, 1)]) {
      const merges = [merge(1, 'success', { pull: null, committedAt }), merge(2, 'success')]
      const seenAt = (ago: number) => ({ ...releasesOnly, seenAt: new Map([[sha(1), noon - ago]]) })
      expect(tagsOf(lineOf(merges, seenAt(59_999)))).toEqual([])
      expect(tagsOf(lineOf(merges, seenAt(60_000)))).toEqual(['v0.1.0@2'])
    }
  })

  it('makes nothing in report mode, without `release`, with a broken file, and on a branch that is not the line', () => {
    const merges = [merge(1, 'success')]
    const made = (line: LineSnapshot): readonly Effect[] => settle(line).made
    expect(made(lineOf(merges, configured({ mode: 'report' })))).toEqual([])
    expect(made(lineOf(merges, configured({ release: undefined, environments: [] })))).toEqual([])
    expect(made(lineOf(merges, { config: { kind: 'broken', path: '.github/waybill.yml', problems: [] } }))).toEqual([])
    expect(made(lineOf(merges, { config: { kind: 'absent' } }))).toEqual([])
    const other = lineOf(merges, configured({ merge: { into: ['trunk'], settle: '0s' } }))
    expect(planLine(other)).toEqual([{ kind: 'look', ref: { ...other.ref, branch: 'trunk' }, at: null }])
  })

  it('a red and a green check of one commit is red', () => {
    const line = lineOf(
      [merge(1, null, { checks: checksOf(build('success'), { ...build('failure', 'lint'), id: 2 }) })],
      releasesOnly,
    )
    expect(tagsOf(line)).toEqual([])
  })
})

describe('what moves the version', () => {
  const on = (release: object = {}) => ({
    ...configured({ environments: [], release }),
    tags: [{ name: 'v1.2.3', sha: sha(1) }],
    released: ['v1.2.3'],
  })
  const labelled = (number: number, ...labels: readonly string[]) => ({ pull: pullOf(number, { labels }) })

  it('V3, V4: the label of its pull request, else the title, else the type the gate read, else the default', () => {
    const of = (change: Partial<ReturnType<typeof pullOf>>, types = new Map<number, ReadonlyMap<string, string>>()) =>
      tagsOf(lineOf([merge(1, 'success'), merge(2, 'success', { pull: pullOf(2, change) })], { ...on(), types }))
    const story = new Map([[2, new Map([['SHOP-2', 'Story']])]])
    expect(of({ labels: ['semver:minor', 'semver:major'], title: 'fix: x' }, story)).toEqual(['v2.0.0@2'])
    expect(of({ title: 'fix: x' }, story)).toEqual(['v1.2.4@2'])
    expect(of({}, story)).toEqual(['v1.3.0@2'])
    expect(of({})).toEqual(['v1.2.4@2'])
  })

  it('the type counts as the gate read it, whatever it became in Jira since', () => {
    const issue = { key: 'SHOP-2', summary: '', status: 'Done', done: true, type: 'Bug', url: '' }
    const merges = [merge(1, 'success'), merge(2, 'success')]
    const issues = new Map([['SHOP-2', found(issue)]])
    expect(tagsOf(lineOf(merges, { ...on(), issues }))).toEqual(['v1.2.4@2'])
    const types = new Map([[2, new Map([['SHOP-2', 'Story']])]])
    expect(tagsOf(lineOf(merges, { ...on(), issues, types }))).toEqual(['v1.3.0@2'])
  })

  it('V5: `semver:none` is not released, waits for no checks, and travels with the next release, which names it', () => {
    const none = merge(2, null, labelled(2, 'semver:none', 'semver:major'))
    expect(settle(lineOf([merge(1, 'success'), none], on())).made).toEqual([])
    const line = lineOf([merge(1, 'success'), none, merge(3, 'success')], on())
    expect(tagsOf(line)).toEqual(['v1.2.4@3'])
    const release = settle(line).made.find((effect) => effect.kind === 'publish-release')
    expect(release?.body).toContain('SHOP-2')
  })

  it('a version takes the highest bump of all it carries', () => {
    const red = merge(2, 'failure', labelled(2, 'semver:major'))
    expect(tagsOf(lineOf([merge(1, 'success'), red, merge(3, 'success')], on()))).toEqual(['v2.0.0@3'])
    const push = merge(2, null, { pull: null, headline: 'feat: pushed past everybody' })
    expect(tagsOf(lineOf([merge(1, 'success'), push, merge(3, 'success')], on()))).toEqual(['v1.3.0@3'])
  })

  it('with `default: none` only what a label, a title or a type names is released', () => {
    const release = { bump: { default: 'none' } }
    const merges = [merge(1, 'success'), merge(2, 'success'), merge(3, 'success', labelled(3, 'semver:minor'))]
    expect(tagsOf(lineOf(merges, on(release)))).toEqual(['v1.3.0@3'])
  })

  it('V11: a version made by hand on the line, above all others, is counted on from, wherever on the line it stands', () => {
    const merges = [merge(1, 'success'), merge(2, 'success')]
    const hand = { name: 'v9.0.0', sha: 'older' }
    const tags = [hand, ...on().tags]
    expect(tagsOf(lineOf(merges, { ...on(), tags, below: new Set(['v9.0.0']) }))).toEqual(['v9.0.1@2'])
    expect(tagsOf(lineOf(merges, { ...on(), tags: [{ ...hand, sha: sha(2) }] }))).toEqual([])
  })

  it('V20: what changed is told since the last version of the line, whatever tags stand beside it', () => {
    const tags = [{ name: 'v1.2.4', sha: 'aside' }, ...on().tags]
    const { made } = settle(lineOf([merge(1, 'success'), merge(2, 'success')], { ...on(), tags }))
    const release = made.find((effect) => effect.kind === 'publish-release')
    expect(release?.body).toContain('/compare/v1.2.3...v1.2.5')
  })

  it('V12: a version tag outside the line is ignored, unless its name is the next one', () => {
    const merges = [merge(1, 'success'), merge(2, 'success')]
    const of = (name: string) => tagsOf(lineOf(merges, { ...on(), tags: [{ name, sha: 'aside' }, ...on().tags] }))
    expect(of('v7.0.0')).toEqual(['v1.2.4@2'])
    expect(of('v1.2.4')).toEqual(['v1.2.5@2'])
  })

  it('V1b: where versions on the line have another shape nothing is released, until one of the configured shape is there', () => {
    const merges = [merge(1, 'success'), merge(2, 'success')]
    for (const name of ['3.2.1', 'shop-v3.2.1']) {
      const there = { ...releasesOnly, tags: [{ name, sha: 'old' }], below: new Set([name]) }
      expect(tagsOf(lineOf(merges, there))).toEqual([])
      expect(tagsOf(lineOf(merges, { ...there, below: new Set() }))).toEqual(['v0.1.0@1', 'v0.1.1@2'])
      const both = { ...there, tags: [...there.tags, { name: 'v3.2.1', sha: sha(1) }], released: ['v3.2.1'] }
      expect(tagsOf(lineOf(merges, both))).toEqual(['v3.2.2@2'])
    }
  })

  it('V16: checks that never come within `report-within` leave the merge unproven: the line goes on and the next carries it', () => {
    const merges = [merge(1, null), merge(2, 'success')]
    const at = (late: number) => lineOf(merges, { ...releasesOnly, now: noon - 3_599_000 + 3_600_000 + late })
    expect(tagsOf(at(-1))).toEqual([])
    expect(tagsOf(at(0))).toEqual(['v0.1.0@2'])
    expect(planLine(at(-1))).toContainEqual(expect.objectContaining({ kind: 'look', at: at(0).now }))
    const listed = { environments: [], release: { checks: ['build', 'e2e'] } }
    const missing = lineOf([merge(1, 'success'), merge(2, null)], { ...configured(listed), now: noon + 7_200_000 })
    expect(settle(missing).made).toEqual([])
  })

  it('V16: a check that runs is waited for, however long, and one that comes late still counts', () => {
    const now = noon + 86_400_000
    expect(tagsOf(lineOf([merge(1, 'in_progress'), merge(2, 'success')], { ...releasesOnly, now }))).toEqual([])
    expect(tagsOf(lineOf([merge(1, 'success')], { ...releasesOnly, now }))).toEqual(['v0.1.0@1'])
  })

  it('V17: beyond the limit of the walk nothing is guessed', () => {
    const line = lineOf([merge(1, 'success'), merge(2, 'success')], { ...releasesOnly, walk: 'limit' })
    expect(settle(line).made).toEqual([])
    const met = {
      ...releasesOnly,
      walk: 'limit' as const,
      tags: [{ name: 'v1.0.0', sha: sha(1) }],
      released: ['v1.0.0'],
    }
    expect(tagsOf(lineOf([merge(1, 'success'), merge(2, 'success')], met))).toEqual(['v1.0.1@2'])
  })

  it('V19: a burned version counts for nothing, and its name is passed over', () => {
    const merges = [merge(1, 'success'), merge(2, 'success')]
    const burned = { ...on(), tags: [...on().tags, { name: 'v1.2.4', sha: sha(2) }] }
    expect(tagsOf(lineOf(merges, { ...burned, voids: new Set(['v1.2.4']) }))).toEqual(['v1.2.5@2'])
    expect(tagsOf(lineOf(merges, { ...on(), voids: new Set(['v1.2.4']) }))).toEqual(['v1.2.5@2'])
  })
})
