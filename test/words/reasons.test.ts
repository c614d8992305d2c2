import { expect, test } from 'vitest'
import type { Note } from '../../src/model/note.ts'
import type { Reason } from '../../src/model/reason.ts'
import type { SilenceCause } from '../../src/model/silence.ts'
import type { UncountedReview } from '../../src/model/uncounted-review.ts'
import { explainNote } from '../../src/words/notes.ts'
import { explainReason } from '../../src/words/reasons.ts'

const named = { branch: 'gift-cards', patterns: ['{key}-{slug}', '{type}/{key}-{slug}'], isFork: false }
const build = { name: 'build', word: 'failure', url: 'https://github.com/acme/shop/runs/100' }
const becauses: readonly UncountedReview['because'][] = [
  'author',
  'commit-author',
  'committer',
  'co-author',
  'assignee-of-bot',
  'bot',
  'no-write-access',
  'not-an-approver',
  'other-account',
  'outdated',
]
const uncounted = becauses.map(
  (because): UncountedReview => ({ login: 'reviewer', says: 'approved', because, sha: 'abcdef0123' }),
)

const silent: readonly SilenceCause[] = [
  { kind: 'workflow-awaits-approval' },
  { kind: 'no-runner', checks: [{ ...build, word: 'queued' }] },
  { kind: 'other-name', missing: 'lint', reported: 'Lint' },
  { kind: 'not-started', event: 'pull_request' },
]
const reasons: readonly Reason[] = [
  { kind: 'branch-without-key', ...named, proposal: null, onPull: false },
  { kind: 'branch-without-key', ...named, proposal: 'SHOP-7-gift-cards', onPull: false },
  { kind: 'branch-without-key', ...named, proposal: null, onPull: true },
  { kind: 'branch-without-key', ...named, proposal: 'SHOP-7-gift-cards', onPull: true },
  { kind: 'branch-without-key', ...named, proposal: null, onPull: true, isFork: true },
  { kind: 'branch-off-pattern', ...named, proposal: 'SHOP-7-gift-cards', onPull: false },
  { kind: 'foreign-project', keys: ['OTHER-12'], projects: ['SHOP', 'FLOW'], onPull: false, isFork: false },
  { kind: 'foreign-project', keys: ['OTHER-12'], projects: ['SHOP'], onPull: true, isFork: false },
  { kind: 'several-issues', keys: ['SHOP-7', 'SHOP-8'] },
  { kind: 'issue-not-found', key: 'SHOP-7' },
  { kind: 'issue-done', key: 'SHOP-7', status: 'Closed' },
  { kind: 'issue-status-not-allowed', key: 'SHOP-7', status: 'To Do', allowed: ['In Progress', 'In Review'] },
  { kind: 'issue-moved', key: 'SHOP-7', newKey: 'STAR-3' },
  { kind: 'issue-unreadable', key: 'SHOP-7', since: Date.UTC(2026, 1, 3, 10, 40), cause: 'Jira answered 503' },
  { kind: 'revert-unreadable', pull: 7, cause: 'GitHub answered 502' },
  {
    kind: 'approvals-missing',
    wanted: 1,
    given: [],
    approvers: 'write-access',
    uncounted: [],
    nobody: [],
    canBe: true,
  },
  {
    kind: 'approvals-missing',
    wanted: 3,
    given: ['second'],
    approvers: '@acme/reviewers, octocat',
    uncounted,
    nobody: [],
    canBe: true,
  },
  {
    kind: 'policy-owner-missing',
    owners: ['octocat', 'ghost'],
    uncounted: uncounted.slice(0, 1),
    nobody: ['ghost'],
    canBe: false,
  },
  { kind: 'policy-owner-missing', owners: ['@acme/platform'], uncounted: [], nobody: [], canBe: true },
  {
    kind: 'approvals-missing',
    wanted: 1,
    given: [],
    approvers: 'nobody',
    uncounted: [],
    nobody: ['ghost', '@acme/ghosts'],
    canBe: false,
  },
  { kind: 'changes-requested', by: ['second', 'third'] },
  { kind: 'author-unknown', commits: [{ sha: 'abcdef0123', email: 'who@nowhere.example' }] },
  { kind: 'reviews-unreadable', cause: 'GitHub answered 502' },
  { kind: 'commits-unreadable', cause: 'GitHub answered 502' },
  { kind: 'commits-unlisted' },
  { kind: 'team-unreadable', team: '@acme/reviewers', cause: 'GitHub answered 403' },
  { kind: 'nothing-reported', silence: { until: 0, causes: [] } },
  { kind: 'nothing-reported', silence: { until: 0, causes: [{ kind: 'not-started', event: 'merge_group' }] } },
  { kind: 'checks-settling', until: Date.UTC(2026, 1, 3, 10, 2, 30) },
  { kind: 'checks-pending', checks: [{ ...build, word: 'in_progress' }], missing: [], silence: null },
  { kind: 'checks-pending', checks: [], missing: ['lint'], silence: { until: 0, causes: [] } },
  { kind: 'checks-pending', checks: [], missing: ['lint'], silence: { until: 0, causes: silent } },
  { kind: 'checks-pending', checks: [], missing: ['lint'], silence: { until: 0, causes: silent.slice(1) } },
  { kind: 'checks-pending', checks: [], missing: ['lint'], silence: { until: 0, causes: silent.slice(2) } },
  { kind: 'checks-cancelled', checks: [{ ...build, word: 'cancelled' }] },
  { kind: 'checks-cancelled', checks: [build, { ...build, name: 'lint', word: 'stale' }] },
  { kind: 'checks-failed', checks: [build, { ...build, name: 'lint', url: 'javascript:alert(1)' }] },
  { kind: 'checks-unreadable', cause: 'GitHub answered 502' },
  { kind: 'required-unreadable', cause: 'GitHub answered 403: Resource not accessible' },
  { kind: 'draft' },
  { kind: 'conflict', base: 'main' },
  { kind: 'mergeable-unknown' },
]

