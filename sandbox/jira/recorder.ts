import { type Arrived, type Recorder as RecorderOf, recordRequests } from '../record-requests.ts'
import { callerOf } from './authorise.ts'
import { callName } from './call-name.ts'
import type { JiraState } from './state.ts'

export type Recorder = RecorderOf<Arrived>

/** Records what Jira is asked. `by` is whose credentials a request carried; an empty text for none, or wrong ones. */
export function createRecorder(state: JiraState): Recorder {
  return recordRequests(async (c) => ({
    at: state.now(),
    by: callerOf(state, c.req.raw.headers),
    call: callName(c.req.method, c.req.path),
  }))
}
