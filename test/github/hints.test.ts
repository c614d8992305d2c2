import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cluesOf } from '../../src/github/hints.ts'

const own = { appId: 7, slug: 'waybill' }
const sha = 'a'.repeat(40)
const repository = { installationId: 2, id: 1, owner: 'acme', name: 'shop' }
const base = {
  installation: { id: 2 },
  repository: { id: 1, name: 'shop', owner: { login: 'acme' }, default_branch: 'main' },
  sender: { login: 'dora', id: 3, type: 'User' },
}
const us = { login: 'waybill[bot]', id: 4, type: 'Bot' }

/** Each clue as one word, as `line:main soon` or `unless-open branch:x now`. */
function told(name: string, payload: object): readonly string[] {
  return cluesOf({ id: 'd', name, payload: { ...base, ...payload } }, own).clues.map(say)
}

function say(clue: ReturnType<typeof cluesOf>['clues'][number]): string {
  const { ref, when } = clue
  switch (clue.kind) {
    case 'look':
      return `${word(ref)} ${when}`
    case 'branch':
      return `unless-open ${word(ref)} ${when}`
    case 'commit':
      return `known-at ${word(ref)} else ${word(clue.otherwise)} ${when}`
  }
}

function word(ref: ReturnType<typeof cluesOf>['clues'][number]['ref']): string {
  switch (ref.kind) {
    case 'branch':
    case 'line':
    case 'queue':
      return `${ref.kind}:${ref.branch}`
    case 'run':
      return `run:${ref.runId}:${ref.environment}`
    case 'pull':
      return `pull:${ref.number}`
    case 'commit':
      return `commit:${ref.sha.slice(0, 3)}`
  }
}

const pull = { number: 5, state: 'open', merged: false, base: { ref: 'main' }, head: { ref: 'x', repo: { id: 1 } } }
const run = { app: { id: 9 }, head_sha: sha, pull_requests: [], check_suite: { head_branch: 'SHOP-1-x' } }
const ours = { ...run, app: { id: 7 } }
const onMain = { ...run, check_suite: { head_branch: 'main' } }
const ofPull = { ...run, pull_requests: [{ number: 5, base: { repo: { id: 1 } } }] }
const suite = { app: { id: 9 }, head_sha: sha, pull_requests: [], head_branch: 'SHOP-1-x' }
const comment = {
  id: 11,
  node_id: 'IC_1',
  body: '/waybill promote production',
  created_at: '2026-11-24T04:00:00Z',
  user: { id: 3, login: 'dora', type: 'User' },
}
const group = { head_sha: 'a'.repeat(40), base_ref: 'refs/heads/a/b' }
const issue = { number: 5, pull_request: { url: 'https://api.github.com/repos/acme/shop/pulls/5' } }
const callback = 'https://api.github.com/repos/acme/shop/actions/runs/51'
const commit = 'known-at commit:aaa else commit:aaa'

