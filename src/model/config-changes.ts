import { type ConfigChange, changeOf } from './config-change.ts'
import { gatedBranches } from './config-read.ts'
import type { Config } from './config-schema.ts'
import { environmentChanges } from './environment-changes.ts'
import {
  admits,
  anyOf,
  checksOrder,
  demands,
  free,
  longerIsStricter,
  moreIsStricter,
  type Order,
  peopleOrder,
  ranked,
} from './strictness.ts'

/**
 * What differs between two configurations, key by key, and what that does to the policy. `defaultBranch` is what an
 * absent `merge.into` stands for.
 */
export function configChanges(from: Config, to: Config, defaultBranch: string): readonly ConfigChange[] {
  const into = compared<readonly string[]>('merge.into', (config) => gatedBranches(config, defaultBranch), demands)
  return [
    ...[...aspects, into].flatMap((aspect) => aspect.compare(from, to)),
    ...releaseChanges(from, to),
    ...environmentChanges(from.environments, to.environments),
  ]
}

type Aspect = { readonly key: string; readonly compare: (from: Config, to: Config) => readonly ConfigChange[] }

function compared<T>(key: string, of: (config: Config) => T, order: Order<T>): Aspect {
  return { key, compare: (from, to) => changeOf(key, { from: of(from), to: of(to) }, order) }
}

const passes = ranked<'pass' | 'block'>('pass', 'block')

const aspects: readonly Aspect[] = [
  compared('mode', (config) => config.mode, ranked('report', 'enforce')),
  compared('policy-owners', (config) => config['policy-owners'], anyOf),
  compared('issues.projects', (config) => config.issues.projects, admits),
  compared('issues.verify', (config) => config.issues.verify, ranked(false, true)),
  compared('issues.statuses', (config) => config.issues.statuses, anyOf),
  compared('branches.pattern', (config) => config.branches.pattern, admits),
  compared('branches.types', (config) => config.branches.types, admits),
  compared('branches.exempt', (config) => config.branches.exempt, admits),
  compared('merge.approvals', (config) => config.merge.approvals, moreIsStricter),
  compared('merge.approvers', (config) => config.merge.approvers, peopleOrder),
  compared('merge.checks', (config) => config.merge.checks, checksOrder),
  compared('merge.ignore-checks', (config) => config.merge['ignore-checks'], admits),
  compared('merge.settle', (config) => config.merge.settle, longerIsStricter),
  compared('merge.report-within', (config) => config.merge['report-within'], free),
  compared('merge.neutral', (config) => config.merge.neutral, passes),
  compared('merge.skipped', (config) => config.merge.skipped, passes),
  compared('merge.red-line', (config) => config.merge['red-line'], ranked('warn', 'block')),
  compared('merge.one-issue', (config) => config.merge['one-issue'], ranked(false, true)),
  compared('merge.unknown-authors', (config) => config.merge['unknown-authors'], ranked('ignore', 'block')),
  compared('merge.overriders', (config) => config.merge.overriders, peopleOrder),
  compared('jira.panels', (config) => config.jira.panels, free),
  compared('jira.transitions', (config) => config.jira.transitions, free),
  compared('jira.fix-version', (config) => config.jira['fix-version'], free),
  compared('jira.comment', (config) => config.jira.comment, free),
]

/** A release section that comes or goes changes what is done, and lets no more through the gate. */
function releaseChanges({ release: from }: Config, { release: to }: Config): readonly ConfigChange[] {
  if (from === undefined || to === undefined) {
    return changeOf('release', { from: from !== undefined, to: to !== undefined }, free).map((change) => {
      return { ...change, from: from === undefined ? null : '{…}', to: to === undefined ? null : '{…}' }
    })
  }
  return [
    ...changeOf('release.tag', { from: from.tag, to: to.tag }, free),
    ...changeOf('release.initial-version', { from: from['initial-version'], to: to['initial-version'] }, free),
    ...changeOf('release.bump', { from: from.bump, to: to.bump }, free),
    ...changeOf('release.checks', { from: from.checks, to: to.checks }, checksOrder),
  ]
}

/** Every key that is compared, lists as a whole. */
export const comparedKeys: readonly string[] = [
  ...aspects.map(({ key }) => key),
  'merge.into',
  'release.tag',
  'release.initial-version',
  'release.bump',
  'release.checks',
  'environments',
]
