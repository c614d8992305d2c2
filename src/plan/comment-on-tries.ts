import { changeKeys } from '../model/change-keys.ts'
import type { Effect } from '../model/effect.ts'
import { leaseOf } from '../model/lease.ts'
import { tryStory } from '../words/issue-story.ts'
import { act, placeOf, shown } from './issue-act.ts'
import type { LineView } from './plan-line.ts'

/** Where an unmerged change can be looked at, in the living comment on its issues. Once it is merged its version speaks. */
export function commentOnTries(view: LineView): readonly Effect[] {
  const { line, config } = view
  if (!config.jira.comment) return []
  return config.environments
    .filter((environment) => environment.kind === 'rush')
    .flatMap((environment): readonly Effect[] => {
      const lease = leaseOf(line, environment, line.now)
      if (lease === null || !lease.deployment.numbered) return []
      const place = placeOf(environment.name, lease.deployment)
      const pull = line.pulls.get(lease.claim.pull)
      if (place === null || pull?.kind !== 'found' || pull.value.state === 'merged') return []
      const { number } = pull.value
      const story = tryStory({ pull: shown(view, pull.value), place })
      const mark = { repository: line.ref.repository.id, pull: number, news: null }
      return changeKeys(config, pull.value).map((issueKey) => {
        const action = { kind: 'comment' as const, issueKey, story, mark, since: lease.deployment.createdAt }
        return act(view, `comment:${number}:${issueKey}`, action)
      })
    })
}
