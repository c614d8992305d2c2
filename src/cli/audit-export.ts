import { Command, Option } from 'commander'
import type { AuditRow } from '../model/audit.ts'
import { isIn } from '../model/period.ts'
import { csvHeader, csvRow } from '../words/audit-csv.ts'
import { withAudit } from './open-audit.ts'
import { parsePeriod } from './parse-period.ts'
import { refuse } from './refuse.ts'

type Options = { readonly from?: string; readonly to?: string; readonly format: 'csv' | 'json' }

/** `waybill audit export`: rows of all repositories, oldest first. JSON is one object a line. */
export function auditExportCommand(): Command {
  return new Command('export')
    .description('print the rows of a period')
    .option('--from <day>', 'first day (2026-01-31) or moment (ISO 8601), in UTC')
    .option('--to <day>', 'last day, or the moment before which it ends')
    .addOption(
      new Option('--format <format>', 'csv, or json with one object a line').choices(['csv', 'json']).default('json'),
    )
    .action(async (options: Options, command: Command) => {
      const period = parsePeriod(options)
      if (period === null)
        return command.error(
          '--from and --to are days such as 2026-01-31, or moments of ISO 8601, the first before the last',
        )
      const print = options.format === 'csv' ? asCsv : asJson
      if (options.format === 'csv') process.stdout.write(csvHeader())
      await withAudit(async ({ audit }) => {
        for await (const row of audit.rows({ repositoryId: null })) {
          if (isIn(period, row.at)) process.stdout.write(print(row))
        }
      }).catch(refuse(command))
    })
}

function asCsv(row: AuditRow): string {
  return csvRow(row, new Date(row.at).toISOString())
}

function asJson(row: AuditRow): string {
  return `${JSON.stringify({ ...row, at: new Date(row.at).toISOString(), atMs: row.at })}\n`
}
