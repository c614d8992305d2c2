import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { Shown } from '../../src/cli/configuration-page.ts'
import { pageText, schemaCommand, schemaText } from '../../src/cli/schema.ts'
import { runCommand } from './run-command.ts'

const root = resolve(import.meta.dirname, '../..')
const program = resolve(import.meta.dirname, '../../src/cli/waybill.ts')

describe('waybill schema', () => {
  it('prints the schema, or writes it', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'waybill-schema-'))
    const run = (...args: string[]) => promisify(execFile)(process.execPath, [program, 'schema', ...args], { cwd })
    expect(await runCommand(schemaCommand(), [], {})).toBe(schemaText())
    expect((await run('--write')).stdout).toBe('')
    expect(readFileSync(join(cwd, 'waybill.schema.json'), 'utf8')).toBe(schemaText())
    expect(readFileSync(join(cwd, 'docs/configuration.md'), 'utf8')).toBe(pageText())
  })

  it('what is committed is what the schema says: else run `npm run schema`', () => {
    expect(readFileSync(join(root, 'waybill.schema.json'), 'utf8')).toBe(schemaText())
    expect(readFileSync(join(root, 'docs/configuration.md'), 'utf8')).toBe(pageText())
  })

  it('every key is described, and every example and default is valid', () => {
    const ajv = new Ajv2020({ strict: false })
    const undescribed: string[] = []
    const visit = (path: string, schema: Shown): void => {
      for (const [key, value] of Object.entries(schema['properties'] ?? {})) {
        const one: Shown = value
        if (typeof one['description'] !== 'string') undescribed.push(`${path}${key}`)
        const valid = ajv.compile(one)
        const examples = Array.isArray(one['examples']) ? one['examples'] : []
        for (const example of examples) expect([key, example, valid(example)]).toEqual([key, example, true])
        if ('default' in one) expect([key, valid(one['default'])]).toEqual([key, true])
        visit(`${path}${key}.`, one)
        if (typeof one['items'] === 'object' && one['items'] !== null) visit(`${path}${key}.`, { ...one['items'] })
      }
    }
    visit('', JSON.parse(schemaText()))
    expect(undescribed).toEqual([])
  })

  it('accepts what a person may write, and names what is wrong', () => {
    const schema: unknown = JSON.parse(schemaText())
    if (typeof schema !== 'object' || schema === null) throw new Error('no schema')
    const valid = new Ajv2020({ strict: false }).compile(schema)
    const least = { version: 1, issues: { projects: ['SHOP'] } }
    expect(valid(least)).toBe(true)
    expect(valid({ ...least, release: {}, environments: [{ name: 'staging', type: 'staging', deploy: 'auto' }] })).toBe(
      true,
    )
    expect(valid({ ...least, merge: { settle: '30 seconds' } })).toBe(false)
    expect(valid({ ...least, brances: {} })).toBe(false)
    expect(valid({ version: 1 })).toBe(false)
    expect(valid({ ...least, environments: [{ name: 'production', type: 'production' }] })).toBe(false)
    expect(valid({ ...least, environments: [{ name: 'rush', type: 'development', kind: 'rush' }] })).toBe(true)
  })
})
