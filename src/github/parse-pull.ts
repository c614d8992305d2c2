import type { Account } from '../model/account.ts'
import type { Commit, PullRequest } from '../model/pull.ts'
import {
  child,
  childOrNull,
  connection,
  integer,
  isJson,
  type Json,
  list,
  text,
  textOrNull,
  time,
  truth,
} from './json.ts'
import { parseActor } from './parse-account.ts'
import { parseCommit } from './parse-commit.ts'

/** The pull request itself (`WaybillPull`). */
export function parsePull(json: Json): PullRequest {
  return {
    number: integer(json, 'number'),
    title: text(json, 'title'),
    url: text(json, 'url'),
    author: parseActor(json, 'author'),
    base: text(json, 'baseRefName'),
    baseSha: tipOf(json) ?? text(json, 'baseRefOid'),
    branch: text(json, 'headRefName'),
    headSha: text(json, 'headRefOid'),
    isFork: truth(json, 'isCrossRepository'),
    draft: truth(json, 'isDraft'),
    state: parseState(text(json, 'state')),
    mergeable: parseMergeable(text(json, 'mergeable')),
    reviewDecision: parseReviewDecision(json),
    mergeState: parseMergeState(text(json, 'mergeStateStatus')),
    unresolved: unresolvedIn(json),
    labels: parseLabels(json),
    assignees: connection(json, 'assignees').nodes.flatMap((node) => parseActor({ assignee: node }, 'assignee') ?? []),
    requested: connection(json, 'reviewRequests').nodes.flatMap((node) => parseActor(node, 'requestedReviewer') ?? []),
    createdAt: time(json, 'createdAt'),
    updatedAt: time(json, 'updatedAt'),
  }
}

/** Only counted to be named: where there are more than a page, a page of them says as much. */
function unresolvedIn(json: Json): number {
  const threads = list(child(json, 'reviewThreads'), 'nodes').filter(isJson)
  return threads.filter((thread) => !truth(thread, 'isResolved')).length
}

/** `baseRefOid` may lag behind the branch; it is all there is of a deleted one. */
function tipOf(json: Json): string | null {
  const base = childOrNull(json, 'baseRef')
  const target = base === null ? null : base['target']
  return isJson(target) && target['__typename'] === 'Commit' ? text(target, 'oid') : null
}

const reviewDecisions: Readonly<Record<string, PullRequest['reviewDecision']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  REVIEW_REQUIRED: 'review-required',
}

export function parseReviewDecision(json: Json): PullRequest['reviewDecision'] {
  return reviewDecisions[textOrNull(json, 'reviewDecision') ?? ''] ?? null
}

function parseMergeState(state: string): PullRequest['mergeState'] {
  if (state === 'BEHIND') return 'behind'
  return state === 'BLOCKED' ? 'blocked' : 'other'
}

export function parseMergeable(mergeable: string): PullRequest['mergeable'] {
  if (mergeable === 'MERGEABLE') return 'clean'
  return mergeable === 'CONFLICTING' ? 'conflict' : 'unknown'
}

/** GitHub allows 100 labels on a pull request. */
export function parseLabels(json: Json): readonly string[] {
  return childOrNull(json, 'labels') === null
    ? []
    : connection(json, 'labels').nodes.map((label) => text(label, 'name'))
}

export type Page<T> = {
  readonly items: readonly T[]
  /** The cursor of the page that is missing. */
  readonly more: string | null
  /** False: GitHub kept something back that no further page holds. */
  readonly whole: boolean
}

/** A page of commits (`WaybillCommits`), oldest first. */
export function parseCommits(pull: Json): Page<Commit> & { readonly total: number } {
  const { nodes, next } = connection(pull, 'commits')
  const commits = nodes.map((node) => parseCommit(child(node, 'commit')))
  const items = commits.flatMap((commit) => commit ?? [])
  return {
    items,
    more: next,
    whole: items.length === commits.length,
    total: integer(child(pull, 'commits'), 'totalCount'),
  }
}

function parseState(state: string): PullRequest['state'] {
  if (state === 'OPEN') return 'open'
  return state === 'MERGED' ? 'merged' : 'closed'
}

/** Accounts without repetition, in order of their first appearance. */
export function distinct(accounts: readonly Account[]): readonly Account[] {
  return [...new Map(accounts.map((account) => [account.id, account])).values()]
}
