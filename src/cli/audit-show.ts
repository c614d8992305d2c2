import { Command } from 'commander'
import type { AuditRow } from '../model/audit.ts'
import { auditDetails } from '../words/audit-line.ts'
import { withAudit } from './open-audit.ts'
import { refuse } from './refuse.ts'

/** `waybill audit show v1.4.0`: everything that was decided about a version, and about the commits it carries. */
export function auditShowCommand(): Command {
  return new Command('show')
    .description('print what was decided about one version, with the evidence')
    .argument('<version>', 'the tag, such as v1.4.0, or a commit')
    .option('--json', 'print one JSON array')
    .action(async (version: string, { json }: { readonly json?: boolean }, command: Command) => {
      const rows = await read(version).catch(refuse(command))
      if (json === true) process.stdout.write(`${JSON.stringify(rows)}\n`)
      else if (rows.length === 0) return command.error(`the log has nothing about ${version}`)
      else process.stdout.write(`${rows.map(auditDetails).join('\n')}\n`)
    })
}

function read(version: string): Promise<readonly AuditRow[]> {
  return withAudit(async ({ audit }) => {
    const all: AuditRow[] = []
    for await (const row of audit.rows({ repositoryId: null })) all.push(row)
    const own = all.filter((row) => row.version === version || (version.length >= 7 && row.sha?.startsWith(version)))
    const commits = new Set(own.flatMap((row) => (row.sha === null ? [] : [`${row.repositoryId} ${row.sha}`])))
    // A release names the pull requests it carries: their gates are part of its papers.
    const carried = own
      .filter((row) => row.action === 'release')
      .flatMap((row) => row.evidence.map((one) => [row.repositoryId, one] as const))
    return all.filter((row) => {
      if (own.includes(row) || commits.has(`${row.repositoryId} ${row.sha}`)) return true
      const pull = /#(\d+)$/.exec(row.subject)?.[1]
      return carried.some(([id, url]) => id === row.repositoryId && pull !== undefined && url.endsWith(`/pull/${pull}`))
    })
  })
}
