import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { putEmpty } from '../../src/store/empty-database.ts'

let place: string
let kept: string
let made: number
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'waybill-empty-'))
  kept = join(place, 'kept')
  made = 0
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

/** As `initdb`: no two are alike. */
async function make(directory: string): Promise<void> {
  made += 1
  mkdirSync(join(directory, 'base'), { recursive: true })
  mkdirSync(join(directory, 'pg_notify'))
  writeFileSync(join(directory, 'PG_VERSION'), '18')
  writeFileSync(join(directory, 'base/1'), `made ${made}`)
  writeFileSync(join(directory, 'postmaster.pid'), '-42')
}

const put = (name: string, into: string | null = kept) => putEmpty(join(place, name), { make, kept: into })
const read = (name: string) => readFileSync(join(place, name, 'base/1'), 'utf8')
const keptFile = (path: string) => join(kept, readdirSync(kept)[0] ?? '', path)

it('a database that was made is kept, and put where there is none', async () => {
  await put('first')
  mkdirSync(join(place, 'next'))
  await put('next')
  expect([made, read('first'), read('next')]).toEqual([1, 'made 1', 'made 1'])
  expect(readdirSync(join(place, 'next')).sort()).toEqual(['PG_VERSION', 'base', 'pg_notify'])
  expect(readdirSync(place).sort()).toEqual(['first', 'kept', 'next'])
})

it('a database that is there is never written over, not even what is left of a damaged one', async () => {
  await put('first')
  await make(join(place, 'second'))
  await put('second')
  expect(read('second')).toBe('made 2')
  rmSync(join(place, 'second/PG_VERSION'))
  await put('second')
  expect(readdirSync(join(place, 'second')).sort()).toEqual(['base', 'pg_notify', 'postmaster.pid'])
})

it('one that is being made is not in its place yet, so a start that was cut off begins again', async () => {
  const cutOff = putEmpty(join(place, 'next'), {
    kept,
    make: async (directory) => {
      await make(directory)
      rmSync(join(directory, 'PG_VERSION'))
      writeFileSync(join(directory, 'base/2'), 'half of it')
      throw new Error('cut off')
    },
  })
  await expect(cutOff).rejects.toThrow('cut off')
  expect(readdirSync(place)).toEqual(['next.new'])
  await put('next')
  expect(readdirSync(join(place, 'next/base'))).toEqual(['1'])
  expect(readdirSync(place).sort()).toEqual(['kept', 'next'])
})

it('a copy that was cut off is copied again', async () => {
  await put('first')
  mkdirSync(join(place, 'next.new/base'), { recursive: true })
  writeFileSync(join(place, 'next.new/base/2'), 'half of it')
  await put('next')
  expect([made, read('next')]).toEqual([1, 'made 1'])
  expect(readdirSync(join(place, 'next/base'))).toEqual(['1'])
})

it.each([
  ['changed in a file', () => writeFileSync(keptFile('base/1'), 'made x')],
  ['cut short in a file', () => truncateSync(keptFile('PG_VERSION'))],
  ['without a file', () => rmSync(keptFile('base/1'))],
  ['without an empty folder', () => rmSync(keptFile('pg_notify'), { recursive: true })],
  ['with one more', () => writeFileSync(keptFile('base/2'), '')],
  ['without anything', () => rmSync(keptFile(''), { recursive: true })],
  ['a file', () => [rmSync(kept, { recursive: true }), writeFileSync(kept, '')]],
])('a kept database that is damaged (%s) is used by nobody, and replaced', async (_, damage) => {
  await put('first')
  damage()
  await put('next')
  await put('another')
  expect([made, read('next'), read('another')]).toEqual([2, 'made 2', 'made 2'])
})

it('where nothing is kept, and where nothing can be, each is made for itself', async () => {
  await put('first', null)
  await put('second', join(place, 'not there/kept'))
  expect([read('first'), read('second')]).toEqual(['made 1', 'made 2'])
  expect(readdirSync(place).sort()).toEqual(['first', 'second'])
})

it('what another process keeps is left alone, unless that one was killed', async () => {
  mkdirSync(join(place, 'kept.new'))
  await put('first')
  expect(existsSync(kept)).toBe(false)
  utimesSync(join(place, 'kept.new'), 0, 0)
  await put('second')
  expect(readFileSync(keptFile('base/1'), 'utf8')).toBe('made 2')
  expect(existsSync(join(place, 'kept.new'))).toBe(false)
})
