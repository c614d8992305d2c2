import { nodeId } from '../node-id.ts'
import type { User } from '../state/accounts.ts'
import type { PullRequest, TimelineEntry } from '../state/pull-request.ts'
import type { State } from '../state.ts'

/** A timeline entry without what every entry has. */
export type TimelineFact = TimelineEntry extends infer Entry
  ? Entry extends TimelineEntry
    ? Omit<Entry, 'id' | 'nodeId' | 'at' | 'actor'>
    : never
  : never

/** Writes what happened to the pull request at the end of its timeline, and when it was touched last. */
export function note(
  state: State,
  pull: PullRequest,
  { actor, fact }: { readonly actor: User; readonly fact: TimelineFact },
) {
  const id = state.nextId()
  pull.updatedAt = state.now()
  pull.timeline.push({ ...fact, id, nodeId: nodeId('TimelineItem', id), at: state.now(), actor })
}
