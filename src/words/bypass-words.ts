import type { BypassActor, Diagnosis, Health, RulesetHealth } from '../model/health.ts'
import { plain } from './inert.ts'
import type { Told } from './told.ts'

type Of<K extends Diagnosis['kind']> = Extract<Diagnosis, { readonly kind: K }>

/** Who gets around the rules of a branch, and where to click. */
export function bypassWords(
  { kind, branch, ruleset }: Of<'bypass-unseen' | 'bypass-open'>,
  { repositoryUrl }: Health,
): Told {
  const page = rulesetPage(ruleset, repositoryUrl)
  switch (kind) {
    case 'bypass-unseen':
      return {
        weight: 'note',
        what: `Who may bypass the rules of ${plain(branch)} is told to administrators only.`,
        next: `Run this again with an administrator's GITHUB_TOKEN; or look at ${page}, Bypass list: it should be empty.`,
      }
    case 'bypass-open':
      return {
        weight: 'weak',
        what: `The rules of ${plain(branch)} may be bypassed by ${(ruleset.bypass ?? []).map(actorName).join(', ')}. What they merge that way is marked, and waits for /waybill accept.`,
        next: `${page}, Bypass list: take them off it.`,
      }
  }
}

export function rulesetPage({ id, organisation }: RulesetHealth, repositoryUrl: string): string {
  if (organisation === null) return `${repositoryUrl}/settings/rules/${id}`
  return `${new URL(repositoryUrl).origin}/organizations/${plain(organisation)}/settings/rules/${id}`
}

/** The numbers of GitHub's own roles; others are the organisation's own. */
const roles: ReadonlyMap<number, string> = new Map([
  [2, 'everybody who maintains it'],
  [4, 'everybody who may write'],
  [5, 'its administrators'],
])

export function actorName({ type, id, onlyByPull }: BypassActor): string {
  return `${nameOf(type, id)}${onlyByPull ? ' (by a pull request only)' : ''}`
}

function nameOf(type: string, id: number | null): string {
  switch (type) {
    case 'OrganizationAdmin':
      return "the organisation's owners"
    case 'EnterpriseOwner':
      return "the enterprise's owners"
    case 'DeployKey':
      return 'every deploy key'
    case 'RepositoryRole':
      return roles.get(id ?? 0) ?? `everybody with the role ${id}`
    case 'Integration':
      return `the App ${id}`
    case 'Team':
      return `the team ${id}`
    default:
      return `${plain(type)} ${id ?? ''}`.trim()
  }
}