test('every reason has a cause, a person and a next step', () => {
  const said = reasons.map((reason) => {
    const { short, cause, who, next } = explainReason(reason)
    return `${reason.kind}: ${short}\n  ${cause}\n  ${who}\n  ${next}`
  })
  expect(said.join('\n')).toMatchInlineSnapshot(`
    "branch-without-key: the branch names no issue
      The branch \`gift-cards\` names no issue.
      Whoever pushed it
      Rename it to \`{key}-{slug}\` or \`{type}/{key}-{slug}\`, for example \`SHOP-7-gift-cards\` for an issue SHOP-7.
    branch-without-key: the branch names no issue
      The branch \`gift-cards\` names no issue.
      Whoever pushed it
      Rename it: \`git branch -m gift-cards SHOP-7-gift-cards\`, then \`git push -u origin SHOP-7-gift-cards\`, then \`git push origin --delete gift-cards\`.
    branch-without-key: the branch names no issue
      The branch \`gift-cards\` names no issue.
      The author
      Push the same commits to a branch named \`{key}-{slug}\` or \`{type}/{key}-{slug}\`, for example \`SHOP-7-gift-cards\` for an issue SHOP-7, and open a pull request from it; it takes the place of this one.
    branch-without-key: the branch names no issue
      The branch \`gift-cards\` names no issue.
      The author
      Renaming the branch would close this pull request. Push the same commits under a new name: \`git fetch origin\`, then \`git switch -c SHOP-7-gift-cards origin/gift-cards\`, then \`git push -u origin SHOP-7-gift-cards\`. Then open a pull request from it; it takes the place of this one.
    branch-without-key: the branch names no issue
      The branch \`gift-cards\` names no issue.
      The author
      Begin the pull request's title with the issue's key.
    branch-off-pattern: the branch is not named as agreed
      The branch \`gift-cards\` names its issue, but does not have the shape \`{key}-{slug}\` or \`{type}/{key}-{slug}\`.
      Whoever pushed it
      Rename it: \`git branch -m gift-cards SHOP-7-gift-cards\`, then \`git push -u origin SHOP-7-gift-cards\`, then \`git push origin --delete gift-cards\`.
    foreign-project: OTHER-12 is of no project that counts here
      The branch names \`OTHER-12\`; only issues of \`SHOP\`, \`FLOW\` count here.
      Whoever pushed it, or whoever keeps the configuration
      Name an issue of \`SHOP\` or \`FLOW\`, under a new branch name, or add the project to \`issues.projects\`.
    foreign-project: OTHER-12 is of no project that counts here
      The branch names \`OTHER-12\`; only issues of \`SHOP\` count here.
      The author, or whoever keeps the configuration
      Name an issue of \`SHOP\` in a new branch and open a pull request from it, or add the project to \`issues.projects\`.
    several-issues: several issues: SHOP-7, SHOP-8
      It carries several issues: \`SHOP-7\`, \`SHOP-8\`. A change carries one.
      The author
      Give each issue a branch and a pull request of its own; mention others in the text, not in the name nor at the start of the title or of a commit.
    issue-not-found: SHOP-7 is not found in Jira
      Jira knows no issue \`SHOP-7\`, or does not show it to Waybill.
      The author, or an admin of Jira
      Check the key. If the issue is there, let Waybill's Jira account browse its project.
    issue-done: SHOP-7 is done
      \`SHOP-7\` is done already (Closed).
      The author
      Reopen the issue in Jira, or name the issue this change belongs to.
    issue-status-not-allowed: SHOP-7 is To Do
      \`SHOP-7\` is To Do; here it must be In Progress or In Review.
      Whoever works on the issue
      Move it to In Progress or In Review in Jira.
    issue-moved: SHOP-7 is STAR-3 now
      \`SHOP-7\` was moved in Jira; it is \`STAR-3\` now.
      The author
      Name \`STAR-3\` instead: push the commits under a new branch name, or edit the title where only that names \`SHOP-7\`.
    issue-unreadable: SHOP-7 can't be read from Jira
      Whether \`SHOP-7\` may be worked on can't be read since 2026-02-03 10:40 UTC: Jira answered 503.
      Nobody, unless it stays so: then the operator of Waybill
      Waybill asks again every half minute and goes on when Jira answers.
    revert-unreadable: whether it undoes #7 can't be read
      Its branch is named as GitHub's “Revert” button names one; whether it undoes #7 can't be read: GitHub answered 502.
      Nobody: this goes on by itself
      Waybill asks again in half a minute.
    approvals-missing: one approval is missing
      No approval yet; 1 is needed.
      Anybody with write access who wrote no part of it
      Review the newest commit and approve it in GitHub.
    approvals-missing: 2 approvals are missing
      1 of 3 approvals. second approved. The approval of reviewer does not count: it is their own pull request. The approval of reviewer does not count: they wrote \`abcdef0\`. The approval of reviewer does not count: they committed \`abcdef0\`. The approval of reviewer does not count: they are a co-author of \`abcdef0\` (an accepted suggestion makes one). The approval of reviewer does not count: they are assigned to a bot's pull request and answer for it. The approval of reviewer does not count: they are a bot. The approval of reviewer does not count: they may not write to this repository. The approval of reviewer does not count: they are not among the approvers. The approval of reviewer does not count: the configuration means another account by this login, the one that had it before. The approval of reviewer does not count: it is outdated, given for \`abcdef0\`.
      One of \`@acme/reviewers, octocat\` who wrote no part of it
      Review the newest commit and approve it in GitHub.
    policy-owner-missing: an owner of the policy has not approved
      It touches the configuration, which \`octocat\`, \`ghost\` must agree to. The approval of reviewer does not count: it is their own pull request. \`policy-owners\` names whom GitHub does not know: \`ghost\`.
      Whoever keeps the configuration: too few of \`octocat\`, \`ghost\` are there who wrote no part of it
      Name more people in \`policy-owners\` on the base branch, let somebody else write it, or comment \`/waybill override REASON\` where \`merge.overriders\` names you.
    policy-owner-missing: an owner of the policy has not approved
      It touches the configuration, which \`@acme/platform\` must agree to.
      One of \`@acme/platform\` who wrote no part of it
      Review the newest commit and approve it in GitHub.
    approvals-missing: one approval is missing
      No approval yet; 1 is needed. \`merge.approvers\` names whom GitHub does not know: \`ghost\`, \`@acme/ghosts\`.
      Whoever keeps the configuration: \`merge.approvers\` says nobody
      Name people in \`merge.approvers\`.
    changes-requested: changes requested by second, third
      Changes are requested by second, third.
      second, third, after the author
      Make the changes and have them approved by whoever asked, or have that review dismissed.
    author-unknown: a commit belongs to no account
      The e-mail of \`abcdef0\` (\`who@nowhere.example\`) belongs to no account, so anybody's approval might be for their own work.
      Whoever wrote it
      Add the e-mail to your account on GitHub, or rewrite the commit under an address of yours (\`git commit --amend --reset-author\`). Others can map the e-mail in the base branch's \`.mailmap\`, let such commits through with \`merge.unknown-authors: ignore\`, or comment \`/waybill override REASON\` where \`merge.overriders\` names them.
    reviews-unreadable: the reviews can't be read
      The reviews can't be read from GitHub: GitHub answered 502.
      Nobody: this goes on by itself
      Waybill asks again in half a minute.
    commits-unreadable: the commits can't be read
      The commits can't be read from GitHub: GitHub answered 502.
      Nobody: this goes on by itself
      Waybill asks again in half a minute.
    commits-unlisted: GitHub does not list all of its commits
      Who wrote it, and for which issues, can't be told: GitHub lists no more than 250 commits of a pull request, and Waybill reads no more than 50 authors of a commit.
      The author
      Squash it to fewer commits, or make several pull requests of it.
    team-unreadable: the members of @acme/reviewers can't be read
      Whether those who approved belong to \`@acme/reviewers\` can't be read: GitHub answered 403.
      An admin of the organisation
      Check that the team exists and that Waybill may read the organisation's members, or mend what names it in the configuration.
    nothing-reported: no check has reported
      No check has reported on this commit: nothing says that it works.
      Whoever keeps the build
      Let a build run for pull requests; where there is none to run, set \`merge.checks: []\`.
    nothing-reported: no check has reported
      No check has reported on this commit: nothing says that it works. That is late: its workflow may not run on \`merge_group\`, or a filter of paths or branches leaves this change out.
      Whoever keeps the build
      Let a build run for pull requests; where there is none to run, set \`merge.checks: []\`.
    checks-settling: waiting for late checks
      What reported is green; until 2026-02-03 10:02 UTC others may still begin.
      Nobody: this goes on by itself
      Wait for that moment.
    checks-pending: waiting for build
      Not finished: [\`build\`](https://github.com/acme/shop/runs/100) (in progress).
      Nobody: this goes on by itself
      Wait for it to finish.
    checks-pending: waiting for lint
      Not reported yet: \`lint\`.
      Nobody, unless it stays so: then whoever keeps the build
      Wait for it to report.
    checks-pending: waiting for lint
      Not reported yet: \`lint\`. A workflow waits until somebody approves that it may run. Queued and never begun: [\`build\`](https://github.com/acme/shop/runs/100) (queued); no runner may have its label. \`lint\` may be what reports as \`Lint\`. That is late: its workflow may not run on \`pull_request\`, or a filter of paths or branches leaves this change out.
      Somebody with write access
      Press “Approve workflows to run” on the pull request.
    checks-pending: waiting for lint
      Not reported yet: \`lint\`. Queued and never begun: [\`build\`](https://github.com/acme/shop/runs/100) (queued); no runner may have its label. \`lint\` may be what reports as \`Lint\`. That is late: its workflow may not run on \`pull_request\`, or a filter of paths or branches leaves this change out.
      Whoever keeps the build
      Look whether a runner has the labels that \`runs-on\` asks for, and whether it is online.
    checks-pending: waiting for lint
      Not reported yet: \`lint\`. \`lint\` may be what reports as \`Lint\`. That is late: its workflow may not run on \`pull_request\`, or a filter of paths or branches leaves this change out.
      Whoever keeps the build
      Write \`Lint\` where \`lint\` is asked for.
    checks-cancelled: build has to run again
      Cancelled or given up before it said anything: [\`build\`](https://github.com/acme/shop/runs/100) (cancelled).
      Anybody with write access
      Run it again.
    checks-cancelled: build, lint have to run again
      Cancelled or given up before it said anything: [\`build\`](https://github.com/acme/shop/runs/100) (failure), [\`lint\`](https://github.com/acme/shop/runs/100) (stale).
      Anybody with write access
      Run them again.
    checks-failed: build, lint failed
      Not green: [\`build\`](https://github.com/acme/shop/runs/100) (failure), \`lint\` (failure).
      The author
      Mend what was found and push, or run them again if it was not the change.
    checks-unreadable: the checks can't be read
      The checks can't be read from GitHub: GitHub answered 502.
      Nobody: this goes on by itself
      Waybill asks again in half a minute.
    required-unreadable: what GitHub requires can't be read
      The checks that GitHub requires on this branch can't be read: GitHub answered 403: Resource not accessible.
      Nobody, unless it stays so: then an admin of this repository
      Waybill asks again in half a minute. If it stays so, let the App read metadata and contents, or list the checks under \`merge.checks\`.
    draft: a draft
      This pull request is a draft.
      The author
      Mark it ready for review.
    conflict: conflicts with its base
      It conflicts with \`main\`.
      The author
      Merge \`main\` into the branch, resolve the conflicts, and push.
    mergeable-unknown: GitHub is still looking for conflicts
      GitHub has not worked out yet whether it can be merged.
      Nobody: this goes on by itself
      Waybill asks again in a moment."
  `)
})

