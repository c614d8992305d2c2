import { describe, expect, it } from 'vitest'
import { parseLineCommit, type WalkCommit } from '../../src/github/parse-line.ts'
import { mostCommits, walkLine } from '../../src/github/walk-line.ts'
import * as a from './answers.ts'

/** A straight line, newest first; the last one has no parent. `from` on, there is no configuration file. */
function line(length: number, from = length): ReadonlyMap<string, WalkCommit> {
  const shas = Array.from({ length }, (_, at) => `m${length - at}`)
  return new Map(
    shas.map((sha, at) => {
      const yml = at < from ? { type: 'blob' } : null
      return [sha, parseLineCommit(a.lineCommit(sha, shas[at + 1] ?? null, { yml }), 'main', 7)]
    }),
  )
}

const shas = (walk: { readonly path: readonly WalkCommit[] }) => walk.path.map((commit) => commit.sha)
const versions = (...of: readonly string[]) => new Set(of)

describe('the walk', () => {
  it('ends at the commit that brought the file, which may be the first of all', () => {
    expect(shas(walkLine(line(4, 3), { head: 'm4', versions: versions(), live: [null] }))).toEqual(['m4', 'm3'])
    const all = walkLine(line(3), { head: 'm3', versions: versions(), live: [null] })
    expect([shas(all), all.end]).toEqual([['m3', 'm2'], 'adoption'])
    expect(walkLine(line(2, 0), { head: 'm2', versions: versions(), live: [] })).toEqual({ path: [], end: 'adoption' })
  })

  it('V1a: 400 merges from before the file are not walked', () => {
    const adopted = walkLine(line(403, 3), { head: 'm403', versions: versions('m400', 'm12'), live: [null] })
    expect([shas(adopted), adopted.end]).toEqual([['m403', 'm402'], 'adoption'])
  })

  it('begins again where the file was deleted and came back', () => {
    const known = new Map([...line(5), ...[...line(5, 2)].filter(([sha]) => sha === 'm3')])
    expect(shas(walkLine(known, { head: 'm5', versions: versions(), live: [null] }))).toEqual(['m5'])
  })

  it('ends below the lowest version that is live, and never while an environment had none', () => {
    const want = { head: 'm6', versions: versions('m6', 'm5', 'm3', 'm2') }
    expect(shas(walkLine(line(6), { ...want, live: ['m6', 'm5'] }))).toEqual(['m6', 'm5', 'm4'])
    expect(walkLine(line(6), { ...want, live: ['m6', null] }).end).toBe('adoption')
    expect(walkLine(line(6), { ...want, live: ['m6', 'not on the line'] }).end).toBe('adoption')
  })

  it('ends below the newest version where there are no environments', () => {
    const walk = walkLine(line(6), { head: 'm6', versions: versions('m5', 'm2'), live: [] })
    expect([shas(walk), walk.end]).toEqual([['m6', 'm5', 'm4', 'm3'], 'version'])
  })

  it('V17: wants more where the next commit was not read, and stops at its limit', () => {
    const known = line(5)
    expect(walkLine(new Map([...known].slice(0, 2)), { head: 'm5', versions: versions(), live: [] }).end).toBe('more')
    const long = walkLine(line(mostCommits + 5), { head: `m${mostCommits + 5}`, versions: versions(), live: [] })
    expect([long.path.length, long.end]).toEqual([mostCommits, 'limit'])
  })
})
