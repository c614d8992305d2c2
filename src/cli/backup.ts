import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { appEnvironment } from '../env.ts'
import { backUp } from '../store/backup.ts'
import { refuse } from './refuse.ts'

/** `waybill backup`: the embedded database as one file. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('write the embedded database into one file; Waybill must be stopped')
    .argument('<file>', 'where to write it, such as waybill.tar.gz')
    .action(async (file: string, _options: object, command: Command) => {
      const directory = embeddedDirectory(command)
      await backUp(directory, file).catch(refuse(command))
      process.stdout.write(`${file} holds the database of ${directory}; to go back, see docs/operations.md\n`)
    })
}

function embeddedDirectory(command: Command): string {
  try {
    const { database } = appEnvironment(process.env)
    if ('url' in database) return command.error('DATABASE_URL names a PostgreSQL server: back it up with pg_dump')
    if (existsSync(join(database.directory, 'postgres'))) return database.directory
    return command.error(`${database.directory} holds no database`)
  } catch (error) {
    return refuse(command)(error)
  }
}
