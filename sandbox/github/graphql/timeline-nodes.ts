import { iso } from '../rest/iso.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { PullRequest, TimelineEntry, TimelineKind } from '../state/pull-request.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import type { Graph } from './graph.ts'

/** GraphQL's type of each kind; `PullRequestTimelineItemsItemType` has the same in capitals and underscores. */
const typeNames: Readonly<Record<TimelineKind, string>> = {
  commit: 'PullRequestCommit',
  head_ref_force_pushed: 'HeadRefForcePushedEvent',
  head_ref_deleted: 'HeadRefDeletedEvent',
  ready_for_review: 'ReadyForReviewEvent',
  convert_to_draft: 'ConvertToDraftEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  merged: 'MergedEvent',
  base_ref_changed: 'BaseRefChangedEvent',
  renamed_title: 'RenamedTitleEvent',
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  review_requested: 'ReviewRequestedEvent',
  review: 'PullRequestReview',
  review_dismissed: 'ReviewDismissedEvent',
  comment: 'IssueComment',
}

/** `PullRequest.timelineItems`, oldest first, of all kinds that the sandbox has or of those asked for. */
export function timelineConnection(graph: Graph, pull: PullRequest, args: Arguments): GraphNode {
  const [types, since] = [args.texts('itemTypes'), args.text('since')]
  const of = ({ kind }: TimelineEntry) => types === undefined || types.includes(itemType(typeNames[kind]))
  const late = ({ at }: TimelineEntry) => since === undefined || at >= Date.parse(since)
  const entries = pull.timeline.filter((entry) => of(entry) && late(entry))
  const more = { filteredCount: entries.length, updatedAt: iso(pull.updatedAt) }
  return connection(args, entries, {
    key: ({ id }) => id,
    node: (entry) => graph.nodes.timelineEntry(pull, entry),
    more,
  })
}

export function timelineEntryNode(graph: Graph, pull: PullRequest, entry: TimelineEntry): GraphNode {
  const { nodes, state } = graph
  const url = `${repositoryPage(state, pull.repository)}/pull/${pull.number}#event-${entry.id}`
  const common = {
    __typename: typeNames[entry.kind],
    id: entry.nodeId,
    createdAt: iso(entry.at),
    actor: () => nodes.user(entry.actor),
    pullRequest: () => nodes.pull(pull),
    url,
    resourcePath: url.slice(state.url.length),
  }
  switch (entry.kind) {
    case 'review':
      return nodes.review(pull, entry.review)
    case 'comment':
      return nodes.comment(entry.comment)
    case 'commit':
      return { ...common, commit: () => nodes.commit(pull.repository, entry.sha) }
    case 'merged':
      return { ...common, mergeRefName: pull.base.ref, commit: () => nodes.commit(pull.repository, entry.sha) }
    case 'head_ref_force_pushed':
      return { ...common, ...forcePush(graph, pull, entry) }
    case 'base_ref_changed':
      return { ...common, databaseId: entry.id, previousRefName: entry.before, currentRefName: entry.after }
    case 'renamed_title':
      return { ...common, previousTitle: entry.before, currentTitle: entry.after, subject: () => nodes.pull(pull) }
    case 'review_requested':
      return { ...common, requestedReviewer: () => reviewerNode(graph, pull, entry.reviewer) }
    case 'review_dismissed':
      return { ...common, databaseId: entry.id, ...dismissal(graph, pull, entry) }
    case 'labeled':
    case 'unlabeled':
      return { ...common, label: () => nodes.label(pull.repository, entry.label), labelable: () => nodes.pull(pull) }
    case 'closed':
    case 'reopened':
      return { ...common, closable: () => nodes.pull(pull), stateReason: null }
    case 'head_ref_deleted':
      return { ...common, headRefName: pull.head.ref, headRef: null }
    case 'ready_for_review':
    case 'convert_to_draft':
      return common
  }
}

type Entry<Kind extends TimelineKind> = Extract<TimelineEntry, { readonly kind: Kind }>

function forcePush({ nodes }: Graph, pull: PullRequest, { before, after }: Entry<'head_ref_force_pushed'>): GraphNode {
  return {
    beforeCommit: () => nodes.commit(pull.repository, before),
    afterCommit: () => nodes.commit(pull.repository, after),
    ref: () => nodes.ref(pull.repository, `refs/heads/${pull.head.ref}`),
  }
}

/** `previousReviewState` is not among them: the sandbox remembers only that the review is dismissed. */
function dismissal({ nodes }: Graph, pull: PullRequest, { review, message }: Entry<'review_dismissed'>): GraphNode {
  return { dismissalMessage: message, review: () => nodes.review(pull, review) }
}

function reviewerNode({ nodes }: Graph, pull: PullRequest, reviewer: Entry<'review_requested'>['reviewer']): GraphNode {
  return 'slug' in reviewer ? nodes.team(reviewer, pull.repository.owner) : nodes.user(reviewer)
}

/** `ReviewRequestedEvent` -> `REVIEW_REQUESTED_EVENT` */
function itemType(typeName: string): string {
  return typeName.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}
