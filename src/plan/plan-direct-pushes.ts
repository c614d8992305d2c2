import type { Effect } from '../model/effect.ts'
import { decideChanges } from '../rules/next-release.ts'
import type { LineView } from './plan-line.ts'

/** Writes down, once each, what came to the line without a pull request. */
export function planDirectPushes({ line, config, history }: LineView): readonly Effect[] {
  return decideChanges(line, history, config).flatMap(({ change, decision }): readonly Effect[] => {
    if (decision.kind !== 'direct-push') return []
    const author = change.commits.at(-1)?.author
    const actor = author?.kind === 'account' ? { id: author.account.id, login: author.account.login } : null
    const entry = {
      key: `direct-push:${change.sha}`,
      action: 'direct-push' as const,
      actor,
      subject: `${line.ref.branch}@${change.sha}`,
      version: null,
      sha: change.sha,
      environment: null,
      reason: 'it reached the line without a pull request; the actor is the author of its commit',
      evidence: [`${line.repositoryUrl}/commit/${change.sha}`],
    }
    return [{ kind: 'audit', entry }]
  })
}
