import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepEmpty, layOut } from '../../src/store/empty-database.ts'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'waybill-empty-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

function makeDatabase(name: string): string {
  const directory = join(place, name)
  mkdirSync(join(directory, 'base'), { recursive: true })
  writeFileSync(join(directory, 'PG_VERSION'), '18')
  writeFileSync(join(directory, 'base/1'), name)
  writeFileSync(join(directory, 'postmaster.pid'), '-42')
  return directory
}

it('a database that was just made is kept, and laid out where there is none', async () => {
  const kept = join(place, 'kept')
  await keepEmpty(makeDatabase('first'), kept)
  expect(readdirSync(kept).sort()).toEqual(['PG_VERSION', 'base'])
  const next = join(place, 'next')
  mkdirSync(next)
  expect(layOut(next, kept)).toBe(true)
  expect(readFileSync(join(next, 'base/1'), 'utf8')).toBe('first')
  expect(readdirSync(place).sort()).toEqual(['first', 'kept', 'next'])
})

it('a database that is there is never written over, and the kept one neither', async () => {
  const kept = join(place, 'kept')
  await keepEmpty(makeDatabase('first'), kept)
  const second = makeDatabase('second')
  expect(layOut(second, kept)).toBe(false)
  await keepEmpty(second, kept)
  expect(readFileSync(join(second, 'base/1'), 'utf8')).toBe('second')
  expect(readFileSync(join(kept, 'base/1'), 'utf8')).toBe('first')
})

it('what is left of a damaged database is left as it is', async () => {
  const kept = join(place, 'kept')
  await keepEmpty(makeDatabase('first'), kept)
  const damaged = makeDatabase('damaged')
  rmSync(join(damaged, 'PG_VERSION'))
  expect(layOut(damaged, kept)).toBe(false)
  expect(readdirSync(damaged).sort()).toEqual(['base', 'postmaster.pid'])
})

it('nothing is laid out where nothing is kept, and nothing fails where nothing can be', async () => {
  expect(layOut(join(place, 'next'), null)).toBe(false)
  expect(layOut(join(place, 'next'), join(place, 'kept'))).toBe(false)
  await keepEmpty(makeDatabase('first'), null)
  await keepEmpty(join(place, 'first'), join(place, 'not there/kept'))
  expect(readdirSync(place)).toEqual(['first'])
})

it('what another process keeps is left alone, unless that one was killed', async () => {
  const kept = join(place, 'kept')
  const half = join(place, 'kept.new')
  mkdirSync(half)
  await keepEmpty(makeDatabase('first'), kept)
  expect(existsSync(kept)).toBe(false)
  utimesSync(half, 0, 0)
  await keepEmpty(join(place, 'first'), kept)
  expect(readdirSync(kept).sort()).toEqual(['PG_VERSION', 'base'])
  expect(existsSync(half)).toBe(false)
})
