import type { ChangeView, DifferenceView, EnvironmentView, VersionView, Views } from '../model/views.ts'
import { code, inert } from './inert.ts'
import { link } from './link.ts'
import { utcTime } from './utc-time.ts'

/** Versions by environment, environments by version, and what neighbours lack of each other, in GitHub Markdown. */
export function viewWords({ environments, versions, differences }: Views): string {
  if (environments.length === 0) return 'No environments are configured: a release is the end of this road.'
  const blocks = [environmentTable(environments), versionTable(versions), ...differences.map(differenceWords)]
  return blocks.filter((block) => block !== '').join('\n\n')
}

function environmentTable(environments: readonly EnvironmentView[]): string {
  const rows = environments.map(({ name, live, newest, lease, holds }) => {
    const runs = live === null ? 'nothing yet' : `${code(live.version)} since ${utcTime(live.since)}`
    const there = live?.url !== null && live?.url !== undefined ? ` · ${link('look', live.url)}` : ''
    const until = lease?.until === null || lease === null ? '' : ` until ${utcTime(lease.until)}`
    const leased = lease === null ? '' : `#${lease.pull} has it${until}`
    const next = newest === null ? '' : `${code(newest.version)} ${newest.state.replace('_', ' ')}`
    return `| ${inert(name)} | ${runs}${there} | ${[next, leased, ...holds.map((hold) => `held: ${inert(hold)}`)].filter((part) => part !== '').join(' · ')} |`
  })
  return ['| environment | live | |', '| --- | --- | --- |', ...rows].join('\n')
}

function versionTable(versions: readonly VersionView[]): string {
  const [first] = versions
  if (first === undefined) return ''
  const names = first.environments.map(({ name }) => inert(name))
  const rows = versions.map(({ version, issues, environments }) => {
    const states = environments.map(({ state }) => (state === 'none' ? '—' : state.replace('_', ' ')))
    return `| ${code(version)} | ${issues.map(inert).join(', ')} | ${states.join(' | ')} |`
  })
  const rule = `| --- | --- |${' --- |'.repeat(names.length)}`
  return [`| version | issues | ${names.join(' | ')} |`, rule, ...rows].join('\n')
}

function differenceWords({ from, to, changes }: DifferenceView): string {
  if (changes === null) return `What ${code(to)} lacks of ${code(from)} is further back than was read.`
  if (changes.length === 0) return `${code(to)} has all that ${code(from)} has.`
  return [
    `${code(to)} lacks ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} that ${code(from)} has:`,
    '',
    ...changes.map(changeWords),
  ].join('\n')
}

function changeWords({ version, pull, title, issues, sha }: ChangeView): string {
  const what = pull === null ? code(sha.slice(0, 7)) : `#${pull}`
  // Most titles begin with their issue.
  const unnamed = issues.filter((key) => !title.includes(key))
  const keys = unnamed.length === 0 ? '' : ` · ${unnamed.map(inert).join(', ')}`
  return `- ${code(version)} ${what} ${inert(title)}${keys}`
}
