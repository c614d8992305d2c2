import type { Config } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import type { GoneEntity, Report, ReportedRepository } from '../model/report.ts'

/** Tells Jira's panels, or only remembers it where the configuration switches the panel off. */
export function report(config: Config, told: Omit<Report, 'sending'>): Effect {
  return { kind: 'report', report: { ...told, sending: isOff(config, told.body.kind) ? 'muted' : 'normal' } }
}

/** Takes back what was told under a key, if anything was. */
export function takeBack(key: string, repository: ReportedRepository, of: GoneEntity): Effect {
  const body = { kind: 'gone' as const, repository, of }
  return { kind: 'report', report: { key, issueKeys: [], sequence: 0, body, sending: 'normal' } }
}

function isOff({ jira: { panels } }: Config, kind: Report['body']['kind']): boolean {
  switch (kind) {
    case 'branch':
    case 'pull':
      return panels.development === 'off'
    case 'build':
      return panels.builds === 'off'
    case 'deployment':
      return panels.deployments === 'off'
    case 'gone':
      return false
  }
}
