import type { Views } from '../model/views.ts'
import { plain } from './inert.ts'
import { utcTime } from './utc-time.ts'

/** The views for a terminal: plain lines, columns under each other. */
export function statusText({ environments, versions, differences }: Views): string {
  if (environments.length === 0) return 'No environments are configured.'
  const first = environments.map(({ name, live, newest, lease, holds }) => {
    const until = lease?.until === null || lease === null ? '' : ` until ${utcTime(lease.until)}`
    return [
      name,
      live === null ? 'nothing yet' : `${live.version} since ${utcTime(live.since)}`,
      newest === null ? '' : `${newest.version} ${newest.state.replace('_', ' ')}`,
      [...(lease === null ? [] : [`#${lease.pull} has it${until}`]), ...holds.map((hold) => `held: ${hold}`)].join(
        ', ',
      ),
      live?.url ?? '',
    ]
  })
  const second = versions.map(({ version, issues, environments: there }) => {
    return [version, ...there.map(({ state }) => (state === 'none' ? '-' : state.replace('_', ' '))), issues.join(' ')]
  })
  const names = environments.map(({ name }) => name)
  const third = differences.flatMap(({ from, to, changes }) => {
    if (changes === null) return [`what ${to} lacks that ${from} has is further back than was read`]
    const rows = changes.map(({ version, pull, title, issues }) => {
      return `  ${version}  ${pull === null ? '' : `#${pull} `}${plain(title)}${issues.length > 0 ? `  ${issues.join(' ')}` : ''}`
    })
    if (changes.length === 0) return [`${to} has all that ${from} has`]
    return [`${to} lacks ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} that ${from} has:`, ...rows]
  })
  return [
    table([['environment', 'live', 'newest', 'who has it', 'place'], ...first]),
    second.length === 0 ? 'No version yet.' : table([['version', ...names, 'issues'], ...second]),
    third.map(plainLine).join('\n'),
  ].join('\n\n')
}

function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(plain))
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)))
  return cells
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** What begins a line of ours stays; the rest was made plain before. */
function plainLine(line: string): string {
  return line.trimEnd()
}
