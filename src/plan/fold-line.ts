import type { Deployment } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { effectKey } from '../model/effect-key.ts'
import type { LineSnapshot, Refusal } from '../model/line.ts'
import type { PostCheck } from '../model/post-check.ts'
import type { Wish } from '../model/wish.ts'

/** What a write left behind (reconcile/world's `Written`). */
type Written = { readonly id: number; readonly sha: string | null }

/**
 * The snapshot after an effect was applied, as the next read would show it. This is what lets one read carry a line
 * from a green merge to its deployment, and what keeps lists that lag from making anything twice.
 */
export function foldLine(line: LineSnapshot, effect: Effect, written: Written | null): LineSnapshot {
  switch (effect.kind) {
    case 'create-tag':
      return { ...line, tags: [{ name: effect.tag, sha: written?.sha ?? effect.sha }, ...line.tags] }
    case 'publish-release':
      return { ...line, released: [effect.tag, ...line.released] }
    case 'create-deployment':
      return written === null ? line : withDeployment(line, deploymentOf(line, effect, written))
    case 'deploy-branch':
      return written === null ? line : withDeployment(line, branchDeploymentOf(line, effect, written))
    case 'set-status':
      return { ...line, deployments: line.deployments.map((one) => ended(line, one, { effect, id: written?.id ?? 0 })) }
    case 'settle-wish':
      return { ...line, wishes: line.wishes.map((wish) => (wish.id === effect.wish ? settled(wish, effect) : wish)) }
    case 'say-on-pull':
      return { ...line, told: new Map([...line.told, [`comment:${effect.pull}`, effect.fingerprint]]) }
    case 'decide':
      if (line.decisions.some((one) => one.key === effect.decision.key)) return line
      return { ...line, decisions: [...line.decisions, { ...effect.decision, at: line.now }] }
    case 'void-version':
      return { ...line, voids: new Set([...line.voids, effect.tag]) }
    case 'keep-standing':
      return { ...line, standing: effect.standing }
    case 'keep-config':
      return { ...line, configBefore: effect.config }
    case 'call-people':
      return { ...line, told: new Map([...line.told, [effect.key, effect.body]]) }
    case 'answer-wish':
    case 'answer-run':
    case 'react':
    case 'audit':
    case 'report':
    case 'act-on-issue':
    case 'settle-deployment':
    case 'remember-verified':
    case 'look':
      return line
    case 'post-check':
      return written === null ? line : postedOn(line, effect, written)
  }
}

function withDeployment(line: LineSnapshot, made: Deployment): LineSnapshot {
  return { ...line, deployments: [made, ...line.deployments] }
}

function postedOn(line: LineSnapshot, { name, sha, answer, fingerprint }: PostCheck, { id }: Written): LineSnapshot {
  const completed = answer.status !== 'in_progress'
  const conclusion = answer.status === 'in_progress' ? null : answer.status
  const run = { name, runId: id, completed, conclusion, startedAt: line.now, fingerprint }
  const commits = line.commits.map((commit) => {
    if (commit.sha !== sha || commit.posted === null) return commit
    return { ...commit, posted: [run, ...commit.posted.filter((one) => one.runId !== id)] }
  })
  return { ...line, commits }
}

function settled(wish: Wish, { state, command }: Extract<Effect, { kind: 'settle-wish' }>): Wish {
  return { ...wish, state, command: command ?? wish.command }
}

/** The snapshot after GitHub refused an effect: it is not planned again in this pass. */
export function refuseOnLine(line: LineSnapshot, effect: Effect, refusal: Refusal): LineSnapshot {
  return { ...line, refused: new Map([...line.refused, [effectKey(effect), refusal]]) }
}

function deploymentOf(line: LineSnapshot, effect: Extract<Effect, { kind: 'create-deployment' }>, written: Written) {
  return {
    id: written.id,
    environment: effect.claim.environment,
    tag: effect.claim.tag,
    sha: effect.sha,
    createdAt: line.now,
    creator: null,
    claim: effect.claim,
    statuses: [],
    numbered: true,
  }
}

function branchDeploymentOf(
  line: LineSnapshot,
  { claim }: Extract<Effect, { kind: 'deploy-branch' }>,
  written: Written,
): Deployment {
  const { environment, sha } = claim
  return {
    id: written.id,
    environment,
    tag: null,
    sha,
    createdAt: line.now,
    creator: null,
    claim,
    statuses: [],
    numbered: true,
  }
}

type SetStatus = { readonly effect: Extract<Effect, { kind: 'set-status' }>; readonly id: number }

function ended(line: LineSnapshot, deployment: Deployment, { effect, id }: SetStatus): Deployment {
  if (deployment.id !== effect.deployment) return deployment
  const { state, description } = effect
  const status = { id, state, at: line.now, description, url: null, by: 'waybill' } as const
  return { ...deployment, statuses: [status, ...deployment.statuses] }
}
