import { describe, expect, it } from 'vitest'
import { historyOf } from '../../src/model/history.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { lineStanding } from '../../src/rules/line-standing.ts'
import { configured, lineOf, merge, noon, pullOf, sha } from '../line-world.ts'

const releasesOnly = configured({ environments: [] })
const at = (number: number, name = `v1.0.${number - 1}`) => ({ name, sha: sha(number) })

function standing(line: LineSnapshot) {
  if (line.config.kind !== 'valid') throw new Error('no configuration')
  const { config } = line.config
  return lineStanding({ line, config, history: historyOf(line, config.release?.tag ?? 'v{version}') })
}

const of = (states: readonly Parameters<typeof merge>[1][], change: Partial<LineSnapshot> = {}) =>
  standing(
    lineOf(
      states.map((state, index) => merge(index + 1, state)),
      { ...releasesOnly, ...change },
    ),
  )

describe('the health of a line', () => {
  it('Q5: the newest merge whose checks came to an end decides; pending, cancelled and silent ones lift nothing', () => {
    expect(of(['success']).health).toEqual({ kind: 'green' })
    expect(of(['failure', 'success']).health.kind).toBe('green')
    for (const later of ['in_progress', 'queued', 'cancelled', 'stale', null] as const) {
      expect(of(['success', 'failure', later]).health).toMatchObject({ kind: 'red', sha: sha(2) })
      expect(of(['failure', 'success', later]).health.kind).toBe('green')
    }
  })

  it('Q5: red since the last version before it failed, with the checks of its newest failure', () => {
    const tags = [at(1), at(2)]
    const red = of(['success', 'success', 'failure', 'in_progress', 'timed_out'], { tags })
    expect(red.health).toMatchObject({ kind: 'red', since: 'v1.0.1', sha: sha(5), pull: { number: 5 } })
    expect(red.health.kind === 'red' && red.health.checks.map((check) => check.word)).toEqual(['timed_out'])
    expect(of(['failure']).health).toMatchObject({ kind: 'red', since: null })
  })

  it('Q5: a version whose checks were run again and fail is red; one whose checks can not be read is not', () => {
    expect(of(['failure'], { tags: [at(1)] }).health).toMatchObject({ kind: 'red', since: null })
    const line = lineOf([merge(1, null, { checks: { kind: 'unknown', cause: 'too many' } })], {
      ...releasesOnly,
      tags: [at(1)],
    })
    expect(standing(line).health.kind).toBe('green')
  })

  it('Q5: a direct push that fails makes it red too', () => {
    const line = lineOf([merge(1, 'success'), merge(2, 'failure', { pull: null })], releasesOnly)
    expect(standing(line).health).toMatchObject({ kind: 'red', pull: null, sha: sha(2) })
  })

  it('Q5: where CI never ran on push it is unjudged, not red; before it is late, nothing was judged yet', () => {
    expect(of([null, null]).health.kind).toBe('new')
    expect(of([]).health.kind).toBe('new')
    const late = of([null, null], { now: noon + 7_200_000 })
    expect(late.health.kind).toBe('unjudged')
    expect(late.notices).toContainEqual({ kind: 'unjudged' })
    expect(of([null], configured({ environments: [], release: { checks: [] } })).health.kind).toBe('green')
  })
})

describe('the next version of a line', () => {
  const tags = [at(1, 'v1.2.3')]
  const next = (...args: Parameters<typeof of>) => of(...args).next

  it('is told for each bump, after what is released', () => {
    expect(of(['success'], { tags })).toMatchObject({
      current: 'v1.2.3',
      next: { kind: 'versions', patch: 'v1.2.4', minor: 'v1.3.0', major: 'v2.0.0' },
    })
    expect(next([])).toEqual({ kind: 'versions', patch: 'v0.1.0', minor: 'v0.1.0', major: 'v0.1.0' })
  })

  it('comes after merges that are not decided yet, and takes along what failed', () => {
    expect(next(['success', 'in_progress', null], { tags })).toMatchObject({ patch: 'v1.2.6', minor: 'v1.3.0' })
    expect(next(['success', 'failure'], { tags })).toMatchObject({ patch: 'v1.2.4' })
    const major = merge(2, 'failure', { pull: pullOf(2, { labels: ['semver:major'] }) })
    expect(standing(lineOf([merge(1, 'success'), major], { ...releasesOnly, tags })).next).toMatchObject({
      patch: 'v2.0.0',
    })
  })

  it('V1b, V17: there is none where tags have another shape, or the history is cut, and the line says so', () => {
    const shape = of(['success'], { tags: [{ name: 'shop-v3.2.1', sha: 'old' }], below: new Set(['shop-v3.2.1']) })
    expect(shape.next).toEqual({ kind: 'none', because: 'other-shape' })
    expect(shape.notices).toEqual([
      { kind: 'other-shape', tags: ['shop-v3.2.1'], pattern: 'v{version}', fits: 'shop-v{version}' },
    ])
    const cut = of(['success'], { walk: 'limit' })
    expect([cut.next, cut.notices]).toEqual([{ kind: 'none', because: 'cut' }, [{ kind: 'cut', commits: 1 }]])
    expect(next(['success'], configured({ release: undefined, environments: [] }))).toEqual({
      kind: 'none',
      because: 'not-configured',
    })
  })
})

describe('what people should know of a line', () => {
  it('V10: a tag that took the next name, or stands above all, is named; one below the walk is not', () => {
    const merges = ['success', 'success', 'success'] as const
    const aside = (name: string) => ({ name, sha: 'aside' })
    const tags = [at(3, 'v1.2.5'), aside('v1.2.4'), at(2, 'v1.2.3'), aside('v9.0.0'), aside('v1.0.0')]
    expect(of(merges, { tags }).notices).toEqual([
      { kind: 'foreign-tag', tag: 'v1.2.4', sha: 'aside' },
      { kind: 'foreign-tag', tag: 'v9.0.0', sha: 'aside' },
    ])
    expect(of(merges, { tags, below: new Set(['v9.0.0']) }).notices).toEqual([
      { kind: 'foreign-tag', tag: 'v1.2.4', sha: 'aside' },
    ])
  })

  it('V16, Q4: unproven merges and direct pushes that wait for a version, each with what is missing or who', () => {
    const line = lineOf([merge(1, null), merge(2, null, { pull: null }), merge(3, 'in_progress')], {
      ...releasesOnly,
      now: noon + 7_200_000,
    })
    expect(standing(line).notices).toEqual([
      { kind: 'unjudged' },
      { kind: 'unproven', sha: sha(1), pull: 1, missing: [] },
      { kind: 'direct-push', sha: sha(2), by: 'developer' },
    ])
  })

  it('V18, F58: what GitHub refused is parked, with its remedy', () => {
    const refused = new Map([['tag:v0.1.0', { cause: 'GitHub answered 403', remedy: 'give the App the permission' }]])
    expect(of(['success'], { refused }).notices).toEqual([
      {
        kind: 'parked',
        what: 'tag',
        name: 'v0.1.0',
        cause: 'GitHub answered 403',
        remedy: 'give the App the permission',
      },
    ])
  })
})
