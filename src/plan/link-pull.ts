import type { Config } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import type { ReportedPull, ReportedRepository } from '../model/report.ts'

/** The pull request as a link of its issues: what they show of it where the panels can't be told. */
export function linkPull(config: Config, { repository, pull, issueKeys }: Linked): readonly Effect[] {
  if (config.jira.panels.development === 'off') return []
  const title = `${repository.fullName}#${pull.number} ${pull.title}`
  const globalId = `system=${new URL(repository.url).origin}&id=${repository.id}:${pull.number}`
  const summary = `${pull.status.toLowerCase()}, into ${pull.base}`
  return issueKeys.map((issueKey): Effect => {
    const resolved = pull.status !== 'OPEN'
    const action = { kind: 'link' as const, issueKey, globalId, url: pull.url, title, summary, resolved }
    return { kind: 'act-on-issue', key: `link:${repository.id}:${pull.number}:${issueKey}`, action }
  })
}

type Linked = {
  readonly repository: ReportedRepository
  readonly pull: ReportedPull
  readonly issueKeys: readonly string[]
}
