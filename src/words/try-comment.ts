import type { DeploymentState } from '../model/deployment.ts'
import { code, inert } from './inert.ts'
import { isPlainLink, link } from './link.ts'
import { utcTime } from './utc-time.ts'

/** An unmerged branch's newest deployment to a rush box. */
export type Try = {
  readonly environment: string
  readonly sha: string
  readonly by: string
  readonly state: DeploymentState
  /** When its lease ends (ms, UTC); null before it begins and after it ended. */
  readonly until: number | null
  /** The box is this pull request's now. */
  readonly held: boolean
  readonly description: string
  readonly url: string | null
}

/** The living comment of a pull request that is tried out before it is merged. */
export function tryComment(tries: readonly Try[]): string {
  const rows = tries.map(
    (one) => `| ${inert(one.environment)} | ${code(one.sha.slice(0, 7))} | ${stateOf(one)} | ${detailOf(one)} |`,
  )
  const table = ['| rush box | commit | state | |', '| --- | --- | --- | --- |', ...rows].join('\n')
  const held = tries.filter((one) => one.held && one.until !== null).map((one) => one.environment)
  const [first] = held
  const end = first === undefined ? '' : `\n\nDone earlier? ${code(`/waybill free ${first}`)} gives it back.`
  return `Tried out before it is merged; no version yet.\n\n${table}${end}`
}

function stateOf({ state, until, held }: Try): string {
  switch (state) {
    case 'pending':
    case 'queued':
      return '🕐 waiting for the deployer'
    case 'in_progress':
      return '🚚 in progress'
    case 'success':
    case 'inactive':
      return held && until !== null ? `✅ there until ${utcTime(until)}` : 'over: the box is for others'
    case 'failure':
    case 'error':
      return '❌ failed'
  }
}

/** The link leads to the place itself where the deployer named it. */
function detailOf({ by, state, held, description, url }: Try): string {
  const label = state === 'success' && held ? 'look at it' : 'details'
  const there = url === null || !isPlainLink(url) ? '' : link(label, url)
  const said = description === '' ? '' : inert(description)
  return [`asked by ${inert(by)}`, said, there].filter((part) => part !== '').join(' · ')
}
