import { Command } from 'commander'
import type { AuditRow } from '../model/audit.ts'
import { auditDetails } from '../words/audit-line.ts'
import { withAudit } from './open-audit.ts'
import { parseRepository } from './parse-repository.ts'
import { refuse } from './refuse.ts'

/** `waybill audit overrides`: every gate that somebody let pass, and why. */
export function auditOverridesCommand(): Command {
  return new Command('overrides')
    .description('print every override of a gate, with person, reason and what it lacked')
    .argument('[repository]', 'as OWNER/REPO; all of them without')
    .option('--json', 'print one JSON array')
    .action(async (name: string | undefined, { json }: { readonly json?: boolean }, command: Command) => {
      if (name !== undefined && parseRepository(name) === null) {
        return command.error(`not a repository: ${name} (write OWNER/REPO)`)
      }
      const rows = await read(name ?? null).catch(refuse(command))
      if (json === true) process.stdout.write(`${JSON.stringify(rows)}\n`)
      else
        process.stdout.write(rows.length === 0 ? 'Nothing was overridden.\n' : `${rows.map(auditDetails).join('\n')}\n`)
    })
}

function read(name: string | null): Promise<readonly AuditRow[]> {
  return withAudit(async ({ audit }) => {
    const rows: AuditRow[] = []
    for await (const row of audit.rows({ repositoryId: null })) {
      const isOf = name === null || row.repository.toLowerCase() === name.toLowerCase()
      if (row.action === 'override' && isOf) rows.push(row)
    }
    return rows
  })
}
