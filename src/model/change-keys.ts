import type { Config } from './config-schema.ts'
import { issueKeysIn } from './issue-key.ts'

/** The issues of a change: those its branch names, else those its title names. */
export function changeKeys(
  config: Config,
  change: { readonly branch: string; readonly title: string },
): readonly string[] {
  const keys = issueKeysIn(change.branch, config.issues.projects)
  return keys.length > 0 ? keys : issueKeysIn(change.title, config.issues.projects)
}
