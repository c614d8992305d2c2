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
  readonly doors: Doors
  /** `.jira/config.yml` is on the default branch: the official app is configured there. */
  readonly jiraAppFile: boolean
  readonly jira: JiraHealth
}

/** What stands between somebody who may write and production, Waybill aside. */
export type Doors = {
  /** Production environments that any branch may be deployed to. */
  readonly open: readonly string[]
  /** No ruleset keeps tags from being moved or deleted. */
  readonly tagsUnbound: boolean
}

export type LineHealth = {
  readonly branch: string
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
  | { readonly kind: 'config-unusable'; readonly config: 'broken' | 'absent' | 'unknown' | 'not-as-written' }
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
  | { readonly kind: 'tags-unbound' }
  | JiraDiagnosis
