import type { Account } from '../model/account.ts'
import { Failed } from '../model/failure.ts'
import type { MergedPull, Tag } from '../model/line.ts'
import type { Lookup } from '../model/lookup.ts'
import { absent, found, unknown } from '../model/lookup.ts'
import type { Commit } from '../model/pull.ts'
import type { WishComment } from '../model/wish.ts'
import { isMergedInto } from './is-merged-into.ts'
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
  timeOrNull,
} from './json.ts'
import { parseActor } from './parse-account.ts'
import { type ChecksPage, parseChecks } from './parse-checks.ts'
import { parseCommit } from './parse-commit.ts'
import { parseGate } from './parse-gate.ts'
import { distinct, type Page, parseCommits, parseLabels } from './parse-pull.ts'

/** A commit of the branch's history, with what the walk needs of it. */
export type WalkCommit = {
  readonly sha: string
  /** Its first parent; null for the first commit of all. */
  readonly parent: string | null
  readonly commit: Commit
  /** The tree of this commit holds a configuration file. */
  readonly configured: boolean
  readonly committedAt: number
  readonly pull: (Omit<MergedPull, 'commits'> & { readonly commits: Page<Commit> & { readonly total: number } }) | null
  readonly checks: ChecksPage
}

/** `WaybillLineCommit`, on the branch `line`; `ownId` is our App's. */
export function parseLineCommit(json: Json, line: string, ownId: number): WalkCommit {
  const commit = parseCommit(json) ?? severalAuthors(json)
  const { sha } = commit
  return {
    sha,
    parent: commit.parents[0] ?? null,
    commit,
    configured: childOrNull(json, 'yml') !== null || childOrNull(json, 'yaml') !== null,
    committedAt: time(json, 'committedDate'),
    pull: parseMergedPull(json, line, sha),
    checks: parseChecks(json, ownId),
  }
}

/** More authors than GitHub lists at once: then somebody unknown wrote it. */
function severalAuthors(json: Json): Commit {
  const author = { kind: 'stranger', name: '', email: 'more authors than GitHub lists' } as const
  const parents = list(child(json, 'parents'), 'nodes').filter(isJson)
  return {
    sha: text(json, 'oid'),
    headline: text(json, 'messageHeadline'),
    author,
    committer: null,
    coAuthors: [],
    parents: parents.map((parent) => text(parent, 'oid')),
  }
}

const tooMany = 'a commit belongs to more pull requests than Waybill reads'

/** The pull request that brought this commit to this line: the one merged as this very commit, or else one merged here. */
function parseMergedPull(commit: Json, line: string, sha: string): WalkCommit['pull'] {
  if (childOrNull(commit, 'associatedPullRequests') === null) return null
  const { nodes, complete } = connection(commit, 'associatedPullRequests')
  const merged = nodes.filter((node) => isMergedInto(node, line, sha))
  const pull = merged.find((node) => mergeShaOf(node) === sha) ?? merged[0]
  if (pull === undefined && !complete) throw new Failed({ kind: 'bug', call: 'WaybillLine', cause: tooMany })
  if (pull === undefined) return null
  return {
    number: integer(pull, 'number'),
    title: text(pull, 'title'),
    url: text(pull, 'url'),
    branch: text(pull, 'headRefName'),
    author: parseActor(pull, 'author'),
    headSha: text(pull, 'headRefOid'),
    labels: parseLabels(pull),
    assignees: connection(pull, 'assignees').nodes.flatMap((node) => parseActor({ assignee: node }, 'assignee') ?? []),
    gate: parseGate(pull),
    commits: parseCommits(pull),
    approvers: parseApprovers(pull),
    createdAt: time(pull, 'createdAt'),
    updatedAt: time(pull, 'updatedAt'),
    mergedAt: timeOrNull(pull, 'mergedAt') ?? time(pull, 'updatedAt'),
  }
}

function mergeShaOf(pull: Json): string | null {
  const commit = childOrNull(pull, 'mergeCommit')
  return commit === null ? null : text(commit, 'oid')
}

/** Whose last word, comments aside, was an approval of the merged head. */
function parseApprovers(pull: Json): readonly Account[] {
  if (childOrNull(pull, 'reviews') === null) return []
  const last = new Map<number, { readonly account: Account; readonly approves: boolean; readonly at: number }>()
  for (const review of connection(pull, 'reviews').nodes) {
    const account = parseActor(review, 'author')
    if (account === null || !['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'].includes(text(review, 'state'))) continue
    const commit = childOrNull(review, 'commit')
    const approves = review['state'] === 'APPROVED' && commit?.['oid'] === pull['headRefOid']
    const at = timeOrNull(review, 'submittedAt') ?? time(review, 'createdAt')
    if (at >= (last.get(account.id)?.at ?? 0)) last.set(account.id, { account, approves, at })
  }
  return distinct([...last.values()].filter((one) => one.approves).map((one) => one.account))
}

export type DatedTag = Tag & { /** ms, UTC: of the commit. */ readonly at: number }

/** A tag and the commit it comes down to; null for one that stands on no commit, or too deep in other tags. */
export function parseTag(json: Json): DatedTag | null {
  let target = childOrNull(json, 'target')
  for (let depth = 0; target?.['__typename'] === 'Tag' && depth < 2; depth++) target = childOrNull(target, 'target')
  if (target?.['__typename'] !== 'Commit') return null
  return { name: text(json, 'name'), sha: text(target, 'oid'), at: time(target, 'committedDate') }
}

/** The comments that were asked for, by id. Only a comment that GitHub positively says is gone is absent. */
export function parseComments(
  nodes: readonly unknown[],
  wanted: readonly { readonly commentId: number }[],
  missed: ReadonlyMap<string, string>,
): ReadonlyMap<number, Lookup<WishComment>> {
  return new Map(
    wanted.map(({ commentId }, index) => [
      commentId,
      parseComment(nodes[index], commentId, missed.get(`comments.${index}`)),
    ]),
  )
}

function parseComment(node: unknown, commentId: number, error: string | undefined): Lookup<WishComment> {
  if (error === 'NOT_FOUND') return absent
  if (!isJson(node)) return error === undefined ? absent : unknown('GitHub does not show the comment')
  if (node['__typename'] !== 'IssueComment' || integer(node, 'fullDatabaseId') !== commentId) return absent
  const author = parseActor(node, 'author')
  return found({
    commentId,
    body: text(node, 'body'),
    authorId: author?.id ?? 0,
    edited: textOrNull(node, 'lastEditedAt') !== null,
  })
}
