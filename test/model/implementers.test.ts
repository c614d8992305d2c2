import { describe, expect, test } from 'vitest'
import { implementersOf } from '../../src/model/implementers.ts'
import { by, commit, developer, head, older, reviewer, robot, second, stranger } from '../rules/a-pull.ts'

const roles = (change: Parameters<typeof implementersOf>[0]) =>
  implementersOf(change).known.map(({ account, as }) => `${account.login} ${as}`)

describe('who wrote a change', () => {
  test('author, commit authors, committers and co-authors, each once in the first role', () => {
    const commits = [
      commit({ author: by(second), committer: by(reviewer), coAuthors: [by(developer)] }),
      commit({ sha: older, author: by(reviewer) }),
    ]
    expect(roles({ author: developer, assignees: [], commits })).toEqual([
      'developer author',
      'second commit-author',
      'reviewer committer',
    ])
  })

  test("a bot's assignees answer for it, a person's do not", () => {
    expect(roles({ author: robot, assignees: [reviewer], commits: [] })).toEqual([
      'dependabot author',
      'reviewer assignee-of-bot',
    ])
    expect(roles({ author: developer, assignees: [reviewer], commits: [] })).toEqual(['developer author'])
  })

  test("GitHub's own committer is nobody", () => {
    const webFlow = by({ id: 19_864_447, login: 'web-flow', kind: 'user' })
    const commits = [commit({ committer: webFlow }), commit({ committer: stranger('noreply@github.com') })]
    expect(implementersOf({ author: null, assignees: [], commits })).toEqual({
      known: [{ account: developer, as: 'commit-author', sha: head }],
      unknown: [],
    })
  })

  test('a noreply address names its account by id', () => {
    const commits = [commit({ author: stranger('2+old-name@users.noreply.github.com'), committer: null })]
    expect(implementersOf({ author: null, assignees: [], commits }).known).toMatchObject([{ account: { id: 2 } }])
  })

  test('authors and committers without an account are unknown, co-authors are left out', () => {
    const commits = [
      commit({
        author: stranger('a@x.example'),
        committer: stranger('c@x.example'),
        coAuthors: [stranger('co@x.example')],
      }),
    ]
    expect(implementersOf({ author: null, assignees: [], commits })).toEqual({
      known: [],
      unknown: [
        { sha: head, email: 'a@x.example' },
        { sha: head, email: 'c@x.example' },
      ],
    })
  })

  test('X37: signing as GitHub itself makes an author unknown, not nobody', () => {
    const forged = implementersOf({
      author: null,
      assignees: [],
      commits: [commit({ author: stranger('noreply@github.com') })],
    })
    expect(forged.unknown).toMatchObject([{ email: 'noreply@github.com' }])
  })
})
