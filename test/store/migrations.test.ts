import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = new URL('../../src/store/migrations/', import.meta.url)
const files = readdirSync(folder).toSorted()

/** What a version without this migration could trip over while it still runs: a table or column gone, or one it does not fill. */
function hurts(sql: string): readonly string[] {
  const statements = sql.replaceAll(/--.*$/gm, '').split(';')
  return statements.filter((statement) => {
    const adds = [...statement.matchAll(/\badd column\b[^,]*/gi)].map(([one]) => one)
    const unfilled = adds.some((one) => /\bnot null\b/i.test(one) && !/\bdefault\b|\bgenerated\b/i.test(one))
    return unfilled || /\bdrop (table|column)\b|\brename\b|\bset not null\b|\balter column \w+ type\b/i.test(statement)
  })
}

describe('F16: migrations, with the version before still running', () => {
  it.each(files)('%s only adds', (file) => {
    expect(hurts(readFileSync(new URL(file, folder), 'utf8'))).toEqual([])
  })

  it.each([
    'alter table a drop column b',
    'alter table a rename to b',
    'alter table a alter column b set not null',
    'alter table a add column b int not null',
    'drop table a',
  ])('would be refused: %s', (sql) => {
    expect(hurts(sql)).toEqual([sql])
  })
})