const notes: readonly Note[] = [
  { kind: 'reverts', pull: 7 },
  { kind: 'issue-of-reverted', pull: 7, keys: ['SHOP-7'] },
  { kind: 'issue-of-reverted', pull: 7, keys: [] },
  { kind: 'opened-before', key: 'SHOP-7' },
  { kind: 'issue-done-by-waybill', key: 'SHOP-7', status: 'Released' },
  { kind: 'names-issue', key: 'SHOP-7' },
  { kind: 'exempt-branch', pattern: 'dependabot/**', pusher: 'dependabot' },
  { kind: 'title-names-issue', key: 'SHOP-7' },
  { kind: 'issue-ready', key: 'SHOP-7', summary: 'Gift cards', status: 'In Progress' },
  {
    kind: 'issue-verified-before',
    key: 'SHOP-7',
    at: Date.UTC(2026, 1, 3, 10, 2),
    since: Date.UTC(2026, 1, 3, 10, 40),
    cause: 'Jira answered 503',
  },
  { kind: 'issue-not-looked-up', key: 'SHOP-7' },
  { kind: 'no-issue-needed' },
  { kind: 'no-issue-named' },
  {
    kind: 'approved-by',
    by: ['reviewer', 'second'],
    ignored: [{ login: 'third', says: 'changes_requested', because: 'no-write-access', sha: null }],
    unknown: [{ sha: 'abcdef0123', email: 'who@nowhere.example' }],
  },
  { kind: 'no-approval-needed', ignored: [] },
  { kind: 'checks-green', names: ['build', 'lint'], notRequired: [{ ...build, name: 'codecov' }] },
  { kind: 'no-checks-needed' },
  { kind: 'not-draft' },
  { kind: 'no-conflict', base: 'main' },
]