describe('where a delivery says to look', () => {
  it.each<[string, string, object, readonly string[]]>([
    ['the line moved', 'push', { ref: 'refs/heads/main' }, ['line:main soon']],
    ['a branch', 'push', { ref: 'refs/heads/SHOP-1-x' }, ['unless-open branch:SHOP-1-x now']],
    ['a branch with a slash', 'push', { ref: 'refs/heads/feat/SHOP-1-x' }, ['unless-open branch:feat/SHOP-1-x now']],
    ['a deleted branch', 'push', { ref: 'refs/heads/SHOP-1-x', deleted: true }, []],
    ['a merge queue', 'push', { ref: 'refs/heads/gh-readonly-queue/main/pr-5-abc' }, []],
    ['a tag by a person', 'push', { ref: 'refs/tags/v1.0.0' }, ['line:main soon']],
    ['a deleted tag', 'push', { ref: 'refs/tags/v1.0.0', deleted: true }, ['line:main soon']],
    ['our own tag', 'push', { ref: 'refs/tags/v1.0.0', sender: us }, []],
    ['another ref', 'push', { ref: 'refs/notes/commits' }, []],
    ['a created branch', 'create', { ref: 'SHOP-1-x', ref_type: 'branch' }, ['branch:SHOP-1-x soon']],
    ['a created line', 'create', { ref: 'main', ref_type: 'branch' }, ['line:main soon']],
    ['a created queue', 'create', { ref: 'gh-readonly-queue/main/x', ref_type: 'branch' }, []],
    ['a created tag', 'create', { ref: 'v1.0.0', ref_type: 'tag' }, ['line:main soon']],
    ['our created tag', 'create', { ref: 'v1.0.0', ref_type: 'tag', sender: us }, []],
    ['a deleted tag', 'delete', { ref: 'v1.0.0', ref_type: 'tag' }, ['line:main soon']],
    ['a deleted branch', 'delete', { ref: 'SHOP-1-x', ref_type: 'branch' }, ['branch:SHOP-1-x soon']],
    ...[
      ['opened', 'reopened', 'synchronize', 'edited', 'ready_for_review', 'converted_to_draft'],
      ['review_requested', 'review_request_removed', 'assigned', 'unassigned'],
    ]
      .flat()
      .map((action): [string, string, object, string[]] => [
        action,
        'pull_request',
        { action, pull_request: pull },
        ['pull:5 now'],
      ]),
    ['labeled', 'pull_request', { action: 'labeled', pull_request: pull }, ['pull:5 soon']],
    ['unlabeled', 'pull_request', { action: 'unlabeled', pull_request: pull }, ['pull:5 soon']],
    [
      'a job that asks for an environment',
      'deployment_protection_rule',
      {
        action: 'requested',
        environment: 'production',
        deployment_callback_url: `${callback}/deployment_protection_rule`,
      },
      ['run:51:production now'],
    ],
    [
      'a job whose address is another',
      'deployment_protection_rule',
      { action: 'requested', environment: 'production', deployment_callback_url: `${callback}/rerun` },
      [],
    ],
    ['locked', 'pull_request', { action: 'locked', pull_request: pull }, []],
    ['a built-in name', 'pull_request', { action: 'constructor', pull_request: pull }, []],
    ['closed', 'pull_request', { action: 'closed', pull_request: pull }, ['pull:5 now']],
    [
      'merged',
      'pull_request',
      { action: 'closed', pull_request: { ...pull, merged: true, base: { ref: 'release/1' } } },
      ['line:release/1 soon'],
    ],
    ...['submitted', 'edited', 'dismissed'].map((action): [string, string, object, string[]] => [
      action,
      'pull_request_review',
      { action, review: {}, pull_request: pull },
      ['pull:5 now'],
    ]),
    ...['resolved', 'unresolved'].map((action): [string, string, object, string[]] => [
      `a conversation ${action}`,
      'pull_request_review_thread',
      { action, thread: {}, pull_request: pull },
      ['pull:5 soon'],
    ]),
    ['a check ended', 'check_run', { action: 'completed', check_run: run }, [`${commit} now`]],
    ['a check began', 'check_run', { action: 'created', check_run: run }, [`${commit} soon`]],
    ['of a pull request', 'check_run', { action: 'completed', check_run: ofPull }, ['pull:5 now']],
    [
      'of another repository',
      'check_run',
      { action: 'completed', check_run: { ...run, pull_requests: [{ number: 5, base: { repo: { id: 8 } } }] } },
      [`${commit} now`],
    ],
    [
      'on the line',
      'check_run',
      { action: 'completed', check_run: onMain },
      ['line:main now', 'known-at commit:aaa else line:main now'],
    ],
    [
      'in a merge queue',
      'check_run',
      { action: 'completed', check_run: { ...run, check_suite: { head_branch: 'gh-readonly-queue/a/b/pr-5-abc' } } },
      ['queue:a/b now'],
    ],
    ['Q1 a group', 'merge_group', { action: 'checks_requested', merge_group: group }, ['queue:a/b now']],
    ['Q3 a group that is gone', 'merge_group', { action: 'destroyed', reason: 'merged', merge_group: group }, []],
    ['a group of nothing', 'merge_group', { action: 'checks_requested', merge_group: { base_ref: 'main' } }, []],
    ['our own check', 'check_run', { action: 'completed', check_run: ours }, []],
    ['our own check, new', 'check_run', { action: 'created', check_run: ours }, []],
    ['ours, asked again', 'check_run', { action: 'rerequested', check_run: ours }, [`${commit} now`]],
    [
      'our button',
      'check_run',
      { action: 'requested_action', check_run: { ...ofPull, app: { id: 7 } } },
      ['pull:5 now'],
    ],
    ['a suite ended', 'check_suite', { action: 'completed', check_suite: suite }, [`${commit} soon`]],
    ['a suite asked for', 'check_suite', { action: 'requested', check_suite: suite }, []],
    [
      'our own suite, asked again',
      'check_suite',
      { action: 'rerequested', check_suite: { ...suite, app: { id: 7 } } },
      [`${commit} now`],
    ],
    ['our own suite', 'check_suite', { action: 'completed', check_suite: { ...suite, app: { id: 7 } } }, []],
    ['a status', 'status', { sha, state: 'success', branches: [] }, [`${commit} now`]],
    ['a pending status', 'status', { sha, state: 'pending', branches: null }, [`${commit} soon`]],
    [
      'a status on the line',
      'status',
      { sha, state: 'failure', branches: [{ name: 'main', commit: { sha } }] },
      ['line:main now', 'known-at commit:aaa else line:main now'],
    ],
    ['a status below the line', 'status', { sha, state: 'error', branches: [{ name: 'main' }] }, [`${commit} now`]],
    ['a command', 'issue_comment', { action: 'created', issue, comment }, ['line:main now']],
    ['a deployment', 'deployment', { action: 'created', deployment: { id: 6 } }, ['line:main soon']],
    [
      'our deployment',
      'deployment',
      { action: 'created', deployment: { id: 6, performed_via_github_app: { id: 7 } } },
      [],
    ],
    ['our deployment by name', 'deployment', { action: 'created', deployment: { id: 6, creator: us } }, []],
    [
      'its status',
      'deployment_status',
      { action: 'created', deployment: { id: 6, creator: us }, deployment_status: { id: 8, creator: { login: 'd' } } },
      ['line:main now'],
    ],
    ['queued', 'deployment_status', { action: 'created', deployment_status: { id: 8, state: 'queued' } }, []],
    [
      'in progress',
      'deployment_status',
      { action: 'created', deployment_status: { id: 8, state: 'in_progress' } },
      ['line:main soon'],
    ],
    ['our own status', 'deployment_status', { action: 'created', deployment_status: { id: 8, creator: us } }, []],
    ['a release', 'release', { action: 'published', release: { id: 3 } }, ['line:main soon']],
    ['our own release', 'release', { action: 'published', release: { id: 3 }, sender: us }, []],
    ['a draft', 'release', { action: 'created', release: { id: 3 } }, []],
    ['anything else', 'workflow_run', { action: 'completed', workflow_run: {} }, []],
    ['a name of ours that is none', 'constructor', {}, []],
  ])('%s (%s)', (_what, name, payload, clues) => {
    expect(told(name, payload)).toEqual(clues)
  })

  it('names the repository by id, and the installation', () => {
    expect(
      cluesOf({ id: 'd', name: 'push', payload: { ...base, ref: 'refs/heads/main' } }, own).clues[0]?.ref.repository,
    ).toEqual(repository)
  })

  it.each<[string, object]>([
    ['no installation', { installation: undefined }],
    ['no repository', { repository: null }],
    ['an id beyond 2^53', { repository: { ...base.repository, id: 2 ** 53 } }],
    ['an id that is a text', { installation: { id: '2' } }],
    ['no owner', { repository: { ...base.repository, owner: null } }],
    ['no default branch', { repository: { ...base.repository, default_branch: undefined } }],
    ['a NUL', { ref: 'refs/heads/a\0b' }],
    ['half a pair', { ref: 'refs/heads/\ud800' }],
    ['a newline', { ref: 'refs/heads/a\nb' }],
    ['a payload of another event', { ref: undefined, ref_type: 'branch' }],
  ])('says nothing with %s', (_what, change) => {
    expect(told('push', { ref: 'refs/heads/SHOP-1-x', ...change })).toEqual([])
  })

  it('never throws, whatever comes', () => {
    const names = fc.constantFrom(
      'push',
      'create',
      'pull_request',
      'check_run',
      'status',
      'issue_comment',
      'deployment',
    )
    fc.assert(
      fc.property(names, fc.object(), (name, payload) => {
        cluesOf({ id: 'd', name, payload: { ...base, ...payload } }, own)
        cluesOf({ id: 'd', name, payload }, own)
      }),
    )
  })
})

