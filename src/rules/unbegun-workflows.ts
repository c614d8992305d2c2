import type { CheckShown, Checks } from '../model/check.ts'
import type { ChecksPolicy } from './checks-policy.ts'
import { isIgnored, isOfCommit } from './counted-checks.ts'

/**
 * Workflows that ended as failed without one run (their file can't be read, or GitHub could not begin them): no check
 * shows that they said no. Of a workflow that ran again on the commit the newest suite decides.
 */
export function unbegunWorkflows({ suites }: Checks, policy: Pick<ChecksPolicy, 'ignore'>): readonly CheckShown[] {
  return suites.flatMap(({ id, app, neverBegan, workflow, workflowEvent }) => {
    const name = workflow?.name ?? app.slug
    if (!neverBegan || !isOfCommit({ workflowEvent }) || isIgnored({ name }, policy)) return []
    const later = suites.some((one) => one.id > id && workflow !== null && one.workflow?.id === workflow.id)
    return later ? [] : [{ name, word: 'could not begin', url: null }]
  })
}
