import type { Environment } from '../model/config-schema.ts'
import { deploymentState, isBranchClaim } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { fingerprint } from '../model/fingerprint.ts'
import { leaseOf } from '../model/lease.ts'
import type { PullBeside } from '../model/line.ts'
import { type Try, tryComment } from '../words/try-comment.ts'
import type { LineView } from './plan-line.ts'

/** Where an unmerged pull request's branch is tried out, in its living comment. Once it is merged its version speaks there. */
export function sayOnTries(view: LineView): readonly Effect[] {
  const { line, config } = view
  const boxes = config.environments.filter((environment) => environment.kind === 'rush')
  const pulls = [...line.pulls.values()].flatMap((pull) => (pull.kind === 'found' ? [pull.value] : []))
  return pulls
    .filter((pull) => pull.state !== 'merged')
    .flatMap((pull): readonly Effect[] => {
      const tries = boxes.flatMap((environment) => tryOf(view, pull, environment))
      if (tries.length === 0) return []
      const body = tryComment(tries)
      const said = fingerprint(body)
      if (line.told.get(`comment:${pull.number}`) === said) return []
      return [{ kind: 'say-on-pull', pull: pull.number, body, fingerprint: said }]
    })
}

function tryOf({ line }: LineView, pull: PullBeside, environment: Environment): readonly Try[] {
  const deployment = line.deployments.find((one) => {
    return one.environment === environment.name && isBranchClaim(one.claim) && one.claim.pull === pull.number
  })
  if (deployment === undefined || !isBranchClaim(deployment.claim)) return []
  const lease = leaseOf(line, environment, line.now)
  const status = deployment.statuses[0]
  return [
    {
      environment: environment.name,
      sha: deployment.sha,
      by: deployment.claim.by.login,
      state: deploymentState(deployment),
      until: lease?.deployment.id === deployment.id ? lease.until : null,
      held: lease?.claim.pull === pull.number,
      description: status?.description ?? '',
      url: status?.url ?? null,
    },
  ]
}
