import type { Account, Signature } from '../../src/model/account.ts'
import type { BranchHead, BranchSnapshot } from '../../src/model/branch.ts'
import type { Check, CheckState } from '../../src/model/check.ts'
import type { ConfigRead } from '../../src/model/config-read.ts'
import type { Issue } from '../../src/model/issue.ts'
import type { LineStanding } from '../../src/model/line-standing.ts'
import { found } from '../../src/model/lookup.ts'
import { parseConfig } from '../../src/model/parse-config.ts'
import type { Commit, PullRequest, PullSnapshot, Review } from '../../src/model/pull.ts'
import { type Answer, outcomeOf, type PullVerdict, type RuleName } from '../../src/model/verdict.ts'
import { judgePull } from '../../src/rules/judge-pull.ts'

export const head = 'a'.repeat(40)
export const older = 'b'.repeat(40)
export const noon = Date.UTC(2026, 1, 3, 12, 0)

export const developer: Account = { id: 1, login: 'developer', kind: 'user' }
export const reviewer: Account = { id: 2, login: 'reviewer', kind: 'user' }
export const second: Account = { id: 3, login: 'second', kind: 'user' }
export const robot: Account = { id: 9, login: 'dependabot', kind: 'bot' }

export const by = (account: Account): Signature => ({ kind: 'account', account })
export const stranger = (email: string): Signature => ({ kind: 'stranger', name: 'Somebody', email })

/** A configuration of the project SHOP with `settle: 0s`, and whatever else is given. */
export function configured(lines = '', merge = ''): ConfigRead {
  const text = `version: 1\nissues: {projects: [SHOP]}\nmerge: {settle: 0s${merge === '' ? '' : `, ${merge}`}}\n${lines}`
  return parseConfig({ path: '.github/waybill.yml', text, sha: 'c0ffee' })
}

/** The same with the issues section given. */
export function configuredIssues(issues: string, lines = ''): ConfigRead {
  const text = `version: 1\nissues: {${issues}}\nmerge: {settle: 0s}\n${lines}`
  return parseConfig({ path: '.github/waybill.yml', text, sha: 'c0ffee' })
}

export function commit(change: Partial<Commit> = {}): Commit {
  return {
    sha: head,
    headline: 'Sell gift cards',
    author: by(developer),
    committer: by(developer),
    coAuthors: [],
    parents: ['e'.repeat(40)],
    ...change,
  }
}

export function review(change: Partial<Review> = {}): Review {
  return {
    id: 11,
    author: reviewer,
    state: 'approved',
    sha: head,
    at: noon,
    mayWrite: true,
    takenBack: null,
    ...change,
  }
}

export function check(state: CheckState = 'success', change: Partial<Check> = {}): Check {
  return {
    kind: 'run',
    id: 100,
    name: 'build',
    app: { id: 50, slug: 'github-actions' },
    by: 'app',
    state,
    word: state,
    url: 'https://github.com/acme/shop/runs/100',
    suiteId: 7,
    workflowEvent: 'pull_request',
    workflowId: 7,
    startedAt: noon,
    ...change,
  }
}

export function issue(change: Partial<Issue> = {}): Issue {
  return {
    key: 'SHOP-7',
    summary: 'Gift cards',
    status: 'In Progress',
    done: false,
    type: 'Story',
    url: 'https://acme.atlassian.net/browse/SHOP-7',
    ...change,
  }
}

export function pullRequest(change: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 12,
    title: 'Sell gift cards',
    url: 'https://github.com/acme/shop/pull/12',
    author: developer,
    base: 'main',
    baseSha: 'd'.repeat(40),
    branch: 'SHOP-7-gift-cards',
    headSha: head,
    isFork: false,
    draft: false,
    state: 'open',
    mergeable: 'clean',
    reviewDecision: 'approved',
    mergeState: 'other',
    unresolved: 0,
    labels: [],
    assignees: [],
    requested: [],
    createdAt: noon,
    updatedAt: noon,
    ...change,
  }
}

