import type { Config } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import type { UnfinishedBuild } from '../model/report.ts'
import { report } from './report.ts'
import { ended } from './report-builds.ts'

/** Builds that nobody waits for any more, since their commit was replaced: how they end is not looked for. */
export function endBuilds(config: Config, builds: readonly UnfinishedBuild[]): readonly Effect[] {
  return builds.map(({ key, issueKeys, repository, build }) => {
    const body = { kind: 'build' as const, repository, build: { ...build, state: 'unknown' as const } }
    return report(config, { key, issueKeys, sequence: ended, body })
  })
}
