import type { Client } from 'jira.js/core'
import type { LinkPull } from '../model/issue-action.ts'
import type { ActionOutcome } from './act.ts'
import { fitText, fitUrl } from './fit.ts'
import { objectOf } from './json.ts'
import { createOrUpdateRemoteIssueLink } from './library.ts'

/** Shows the pull request as a link of the issue. Its `globalId` is its identity: written again, it is replaced. */
export async function linkPull(client: Client, action: LinkPull): Promise<ActionOutcome> {
  const { issueKey: issueIdOrKey, globalId, resolved } = action
  const made: unknown = await createOrUpdateRemoteIssueLink(client, {
    issueIdOrKey,
    globalId: globalId.slice(0, 255),
    application: { type: 'com.github', name: 'GitHub' },
    relationship: 'pull request',
    object: {
      url: fitUrl(action.url, 'https://github.com'),
      title: fitText(action.title, 255, 'pull request'),
      summary: fitText(action.summary, 255, 'pull request'),
      status: { resolved },
    },
  })
  const { id } = objectOf(made)
  return typeof id === 'number' ? { kind: 'did', written: String(id) } : { kind: 'did' }
}
