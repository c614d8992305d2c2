import type { AuditEntry } from '../model/audit-entry.ts'
import type { Environment } from '../model/config-schema.ts'
import { deploymentState, hasSucceeded, versionClaim } from '../model/deployment.ts'
import { deploymentsIn } from '../model/deployments-in.ts'
import { durationOf } from '../model/duration.ts'
import type { Effect } from '../model/effect.ts'
import { liveIn, runningIn, stagesOf } from '../model/environments.ts'
import type { LineView } from './plan-line.ts'

/** Ends at GitHub what ended in fact: deployments that went silent, and those that a newer one replaced. */
export function planUpkeep(view: LineView): readonly Effect[] {
  return stagesOf(view.config).flatMap((environment) => [...giveUp(view, environment), ...replace(view, environment)])
}

function giveUp({ line }: LineView, { name, timeout }: Environment): readonly Effect[] {
  const running = runningIn(line.deployments, name)
  if (running === null) return []
  const after = running.statuses[0]?.at ?? 0
  const due = Math.max(running.createdAt, after) + durationOf(timeout)
  if (line.now < due) return [{ kind: 'look', ref: line.ref, at: due }]
  const description = `nothing was reported for ${timeout}`
  const entry: AuditEntry = {
    key: `timeout:${running.id}:${after}`,
    action: 'observe',
    actor: null,
    subject: `deployment ${running.id}`,
    version: running.tag,
    sha: running.sha,
    environment: name,
    reason: description,
    evidence: [],
  }
  return [
    { kind: 'audit', entry },
    { kind: 'set-status', deployment: running.id, state: 'error', after, description },
  ]
}

/** GitHub makes older ones inactive by itself, but not in production, nor where the reporter says not to. */
function replace({ line }: LineView, { name }: Environment): readonly Effect[] {
  const live = liveIn(line.deployments, name)
  if (live === null) return []
  const there = deploymentsIn(line.deployments, name)
  return there
    .slice(there.indexOf(live) + 1)
    .filter((one) => versionClaim(one) !== null && hasSucceeded(one) && deploymentState(one) === 'success')
    .map((one): Effect => {
      const description = `replaced by ${live.tag ?? live.sha.slice(0, 7)}`
      const after = one.statuses[0]?.at ?? 0
      return { kind: 'set-status', deployment: one.id, state: 'inactive', after, description }
    })
}
