import { describe, expect, it } from 'vitest'
import { changesOf } from '../../src/model/history.ts'
import { releaseNotes, tagMessage } from '../../src/words/release-notes.ts'
import { merge, pullOf } from '../line-world.ts'

const giftCards = {
  key: 'SHOP-1',
  summary: 'Gift cards <b>now</b> @acme/everyone',
  status: 'In Progress',
  done: false,
  type: 'Story',
  url: 'https://jira.example/browse/SHOP-1',
}

function notesFor(change: object = {}) {
  const own = merge(1, 'success', { pull: pullOf(1, { title: 'SHOP-1 | [click](http://evil) #12' }) })
  const [first] = changesOf([own])
  if (first === undefined) throw new Error('no change')
  const noted = { change: first, issueKeys: ['SHOP-1'], issues: [giftCards], approvers: ['reviewer'] }
  return {
    tag: 'v1.5.0',
    previous: 'v1.4.2',
    first: false,
    repositoryUrl: 'https://github.example/acme/shop',
    changes: [noted],
    ...change,
  }
}

describe('release notes', () => {
  it('V20: name the issue, the pull request, its author and approvers, and what changed since; text from outside is inert', () => {
    expect(releaseNotes(notesFor())).toMatchInlineSnapshot(`
      "- [SHOP-1](https://jira.example/browse/SHOP-1) Gift cards &lt;b&gt;now&lt;/b&gt; @​acme/everyone — [#1 SHOP-1 \\| \\[click\\]\\(http:​//evil\\) #​12](https://github.example/acme/shop/pull/1), by developer, approved by reviewer

      Since \`v1.4.2\`: https://github.example/acme/shop/compare/v1.4.2...v1.5.0"
    `)
  })

  it('name what travelled with the version, a direct push, an unread issue, and the first version of a line', () => {
    const [red, push] = changesOf([merge(3, null, { pull: null }), merge(2, 'failure')])
    if (red === undefined || push === undefined) throw new Error('no change')
    const { changes } = notesFor()
    const carried = [
      { change: red, issueKeys: ['SHOP-2'], issues: [], approvers: [] },
      { change: push, issueKeys: [], issues: [], approvers: [] },
      ...changes,
    ]
    expect(releaseNotes(notesFor({ changes: carried, previous: null, first: true }))).toMatchInlineSnapshot(`
      "- [SHOP-1](https://jira.example/browse/SHOP-1) Gift cards &lt;b&gt;now&lt;/b&gt; @​acme/everyone — [#1 SHOP-1 \\| \\[click\\]\\(http:​//evil\\) #​12](https://github.example/acme/shop/pull/1), by developer, approved by reviewer
      - \`0000000\`, pushed without a pull request (merged earlier, had no version of its own)
      - \`SHOP-2\` — [#2 SHOP-2 change 2](https://github.example/acme/shop/pull/2), by developer, without an approval (merged earlier, had no version of its own)

      The first version Waybill made on this line; what was merged before it has no version of its own."
    `)
    expect(tagMessage(notesFor({ changes: carried }))).toMatchInlineSnapshot(`
      "v1.5.0

      - SHOP-1 #1
      - direct push 0000000
      - SHOP-2 #2
      "
    `)
  })
})
