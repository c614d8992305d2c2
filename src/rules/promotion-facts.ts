import type { Account } from '../model/account.ts'
import type { Config, Environment } from '../model/config-schema.ts'
import type { History, Version } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { MovedTag } from '../model/moved-tags.ts'

/** What the promotion rules look at: one version that somebody, or policy, wants in one environment. */
export type PromotionFacts = {
  readonly config: Config
  readonly line: Pick<
    LineSnapshot,
    'ref' | 'commits' | 'deployments' | 'members' | 'writers' | 'pushes' | 'comparisons' | 'decisions' | 'now'
  > & { /** Released tags that do not stand where they were made. */ readonly moved: readonly MovedTag[] }
  readonly history: History
  readonly environment: Environment
  readonly version: Version
  /** Null: policy (`deploy: auto`) asks. */
  readonly by: Account | null
  /** Why soak and freeze can't be waited for; null for an ordinary promotion. */
  readonly emergency: string | null
}
