import type { RequiredCheck } from './check.ts'
import type { JiraDiagnosis } from './jira-diagnosis.ts'
import type { JiraHealth } from './jira-health.ts'
import type { Lookup } from './lookup.ts'

/** What a repository is like around Waybill, as far as it can be read. */
export type Health = {
  readonly repositoryUrl: string
  readonly private: boolean
  readonly app: { readonly id: number; readonly slug: string }
  /** As the installation was given them: `contents: write`. */
  readonly permissions: ReadonlyMap<string, string>
  readonly events: readonly string[]
  /** False: the plan has no required checks for this repository. */
  readonly canRequire: boolean
  readonly config: 'valid' | 'not-as-written' | 'broken' | 'absent' | 'unknown'
  readonly lines: readonly LineHealth[]
  /** Branches that `merge.into` names and that are not there. */
  readonly missingLines: readonly string[]
  /** Users and teams that the configuration names and GitHub does not know. */
  readonly unknownPeople: readonly string[]
  readonly doors: Doors
  /** `.jira/config.yml` is on the default branch: the official app is configured there. */
  readonly jiraAppFile: boolean
  readonly jira: JiraHealth
}

/** What stands between somebody who may write and production, Waybill aside. */
export type Doors = {
  /** Production environments that any branch may be deployed to. */
  readonly open: readonly string[]
  /** How the tags of versions are written; null where nothing is released. */
  readonly tagPattern: string | null
  /** The active rulesets for tags; null where they, or one of them, can't be read. */
  readonly tagRulesets: readonly TagRuleset[] | null
}

export type TagRuleset = RulesetHealth & {
  /** As GitHub writes them: globs of whole refs, and `~ALL`. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** In GitHub's words: `creation`, `update`, `deletion`, … */
  readonly rules: readonly string[]
  /** Whether this App gets past it, by GitHub's word; null where it says nothing. */
  readonly ownBypass: boolean | null
}

/** What keeps the tag of a version where it is, in GitHub's words. */
export const tagRules = ['creation', 'update', 'deletion'] as const

export type LineHealth = {
  readonly branch: string
  /** The branch's own file, which judges what goes into it; null for the default branch. */
  readonly config: Health['config'] | null
  readonly required: Lookup<readonly RequiredCheck[]>
  readonly hasQueue: boolean
  /** Administrators merge without the required checks (classic protection). */
  readonly adminsBypass: boolean
  /** Rulesets that hold the branch. */
  readonly rulesets: readonly RulesetHealth[]
  /** How many of the newest merges no check ever reported on, of how many that were looked at. */
  readonly unproven: { readonly merges: number; readonly silent: number }
}

export type RulesetHealth = {
  readonly id: number
  /** The organisation whose ruleset it is, by login; null for the repository's own. */
  readonly organisation: string | null
  /** Null: GitHub tells it to administrators only, and none asked. */
  readonly bypass: readonly BypassActor[] | null
}

/** In GitHub's words: `OrganizationAdmin`, `RepositoryRole`, `Team`, `Integration`, `DeployKey`, `User`, … */
export type BypassActor = {
  readonly type: string
  readonly id: number | null
  /** They may merge a pull request past the rules, and not push. */
  readonly onlyByPull: boolean
}

/** One thing that is not as it should be, the gravest kinds first. */
export type Diagnosis =
  | { readonly kind: 'plan-cannot-require' }
  /** `branch`: null for the default branch. `no-branch`: `merge.into` names one that is not there. */
  | {
      readonly kind: 'config-unusable'
      readonly branch: string | null
      readonly config: Exclude<Health['config'], 'valid'> | 'no-branch'
    }
  | { readonly kind: 'people-unknown'; readonly names: readonly string[] }
  | {
      readonly kind: 'permission-missing'
      readonly permission: string
      readonly wanted: string
      readonly has: string | null
    }
  | { readonly kind: 'event-missing'; readonly event: string }
  | { readonly kind: 'gate-not-required'; readonly branch: string }
  | { readonly kind: 'gate-not-pinned'; readonly branch: string; readonly appId: number | null }
  | { readonly kind: 'rules-unreadable'; readonly branch: string; readonly cause: string }
  | { readonly kind: 'queue-not-heard'; readonly branch: string }
  | { readonly kind: 'admins-bypass'; readonly branch: string }
  | { readonly kind: 'bypass-unseen' | 'bypass-open'; readonly branch: string; readonly ruleset: RulesetHealth }
  | { readonly kind: 'line-unproven'; readonly branch: string; readonly silent: number; readonly merges: number }
  | { readonly kind: 'door-open'; readonly environment: string }
  /** What of the three nothing restricts for the tags of versions; null where it can't be read. */
  | {
      readonly kind: 'tags-unbound'
      readonly tag: string
      readonly missing: readonly (typeof tagRules)[number][] | null
    }
  /** Who may bypass it beside this App; null: GitHub tells it to administrators only, and none asked. */
  | { readonly kind: 'tag-bypass'; readonly ruleset: RulesetHealth; readonly others: readonly BypassActor[] | null }
  /** This App may not make what it has to. */
  | { readonly kind: 'tags-closed'; readonly ruleset: RulesetHealth }
  | JiraDiagnosis
