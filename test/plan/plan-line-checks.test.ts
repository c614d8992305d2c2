import { describe, expect, it } from 'vitest'
import type { LineSnapshot } from '../../src/model/line.ts'
import type { PostCheck } from '../../src/model/post-check.ts'
import { foldLine, refuseOnLine } from '../../src/plan/fold-line.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { build, checksOf, configured, deployed, lineOf, merge, noon, pullOf, sha } from '../line-world.ts'
import { settle } from './settle.ts'

const releasesOnly = configured({ environments: [] })

/** What the check says on each change after the line came to rest, as `number: title`. */
function titles(line: LineSnapshot): readonly string[] {
  return saidOn(line).map((post) => `${Number(post.sha)}: ${post.answer.status}: ${post.answer.title}`)
}

function saidOn(line: LineSnapshot): readonly PostCheck[] {
  const newest = new Map<string, PostCheck>()
  let now = line
  for (let round = 0; round < 50; round++) {
    const plan = planLine(now)
    if (plan.every((effect) => effect.kind === 'report' || effect.kind === 'audit' || effect.kind === 'look')) break
    for (const [at, effect] of plan.entries()) {
      if (effect.kind === 'post-check') newest.set(effect.sha, effect)
      now = foldLine(now, effect, { id: 7000 + round * 100 + at, sha: null })
    }
  }
  return [...newest.values()].toSorted((a, b) => Number(a.sha) - Number(b.sha))
}

const summaryOf = (line: LineSnapshot, number: number) =>
  saidOn(line).find((post) => post.sha === sha(number))?.answer.summary ?? ''

