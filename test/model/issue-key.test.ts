import { describe, expect, test } from 'vitest'
import { issueKeysIn, keysLike } from '../../src/model/issue-key.ts'
import { cpuTime } from '../cpu-time.ts'

const projects = ['FLOW', 'MY_PROJ', 'A11Y']

describe('keys of issues in a text', () => {
  test.each([
    ['feature/flow-12-add', ['FLOW-12']],
    ['feature/FLOW-12_some_tag', ['FLOW-12']],
    ['MY_PROJ-7', ['MY_PROJ-7']],
    ['A11Y-3: labels, and A11Y-4.', ['A11Y-3', 'A11Y-4']],
    ['FLOW-2 flow-2 Flow-2', ['FLOW-2']],
    ['FLOW-12-FLOW-13', ['FLOW-12', 'FLOW-13']],
  ])('%s names %j', (text, keys) => {
    expect(issueKeysIn(text, projects)).toEqual(keys)
  })

  test.each([
    'UTF-8 SHA-256 ISO-8601 RFC-2119',
    'CVE-2021-1234',
    'MY_FLOW-3',
    'FLOW-012',
    'FLOW-0',
    'notFLOW-12',
    'FLOW-12a',
    'FLOW-5.2',
    'npm_and_yarn/lodash-4.17.21',
    'release-2024',
    'PR-15',
    'FLOW–12',
    'éFLOW-12',
    `FLOW-${'9'.repeat(11)}`,
    '',
  ])('%s names none', (text) => {
    expect(issueKeysIn(text, projects)).toEqual([])
  })

  test('letters that only look like a project after folding do not count', () => {
    expect(issueKeysIn('\u017FHOP-7 \u212AEY-1', ['SHOP', 'KEY'])).toEqual([])
  })

  test('a hostile megabyte is read in bounded time', () => {
    const began = cpuTime()
    expect(issueKeysIn('A'.repeat(500_000) + '_A-'.repeat(170_000), projects)).toEqual([])
    expect(cpuTime() - began).toBeLessThan(2000)
  })

  test('what looks like a key of any project, and no standard', () => {
    expect(keysLike('OTHER-12 UTF-8 SHA-256 other-13 STAR-4')).toEqual(['OTHER-12', 'STAR-4'])
  })
})
