import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { schemaText } from '../../src/cli/schema.ts'

const program = resolve(import.meta.dirname, '../../src/cli/waybill.ts')

describe('waybill schema', () => {
  it('prints the schema, or writes it', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'waybill-schema-'))
    const run = (...args: string[]) => promisify(execFile)(process.execPath, [program, 'schema', ...args], { cwd })
    expect((await run()).stdout).toBe(schemaText())
    expect((await run('--write')).stdout).toBe('')
    expect(readFileSync(join(cwd, 'waybill.schema.json'), 'utf8')).toBe(schemaText())
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
  })
})
