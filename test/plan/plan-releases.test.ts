import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/model/effect.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { unknown } from '../../src/model/lookup.ts'
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
    })
    expect(tagsOf(line)).toEqual(['v3.10.1@1'])
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
    const young = merge(1, 'success', { pull: null, committedAt: noon - 10_000 })
    const line = lineOf([young, merge(2, 'success', { committedAt: noon - 5000 })], releasesOnly)
    expect(tagsOf(line)).toEqual([])
    expect(planLine(line)).toContainEqual({ kind: 'look', ref: line.ref, at: noon + 50_000 })
  })

  it('a direct push dated in the future holds nobody up', () => {
    const push = merge(1, 'success', { pull: null, committedAt: Date.UTC(2100, 0, 1) })
    expect(tagsOf(lineOf([push, merge(2, 'success')], releasesOnly))).toEqual(['v0.1.0@2'])
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
