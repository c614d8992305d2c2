import type { BranchRules, RequiredCheck } from '../model/check.ts'
import { found, type Lookup } from '../model/lookup.ts'

/** The checks among what GitHub requires on a branch. */
export function requiredChecks(rules: Lookup<BranchRules>): Lookup<readonly RequiredCheck[]> {
  return rules.kind === 'found' ? found(rules.value.checks) : rules
}
