import type { Repository } from '../model/ref.ts'
import type { Post } from './outage.ts'
import { sendActs } from './send-acts.ts'
import { sendReports } from './send-reports.ts'

/**
 * Tells Jira what memory holds for this repository, until nothing is left that may be sent now, and comes back when more
 * may be. The panels and the issues have a server and credentials each; one being away holds nothing up at the other.
 */
export async function sendOutbox(post: Post, repository: Repository, random = Math.random): Promise<void> {
  const times = [await sendReports(post, repository, random), await sendActs(post, repository, random)]
  const next = times.filter((at) => at !== null)
  if (next.length > 0) await post.queue.remindOutbox(repository, Math.min(...next))
}
