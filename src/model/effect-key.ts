import type { DeploymentClaim } from './deployment.ts'
import type { Effect } from './effect.ts'
import type { PostCheck } from './post-check.ts'

/** The identity of an effect within its repository: the same key means the same thing, done or to be done. */
export function effectKey(effect: Effect): string {
  switch (effect.kind) {
    case 'post-check':
      return checkKey(effect)
    case 'create-tag':
      return `tag:${effect.tag}`
    case 'publish-release':
      return `release:${effect.tag}`
    case 'create-deployment':
      return deploymentKey(effect.claim)
    case 'deploy-branch':
      return `deployment:${effect.claim.environment}:${effect.claim.sha}:${effect.claim.attempt}`
    case 'set-status':
      return `status:${effect.deployment}:${effect.state}:${effect.after}`
    case 'answer-run':
    case 'call-people':
      return effect.key
    case 'say-on-pull':
      return `comment:${effect.pull}`
    case 'answer-wish':
      return `answer:${effect.wish}`
    case 'react':
      return `reaction:${effect.commentId}:${effect.reaction}`
    case 'settle-wish':
      return `wish:${effect.wish}:${effect.state}`
    case 'decide':
      return `decision:${effect.decision.key}`
    case 'audit':
      return `audit:${effect.entry.key}`
    case 'report':
      return `report:${effect.report.key}`
    case 'act-on-issue':
      return `issue:${effect.key}`
    case 'settle-deployment':
    case 'remember-verified':
    case 'void-version':
    case 'keep-standing':
    case 'keep-config':
      return keptKey(effect)
    case 'look':
      return `look:${effect.ref.kind}:${effect.at ?? 'now'}`
  }
}

/** What is only kept in our own memory. */
type Kept = Extract<
  Effect,
  { kind: 'settle-deployment' | 'remember-verified' | 'void-version' | 'keep-standing' | 'keep-config' }
>

function keptKey(effect: Kept): string {
  switch (effect.kind) {
    case 'settle-deployment':
      return `settled:${effect.deployment}`
    case 'remember-verified':
      return `verified:${effect.pull}:${effect.key}`
    case 'void-version':
      return `void:${effect.tag}`
    case 'keep-standing':
    case 'keep-config':
      return `${effect.kind}:${effect.ref.branch}`
  }
}

function checkKey({ sha, name, onto }: PostCheck): string {
  return onto.kind === 'new' ? `check:${sha}:${name}:after:${onto.after}` : `check:${sha}:${name}:run:${onto.runId}`
}

function deploymentKey(claim: DeploymentClaim): string {
  return `deployment:${claim.environment}:${claim.tag}:${claim.attempt}`
}
