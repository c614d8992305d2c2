import { type Check, type Checks, checkNames, newestChecks, type RequiredCheck } from '../model/check.ts'
import type { ChecksWanted } from '../model/config-schema.ts'
import { globMatches } from '../model/glob.ts'
import type { ChecksPolicy } from './checks-policy.ts'

export type CountedChecks = {
  /** The newest of every identity that may count. */
  readonly all: readonly Check[]
  /** Those that decide, and those that are only shown. */
  readonly decisive: readonly Check[]
  readonly beside: readonly Check[]
  /** Wanted by name, and not among those that decide. */
  readonly missing: readonly string[]
  /** Everything that reports decides: then one at least must, and late ones are waited for. */
  readonly open: boolean
}

/** Which checks of a commit decide. `required`: what GitHub requires, given that it could be read. */
export function countChecks(checks: Checks, policy: ChecksPolicy, required: readonly RequiredCheck[]): CountedChecks {
  const { wanted } = policy
  const asked = required.filter((one) => isForeign(one) && !isIgnored(one, policy))
  const named = Array.isArray(wanted) ? wanted.map(asWanted) : asked.map(asRequired)
  const open = wanted === 'all' || (wanted === 'required' && named.length === 0)
  const isNamed = (check: Check) => named.some((one) => one.fits(check))
  const all = newestChecks(checks.checks.filter((check) => isOfCommit(check) || isNamed(check)))
  const decisive: Check[] = []
  const beside: Check[] = []
  for (const check of all) {
    const decides = (open || isNamed(check)) && !isIgnored(check, policy)
    if (decides) decisive.push(check)
    else beside.push(check)
  }
  return {
    all,
    decisive,
    beside,
    missing: named.filter((one) => !decisive.some(one.fits)).map((one) => one.shown),
    open,
  }
}

const ofSomethingElse: ReadonlySet<string> = new Set([
  ...['deployment', 'deployment_status', 'schedule', 'release', 'workflow_dispatch'],
  // GitHub runs these on the newest commit of the default branch, whatever they are about
  // (https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows).
  ...['branch_protection_rule', 'check_run', 'check_suite', 'delete', 'discussion', 'discussion_comment', 'fork'],
  ...['gollum', 'image_version', 'issue_comment', 'issues', 'label', 'milestone', 'page_build', 'public'],
  ...['registry_package', 'repository_dispatch', 'status', 'watch', 'workflow_run'],
])

/** A deployment, a nightly scan, a run by hand or one for an issue's comment says nothing about the commit. */
export function isOfCommit({ workflowEvent }: Pick<Check, 'workflowEvent'>): boolean {
  return workflowEvent === null || !ofSomethingElse.has(workflowEvent)
}

export function isIgnored(check: Pick<Check, 'name'>, policy: Pick<ChecksPolicy, 'ignore'>): boolean {
  return policy.ignore.some((one) => isCalled(check, one))
}

type Named = { readonly shown: string; readonly fits: (check: Check) => boolean }
type WantedCheck = Exclude<ChecksWanted, 'all' | 'required'>[number]

/** An App that is named must have made the run itself: a status can be set by anybody who may push, under any name. */
function asWanted(one: WantedCheck): Named {
  if (typeof one === 'string') return { shown: one, fits: (check) => isCalled(check, one) }
  return {
    shown: `${one.name} (${one.app})`,
    fits: (check) => check.kind === 'run' && check.app.slug === one.app && isCalled(check, one.name),
  }
}

/** GitHub tells its own App's number where it takes only that App's word, and not whose a status is beyond its bot. */
function asRequired({ name, appId }: RequiredCheck): Named {
  const isFrom = (check: Check) => (check.kind === 'run' ? check.app.id === appId : check.by === 'app')
  return { shown: name, fits: (check) => check.name === name && (appId === null || isFrom(check)) }
}

/** Waybill's own check is required as a rule: it does not wait for itself. */
function isForeign({ name }: RequiredCheck): boolean {
  return !checkNames.some((own) => own === name)
}

function isCalled(check: Pick<Check, 'name'>, name: string): boolean {
  return name === check.name || globMatches(name, check.name, null)
}