/** A line that is green at v1.4.0. */
export const calm: LineStanding = {
  health: { kind: 'green' },
  current: 'v1.4.0',
  next: { kind: 'versions', patch: 'v1.4.1', minor: 'v1.5.0', major: 'v2.0.0' },
  notices: [],
}

/** The world of the gate's cases: all is well. */
export function aPull(change: Partial<PullSnapshot> = {}): PullSnapshot {
  return {
    ref: {
      kind: 'pull',
      repository: { installationId: 5, id: 77, owner: 'acme', name: 'shop' },
      number: change.pull?.number ?? 12,
    },
    repositoryUrl: 'https://github.com/acme/shop',
    defaultBranch: 'main',
    config: configured(),
    gated: ['main'],
    pull: pullRequest(),
    seen: null,
    commits: found([commit()]),
    reviews: found([review()]),
    checks: found({ checks: [check()], suites: [] }),
    posted: [],
    members: new Map([developer, reviewer, second].map(({ login, id }) => [login, found([id])])),
    noApprovers: [],
    pushes: found([]),
    comparisons: new Map(),
    sameHead: [],
    proposal: null,
    outlook: null,
    now: noon,
    issues: new Map([['SHOP-7', found(issue())]]),
    verified: new Map(),
    types: new Map(),
    standing: calm,
    wishes: [],
    movedToDone: new Set(),
    jiraAwaySince: null,
    reverts: null,
    configuredSince: null,
    queues: [],
    required: found([]),
    wantsResolution: false,
    headSeenAt: noon,
    jira: [],
    panelUntold: false,
    unfinished: [],
    actsRefused: [],
    override: null,
    overriders: new Map(),
    others: [],
    ...change,
  }
}

export function withReviews(...reviews: readonly Review[]): Partial<PullSnapshot> {
  return { reviews: found(reviews) }
}

export function withChecks(...checks: readonly Check[]): Partial<PullSnapshot> {
  return { checks: found({ checks, suites: [] }) }
}

/** The gate in one word. */
export function gate(snapshot: PullSnapshot): string {
  const verdict = judgePull(snapshot)
  return verdict.kind === 'judged' ? outcomeOf(verdict.findings) : verdict.kind
}

/** What one rule says. */
export function answerOf(rule: RuleName, snapshot: PullSnapshot): Answer | null {
  return findingIn(judgePull(snapshot), rule)
}

/** Why a rule is not content, as far as `toMatchObject` cares. */
export function reasonOf(rule: RuleName, snapshot: PullSnapshot): object | null {
  const answer = answerOf(rule, snapshot)
  return answer !== null && (answer.kind === 'waits' || answer.kind === 'blocks') ? answer.reason : null
}

function findingIn(verdict: PullVerdict, rule: RuleName): Answer | null {
  if (verdict.kind !== 'judged') return null
  return verdict.findings.find((finding) => finding.rule === rule) ?? null
}

/** A pushed branch without a pull request. */
export function aBranch(
  name: string,
  change: Partial<Omit<BranchSnapshot, 'head'>> & { head?: Partial<BranchHead> | null } = {},
): BranchSnapshot {
  const { head: headChange, ...rest } = change
  const branchHead: BranchHead = {
    sha: head,
    message: 'Sell gift cards\n\nAll of them.',
    author: { name: 'Dee Veloper', email: 'developer@example.com' },
    committedAt: noon,
    earlier: [],
    pushedAt: noon + 5,
    pusher: developer,
    openPulls: [],
    onLine: false,
    siblings: [],
    checks: { checks: [], suites: [] },
    posted: [],
  }
  return {
    ref: { kind: 'branch', repository: { installationId: 5, id: 77, owner: 'acme', name: 'shop' }, branch: name },
    repositoryUrl: 'https://github.com/acme/shop',
    defaultBranch: 'main',
    config: configured(),
    head: headChange === null ? null : { ...branchHead, ...headChange },
    seen: null,
    now: noon,
    issues: new Map([['SHOP-7', found(issue())]]),
    movedToDone: new Set(),
    jiraAwaySince: null,
    ...rest,
  }
}