test('every note has a sentence', () => {
  expect(notes.map((note) => `${note.kind}: ${explainNote(note)}`).join('\n')).toMatchInlineSnapshot(`
    "reverts: It undoes #7, which was merged here.
    issue-of-reverted: It carries the issue of #7, which it undoes, done or not: \`SHOP-7\`.
    issue-of-reverted: It carries the issue of #7, which it undoes, done or not: none.
    opened-before: It was opened before the configuration came: the title names \`SHOP-7\`, and its branch need not.
    issue-done-by-waybill: \`SHOP-7\` is Released, where Waybill itself moved it: more may follow.
    names-issue: The branch names \`SHOP-7\`.
    exempt-branch: Branches like \`dependabot/**\` of a bot (dependabot) need no issue.
    title-names-issue: The branch of a fork need not name its issue; the title names \`SHOP-7\`.
    issue-ready: \`SHOP-7\` Gift cards is In Progress.
    issue-verified-before: \`SHOP-7\` was verified 2026-02-03 10:02 UTC; Jira unreachable since 2026-02-03 10:40 UTC.
    issue-not-looked-up: \`SHOP-7\` is not looked up in Jira.
    no-issue-needed: No issue is needed.
    no-issue-named: There is no issue to look up.
    approved-by: Approved by reviewer, second. The request for changes of third does not count: they may not write to this repository. Let through although its author belongs to no account: \`abcdef0\` (\`who@nowhere.example\`).
    no-approval-needed: No approval is asked for.
    checks-green: Green: \`build\`, \`lint\`. Not green and not required: [\`codecov\`](https://github.com/acme/shop/runs/100) (failure).
    no-checks-needed: No checks are asked for.
    not-draft: It is not a draft.
    no-conflict: It merges cleanly into \`main\`."
  `)
})
