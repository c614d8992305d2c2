import { mkdir, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { z } from 'zod'
import { fileSchema } from '../model/config-schema.ts'
import { configurationPage } from './configuration-page.ts'

const schemaFile = 'waybill.schema.json'
const pageFile = 'docs/configuration.md'

/** `waybill schema`: what editors need to complete and check `.github/waybill.yml`, and the page that explains it. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema (draft 2020-12) of .github/waybill.yml')
    .option('--write', `write it to ${schemaFile} here instead, and the reference to ${pageFile}`)
    .action(async ({ write }: { readonly write?: boolean }) => {
      if (write !== true) return void process.stdout.write(schemaText())
      await mkdir('docs', { recursive: true })
      await writeFile(schemaFile, schemaText())
      await writeFile(pageFile, pageText())
    })
}

/** What a person may write: keys that have a default are optional. */
export function schemaText(): string {
  return `${JSON.stringify(schema(), null, 2)}\n`
}

/** `docs/configuration.md`: every key with its type, its default and what it does. */
export function pageText(): string {
  return configurationPage(schema())
}

function schema() {
  const { $schema, ...rest } = z.toJSONSchema(fileSchema, { target: 'draft-2020-12', io: 'input' })
  return {
    $schema,
    $id: 'https://json.schemastore.org/waybill.json',
    title: 'Waybill configuration',
    description:
      'The file .github/waybill.yml of a repository, or the defaults of an organisation in its .github repository.',
    ...rest,
  }
}