describe('the check on the merges of a line', () => {
  it('says which of its issues were left as they are, and says so anew', () => {
    const { line } = settle(lineOf([merge(1, 'success'), merge(2, 'success')], releasesOnly))
    const refused = (key: string) => ({ key, issueKey: 'SHOP-1', cause: 'no transition leads from Open to Done' })
    const told: LineSnapshot = { ...line, actsRefused: [refused('move:100:SHOP-1:merged:1')] }
    expect(saidOn(told).map(({ sha: on }) => on)).toEqual([sha(1)])
    expect(summaryOf(told, 1)).toMatch(
      /Jira: SHOP-1 was left as it is: no transition leads from Open to Done. It holds nothing up.$/,
    )
    const after = planLine(told).reduce((now, effect) => foldLine(now, effect, { id: 9000, sha: null }), told)
    expect([saidOn(after), saidOn({ ...line, actsRefused: [refused('move:100:SHOP-1:merged:9')] })]).toEqual([[], []])
  })

  it('says the version, or why there is none', () => {
    const merges = [
      merge(1, 'success'),
      merge(2, 'failure'),
      merge(3, null, { pull: pullOf(3, { labels: ['semver:none'] }) }),
      merge(4, 'cancelled'),
      merge(5, null, { pull: null }),
      merge(6, null),
    ]
    expect(titles(lineOf(merges, { ...releasesOnly, now: noon + 7_200_000 }))).toEqual([
      '1: success: v0.1.0',
      '2: failure: No version: build failed',
      '3: neutral: No version of its own',
      '4: neutral: No version: its checks were cancelled',
      '5: neutral: Pushed without a pull request',
      '6: neutral: No version: unproven',
    ])
  })

  it('V15, V16: what had to wait is told in which version it travels', () => {
    const line = lineOf([merge(1, 'failure'), merge(2, 'success')], releasesOnly)
    expect(titles(line)).toEqual(['1: success: In v0.1.0', '2: success: v0.1.0'])
  })

  it('a wait is told when it lasts, with who and what next; a build that runs is given two minutes', () => {
    const waiting = [merge(1, 'in_progress'), merge(2, 'success')]
    const young = (by: number) => ({ pull: pullOf(by, { mergedAt: noon - 119_999 }) })
    expect(titles(lineOf([merge(1, 'in_progress', young(1)), merge(2, null, young(2))], releasesOnly))).toEqual([])
    expect(titles(lineOf(waiting, releasesOnly))).toEqual([
      '1: in_progress: Waits: waiting for build',
      '2: in_progress: Waits for the merge before it',
    ])
    expect(titles(lineOf([merge(1, 'cancelled')], releasesOnly))).toEqual([
      '1: in_progress: Waits: build has to run again',
    ])
    expect(summaryOf(lineOf([merge(1, 'cancelled')], releasesOnly), 1)).toContain('**Next:** Run it again.')
  })

  it('tells where a version has been and what comes next, and only ends: a deployment under way writes nothing', () => {
    const merges = [merge(1, 'success')]
    const tags = { tags: [{ name: 'v0.1.0', sha: sha(1) }], released: ['v0.1.0'] }
    const at = (state: Parameters<typeof deployed>[2], environment = 'staging') =>
      lineOf(merges, { ...tags, deployments: [deployed(1, { environment, tag: 'v0.1.0', number: 1 }, state)] })
    const first = saidOn(at(null))
    for (const state of ['queued', 'in_progress'] as const) expect(saidOn(at(state))).toEqual(first)
    expect(titles(at('success'))).toEqual(['1: success: v0.1.0, in staging'])
    expect(titles(at('failure'))).toEqual(['1: success: v0.1.0, failed in staging'])
    expect(summaryOf(at('success'), 1)).toMatchInlineSnapshot(`
      "Released as [v0.1.0](https://github.example/acme/shop/releases/tag/v0.1.0).

      | environment | |
      | --- | --- |
      | staging | ✅ has been there |
      | production | not there yet, promoted by \`@acme/analysts\` |

      **Next:** somebody of \`@acme/analysts\` who did not write it comments \`/waybill promote production\` on its pull request, or presses the button here."
    `)
    const [buttons] = planLine(at('success')).flatMap((effect) =>
      effect.kind === 'post-check' ? [effect.answer.buttons] : [],
    )
    expect(buttons?.map(({ label, identifier }) => [label, identifier])).toEqual([
      ['Promote to producti…', 'promote:production'],
      ['Re-check', 'recheck'],
    ])
  })

  it('is said once: nothing is written again on an unchanged line', () => {
    const { line } = settle(lineOf([merge(1, 'failure'), merge(2, 'success')], releasesOnly))
    const after = planLine(line).reduce((now, effect) => foldLine(now, effect, { id: 1, sha: null }), line)
    expect(planLine(after).filter((effect) => effect.kind === 'post-check' || effect.kind === 'keep-standing')).toEqual(
      [],
    )
  })

  it('says nothing where more reported than was read, without `release`, and in report mode', () => {
    expect(titles(lineOf([merge(1, 'success', { posted: null })], releasesOnly))).toEqual([])
    expect(titles(lineOf([merge(1, 'success')], configured({ release: undefined, environments: [] })))).toEqual([])
    expect(titles(lineOf([merge(1, 'success')], configured({ mode: 'report' })))).toEqual([])
  })

  it('V18, F58: a refused tag parks the line: later merges wait, the newest names the remedy, and it goes on by itself', () => {
    let line = lineOf([merge(1, 'success'), merge(2, 'success')], releasesOnly)
    const refusal = { cause: 'GitHub answered 403: Resource not accessible', remedy: 'give the App Workflows: write' }
    const tag = planLine(line).find((effect) => effect.kind === 'create-tag')
    if (tag === undefined) throw new Error('no tag was planned')
    line = refuseOnLine(line, tag, refusal)
    expect(
      planLine(line).filter((effect) => effect.kind === 'create-tag' || effect.kind === 'publish-release'),
    ).toEqual([])
    expect(titles(line)).toEqual(['1: failure: No version could be made', '2: failure: No version could be made'])
    expect(summaryOf(line, 2)).toContain(
      'GitHub refused the tag `v0.1.0`: GitHub answered 403: Resource not accessible. **Next:** give the App Workflows: write.',
    )
    expect(titles({ ...line, refused: new Map() })).toEqual(['1: success: v0.1.0', '2: success: v0.1.1'])
  })

  it('F58: a refused release leaves its tag and nothing else: no deployment, and the check says what it waits for', () => {
    const line = lineOf([merge(1, 'success')], { tags: [{ name: 'v0.1.0', sha: sha(1) }] })
    const refused = new Map([
      ['release:v0.1.0', { cause: 'GitHub answered 422', remedy: 'add the App to the bypass list' }],
    ])
    const parked = { ...line, refused }
    expect(planLine(parked).filter((effect) => effect.kind === 'create-deployment')).toEqual([])
    expect(titles(parked)).toEqual(['1: failure: v0.1.0 waits for its release'])
    expect(summaryOf(parked, 1)).toContain('add the App to the bypass list')
  })

  it('Q4: a direct push is written down once, by its commit', () => {
    const line = lineOf([merge(1, null, { pull: null })], releasesOnly)
    expect(planLine(line).filter((effect) => effect.kind === 'audit')).toEqual([
      {
        kind: 'audit',
        entry: expect.objectContaining({ key: `direct-push:${sha(1)}`, action: 'direct-push', sha: sha(1) }),
      },
    ])
    const young = { ...line, seenAt: new Map([[sha(1), noon - 1000]]) }
    expect(planLine(young).filter((effect) => effect.kind === 'audit')).toEqual([])
  })

  it('V10, V1b, V17: what concerns the whole line stands on its newest change, and is inert', () => {
    const merges = [merge(1, 'success'), merge(2, 'success')]
    const foreign = lineOf(merges, { ...releasesOnly, tags: [{ name: 'v9.0.0', sha: 'aside-of-all' }] })
    expect(summaryOf(foreign, 1)).not.toContain('About this line')
    expect(summaryOf(foreign, 2)).toContain('The tag `v9.0.0` stands on `aside-o`, which is not on this line')
    const shape = { ...releasesOnly, tags: [{ name: '3.2.1', sha: 'old' }], below: new Set(['3.2.1']) }
    expect(titles(lineOf(merges, shape))).toEqual([
      '1: failure: No version could be made',
      '2: failure: No version could be made',
    ])
    expect(summaryOf(lineOf(merges, shape), 2)).toContain('**Next:** set `release.tag: "{version}"`, which fits them')
    expect(summaryOf(lineOf(merges, { ...releasesOnly, walk: 'limit' }), 2)).toContain(
      'the last 2 commits hold no version',
    )
    const hostile = { ...build('failure'), name: '@acme/all <img src=x> | `x`' }
    const red = lineOf([merge(1, null, { checks: checksOf(hostile) })], releasesOnly)
    const [{ title, summary } = { title: '', summary: '' }] = saidOn(red).map(({ answer }) => answer)
    expect(`${title} ${summary}`).not.toContain('@acme')
    expect(summary).not.toMatch(/<img|\| `x/)
  })
})
