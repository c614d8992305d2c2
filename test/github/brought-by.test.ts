import { expect, it } from 'vitest'
import { broughtBy } from '../../src/github/brought-by.ts'
import { parseLineCommit, type WalkCommit } from '../../src/github/parse-line.ts'
import * as a from './answers.ts'

/** The graph, as `{m3: ['m2', 's2']}`: commits and their parents, the line's own first. */
function graph(parents: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, WalkCommit> {
  const commit = (sha: string, of: readonly string[]) => {
    return parseLineCommit(a.lineCommit(sha, null, { parents: { nodes: of.map((oid) => ({ oid })) } }), 'main', 7)
  }
  return new Map(Object.entries(parents).map(([sha, of]) => [sha, commit(sha, of)]))
}

function brought(parents: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const known = graph(parents)
  const merge = known.get('merge')
  if (merge === undefined) throw new Error('there is no merge')
  return broughtBy(known, merge).map(({ sha, author }) => (author.kind === 'stranger' ? `unread of ${sha}` : sha))
}

it('a merge brought all that is not below its first parent, and somebody unknown where that was not all read', () => {
  const line = { m2: ['m1'], m1: ['root'] }
  expect(brought({ merge: ['m2'], ...line })).toEqual([])
  expect(brought({ merge: ['m2', 's2'], s2: ['s1'], s1: ['m1'], ...line })).toEqual(['s2', 's1'])
  // The branch took the line in on its way, and began where neither was read.
  expect(brought({ merge: ['m2', 's2'], s2: ['s1', 'm2'], s1: ['root'], ...line })).toEqual(['s2', 's1'])
  expect(brought({ merge: ['m2', 's2', 't1'], s2: ['m1'], t1: ['m2'], ...line })).toEqual(['t1', 's2'])
  expect(brought({ merge: ['m2', 's2'], s2: ['long ago'], ...line })).toEqual(['s2', 'unread of merge'])
})