describe('which pull request is open from which branch', () => {
  function known(change: object, action = 'opened') {
    return cluesOf(
      { id: 'd', name: 'pull_request', payload: { ...base, action, pull_request: { ...pull, ...change } } },
      own,
    ).pull
  }

  it('is kept with every word on it', () => {
    expect(known({})).toEqual({ repositoryId: 1, branch: 'x', number: 5, open: true })
    expect(known({}, 'milestoned')).toEqual({ repositoryId: 1, branch: 'x', number: 5, open: true })
    expect(known({ state: 'closed' }, 'closed')).toMatchObject({ open: false })
  })

  it('is not kept for a fork, which may be gone', () => {
    expect(known({ head: { ref: 'x', repo: { id: 99 } } })).toBeNull()
    expect(known({ head: { ref: 'x', repo: null } })).toBeNull()
  })
})

describe('a wish', () => {
  function wish(change: object, more: object = {}) {
    const payload = { ...base, action: 'created', issue, comment: { ...comment, ...change }, ...more }
    return cluesOf({ id: 'd', name: 'issue_comment', payload }, own).wish
  }

  it('is taken from a comment', () => {
    expect(wish({})).toEqual({
      repositoryId: 1,
      pull: 5,
      commentId: 11,
      commentNodeId: 'IC_1',
      press: null,
      by: { id: 3, login: 'dora', kind: 'user' },
      writtenAt: Date.UTC(2026, 10, 24, 4),
    })
  })

  it.each<[string, object, object]>([
    ['an edited comment (X33)', {}, { action: 'edited' }],
    ['a deleted comment', {}, { action: 'deleted' }],
    ['an issue', {}, { issue: { number: 5 } }],
    ['an issue whose pull request is null', {}, { issue: { number: 5, pull_request: null } }],
    ['a bot (X32)', { user: { ...comment.user, type: 'Bot' } }, {}],
    ['a deleted user', { user: null }, {}],
    ['a quote', { body: '> /waybill promote production' }, {}],
    ['a fence', { body: '```\n/waybill promote production\n```' }, {}],
    ['indented code', { body: '    /waybill promote production' }, {}],
    ['an HTML comment', { body: '<!--\n/waybill promote production\n-->' }, {}],
    ['a later line', { body: 'please\n/waybill promote production' }, {}],
    ['another word', { body: '/waybills promote production' }, {}],
    ['no body', { body: null }, {}],
    ['no time', { created_at: 'yesterday' }, {}],
  ])('is not taken from %s', (_what, change, more) => {
    expect(wish(change, more)).toBeNull()
  })
})
