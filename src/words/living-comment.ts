import type { DeploymentState } from '../model/deployment.ts'
import { code, inert } from './inert.ts'
import { isPlainLink, link } from './link.ts'

/** Where the version that carries a pull request is now. */
export type Whereabouts = {
  readonly tag: string
  readonly sha: string
  readonly releaseUrl: string
  readonly stages: readonly StageShown[]
}

export type StageShown = {
  readonly environment: string
  readonly state: DeploymentState | 'next' | 'later'
  readonly description: string
  readonly url: string | null
  /** Who asked for it; null for policy, and while nobody did. */
  readonly by: string | null
  /** Who may promote to it, where a person must. */
  readonly promoters: string | null
}

/** Waybill's one living comment on a pull request, in GitHub Markdown. It mentions nobody: edits notify nobody anyway. */
export function livingComment({ tag, sha, releaseUrl, stages }: Whereabouts): string {
  const head = `Released as ${link(inert(tag), releaseUrl)} on ${code(sha.slice(0, 7))}.`
  if (stages.length === 0) return `${head}\n\nNo environments are configured: the release is the end of this road.`
  const rows = stages.map((stage) => `| ${inert(stage.environment)} | ${stateOf(stage)} | ${detailOf(stage)} |`)
  const table = ['| environment | state | |', '| --- | --- | --- |', ...rows].join('\n')
  const next = stages.find((stage) => stage.state === 'next' && stage.promoters !== null)
  return next === undefined ? `${head}\n\n${table}` : `${head}\n\n${table}\n\n${invitation(next)}`
}

function invitation(stage: StageShown): string {
  return `**Next:** somebody of ${code(stage.promoters ?? '')} who did not write this change comments ${code(`/waybill promote ${stage.environment}`)}.`
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
  }
}

function detailOf(stage: StageShown): string {
  const by = stage.by === null ? '' : `promoted by ${inert(stage.by)}`
  const said = stage.description === '' ? '' : inert(stage.description)
  const details = stage.url === null || !isPlainLink(stage.url) ? '' : link('details', stage.url)
  return [by, said, details].filter((part) => part !== '').join(' · ')
}
