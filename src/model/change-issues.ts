import { changeKeys } from './change-keys.ts'
import type { Config } from './config-schema.ts'
import type { Change } from './history.ts'

/** The issue keys of a change on the line: of its pull request, or of a direct push's first line. */
export function keysOf(config: Config, change: Change): readonly string[] {
  if (change.pull !== null) return changeKeys(config, change.pull)
  return changeKeys(config, { branch: '', title: change.commits[0]?.headline ?? '' })
}
