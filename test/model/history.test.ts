import { describe, expect, it } from 'vitest'
import { changesOf, historyOf } from '../../src/model/history.ts'
import { lineOf, merge, pullOf, sha } from '../line-world.ts'

describe('historyOf', () => {
  it('groups what had to wait under the version that carries it, in line order', () => {
    const line = lineOf([merge(1, 'failure'), merge(2, 'success'), merge(3, 'success'), merge(4, null)], {
      tags: [
        { name: 'v0.1.1', sha: sha(3) },
        { name: 'v0.1.0', sha: sha(2) },
        { name: 'v9.0.0-rc.1', sha: sha(4) },
      ],
    })
    const { versions, unreleased } = historyOf(line, 'v{version}')
    expect(versions.map((version) => [version.tag, version.changes.map((change) => change.pull?.number)])).toEqual([
      ['v0.1.0', [1, 2]],
      ['v0.1.1', [3]],
    ])
    expect(unreleased.map((change) => change.pull?.number)).toEqual([4])
  })

  it('takes the highest of several version tags on one commit, unless it released that one itself', () => {
    const line = lineOf([merge(1, 'success')], {
      tags: [
        { name: 'v0.1.0', sha: sha(1) },
        { name: 'v0.10.0', sha: sha(1) },
      ],
    })
    expect(historyOf(line, 'v{version}').versions[0]?.tag).toBe('v0.10.0')
    const made = { ...line, madeTags: [{ name: 'v0.1.0', sha: sha(1) }] }
    expect(historyOf(made, 'v{version}').versions.map(({ tag }) => tag)).toEqual(['v0.1.0'])
  })

  it('makes one change of a rebased pull request, and keeps direct pushes apart', () => {
    const pull = pullOf(7)
    const commits = [
      merge(1, null, { pull: null }),
      merge(2, null, { pull }),
      merge(3, null, { pull }),
      merge(4, null, { pull: null }),
    ]
    expect(changesOf(commits.toReversed()).map((change) => [change.sha, change.commits.length])).toEqual([
      [sha(1), 1],
      [sha(3), 2],
      [sha(4), 1],
    ])
  })
})
