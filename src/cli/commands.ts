import { Command } from 'commander'
import { loadEnvFile } from '../env-file.ts'
import { auditCommand } from './audit.ts'
import { backfillCommand } from './backfill.ts'
import { backupCommand } from './backup.ts'
import { doctorCommand } from './doctor.ts'
import { explainCommand } from './explain.ts'
import { refuseInOneLine } from './refuse-in-one-line.ts'
import { schemaCommand } from './schema.ts'
import { startCommand } from './start.ts'
import { statusCommand } from './status.ts'

loadEnvFile()
const waybill = new Command('waybill')
  .description('Every change travels alone, with its papers.')
  .addCommand(startCommand())
  .addCommand(explainCommand())
  .addCommand(doctorCommand())
  .addCommand(statusCommand())
  .addCommand(auditCommand())
  .addCommand(backfillCommand())
  .addCommand(backupCommand())
  .addCommand(schemaCommand())
await refuseInOneLine(waybill).parseAsync()
