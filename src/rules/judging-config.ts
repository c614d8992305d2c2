import { type Config, configSchema } from '../model/config-schema.ts'
import type { PullFacts } from '../model/pull.ts'

/**
 * By what a pull request is judged: its base's configuration. Where that can't be used and never could, a pull request
 * that repairs it is judged by the defaults and the projects it names; null for every other.
 */
export function judgingConfig({ config, proposal }: Pick<PullFacts, 'config' | 'proposal'>): Config | null {
  if (config.kind === 'valid') return config.config
  if (config.kind !== 'broken' || proposal?.config.kind !== 'valid') return null
  const { projects } = proposal.config.config.issues
  const mode = 'enforced' in config ? 'report' : 'enforce'
  return configSchema.parse({ version: 1, mode, issues: { projects } })
}
