import type { DeploymentClaim, DeploymentState } from '../model/deployment.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { code, inert } from './inert.ts'
import { isPlainLink, link } from './link.ts'
import { byWhom } from './people-sentence.ts'
import { explainPromotion } from './promotion-reasons.ts'
import { somebodyOf } from './somebody-of.ts'

/** Where the version that carries a pull request is now. */
export type Whereabouts = {
  readonly tag: string
  readonly sha: string
  readonly releaseUrl: string
  readonly stages: readonly StageShown[]
  /** Why it does not go to its next environment. */
  readonly inTheWay: readonly { readonly environment: string; readonly reason: PromotionReason }[]
}

export type StageShown = {
  readonly environment: string
  /** `passed`: a newer version, which `description` names, went there in its place; `rejected`: it was taken away. */
  readonly state: DeploymentState | 'next' | 'later' | 'passed' | 'rejected'
  readonly description: string
  readonly url: string | null
  /** Who asked for it; null for policy, and while nobody did. */
  readonly by: string | null
  readonly as: DeploymentClaim['as']
  /** Who may promote to it, where a person must. */
  readonly promoters: string | null
}

/** Waybill's one living comment on a pull request, in GitHub Markdown. It mentions nobody: edits notify nobody anyway. */
export function livingComment({ tag, sha, releaseUrl, stages, inTheWay }: Whereabouts): string {
  const head = `Released as ${link(inert(tag), releaseUrl)} on ${code(sha.slice(0, 7))}.`
  if (stages.length === 0) return `${head}\n\nNo environments are configured: the release is the end of this road.`
  const ways = new Set(inTheWay.map(({ environment }) => environment))
  const rows = stages.map((stage) => {
    const state = ways.has(stage.environment) ? 'not yet' : stateOf(stage)
    return `| ${inert(stage.environment)} | ${state} | ${detailOf(stage)} |`
  })
  const table = ['| environment | state | |', '| --- | --- | --- |', ...rows].join('\n')
  const held = inTheWay.map(({ environment, reason }) => wayTold(environment, reason))
  const next = stages.find((stage) => stage.state === 'next' && stage.promoters !== null)
  const invited = next === undefined || next.promoters === 'nobody' || held.length > 0 ? [] : [invitation(next)]
  return [head, table, ...held, ...invited].join('\n\n')
}

function wayTold(environment: string, reason: PromotionReason): string {
  const { cause, who, next } = explainPromotion(reason)
  return `**Not to ${code(environment)} yet:** ${cause}\n**Who can resolve it:** ${who}\n**Next:** ${next}`
}

function invitation(stage: StageShown): string {
  return `**Next:** ${somebodyOf(stage.promoters ?? '')} who did not write this change comments ${code(`/waybill promote ${stage.environment}`)}.`
}

function stateOf(stage: StageShown): string {
  switch (stage.state) {
    case 'pending':
    case 'queued':
      return '🕐 waiting for the deployer'
    case 'in_progress':
      return '🚚 in progress'
    case 'success':
    case 'inactive':
      return '✅ success'
    case 'failure':
      return '❌ failed'
    case 'error':
      return '❌ error'
    case 'next':
      return stage.promoters === null ? 'next' : 'ready to be promoted'
    case 'later':
      return 'later'
    case 'passed':
      return 'passed by'
    case 'rejected':
      return '↩️ rejected'
  }
}

function detailOf(stage: StageShown): string {
  const by = stage.by === null ? '' : byWhom(stage.as, inert(stage.by))
  const said =
    stage.state === 'passed' ? `${code(stage.description)} went there with all it carries` : inert(stage.description)
  const details = stage.url === null || !isPlainLink(stage.url) ? '' : link('details', stage.url)
  return [by, said, details].filter((part) => part !== '').join(' · ')
}
