import type { Repository } from '../model/ref.ts'
import { pullAskedFor } from '../model/refused-acts.ts'
import type { Post } from './outage.ts'

/** What Jira says no to, or no longer, is said where the people of its change look: at the gate, or on the line. */
export async function hintAct(
  { issues, memory, queue }: Pick<Post, 'issues' | 'memory' | 'queue'>,
  repository: Repository,
  key: string,
): Promise<void> {
  // Without an account nothing is done to any issue, and that is said at the start.
  if (!issues.verifies) return
  const number = pullAskedFor(key)
  if (number !== null) return queue.hint({ kind: 'pull', repository, number })
  for (const { ref } of await memory.linesInForce()) {
    if (ref.repository.id === repository.id) await queue.hint(ref)
  }
}
