import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { z } from 'zod'
import { configSchema } from '../model/config-schema.ts'

const file = 'waybill.schema.json'

/** `waybill schema`: what editors need to complete and check `.github/waybill.yml`. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema (draft 2020-12) of .github/waybill.yml')
    .option('--write', `write it to ${file} here instead`)
    .action(async ({ write }: { readonly write?: boolean }) => {
      if (write === true) await writeFile(file, schemaText())
      else process.stdout.write(schemaText())
    })
}

/** What a person may write: keys that have a default are optional. */
export function schemaText(): string {
  const schema = z.toJSONSchema(configSchema, { target: 'draft-2020-12', io: 'input' })
  return `${JSON.stringify({ title: 'Waybill', description: '.github/waybill.yml', ...schema }, null, 2)}\n`
}
