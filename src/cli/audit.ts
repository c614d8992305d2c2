import { Command } from 'commander'
import { auditExportCommand } from './audit-export.ts'
import { auditOverridesCommand } from './audit-overrides.ts'
import { auditReportCommand } from './audit-report.ts'
import { auditShowCommand } from './audit-show.ts'
import { auditVerifyCommand } from './audit-verify.ts'

/** `waybill audit`: the log of decisions, for people who check them. Docs/audit.md tells how. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('verify, export and report from the log of decisions')
    .addCommand(auditVerifyCommand())
    .addCommand(auditExportCommand())
    .addCommand(auditShowCommand())
    .addCommand(auditOverridesCommand())
    .addCommand(auditReportCommand())
}
