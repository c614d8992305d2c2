import { describe, expect, test } from 'vitest'
import type { Ref } from '../../src/model/ref.ts'
import type { CheckNews } from '../../src/reconcile/world/inbox.ts'
import { type Expectation, hearNews } from '../../src/store/hear-news.ts'

const repository = { installationId: 1, id: 2, owner: 'acme', name: 'shop' }
const pull: Ref = { kind: 'pull', repository, number: 7 }
const queue: Ref = { kind: 'queue', repository, branch: 'main' }
const reading: Expectation = { awaited: null, seen: null, heard: null }
const news = (state: CheckNews['state'], id = 'run:1'): CheckNews => ({ sha: 'abc', id, state })

function knowing(
  awaited: readonly string[],
  seen: Readonly<Record<string, CheckNews['state']>> = {},
): Expectation & { readonly heard: null } {
  return { awaited: { abc: awaited }, seen: { abc: seen }, heard: null }
}

describe('C21: what news of a check is worth', () => {
  test.each<[string, Expectation, CheckNews, string]>([
    ['nothing is awaited', knowing([]), news('begun'), 'decides'],
    ['others are awaited', knowing(['run:1', 'run:2']), news('passed'), 'progress'],
    ['it was the last one awaited', knowing(['run:1']), news('passed'), 'decides'],
    ['it failed while others are awaited', knowing(['run:1', 'run:2']), news('decided'), 'decides'],
    ['another begins beside the awaited ones', knowing(['run:2']), news('begun'), 'progress'],
    ['on a commit nobody asked about', { ...knowing([]), awaited: {} }, news('passed'), 'decides'],
    ['it was seen as passed', knowing([], { 'run:1': 'passed' }), news('passed'), 'known'],
    ['it was seen as begun', knowing(['run:1'], { 'run:1': 'begun' }), news('begun'), 'known'],
    ['its beginning is late', knowing(['run:2'], { 'run:1': 'passed' }), news('begun'), 'known'],
    ['it was seen as failed, perhaps otherwise', knowing([], { 'run:1': 'decided' }), news('decided'), 'progress'],
    ['it was seen as failed and passed now', knowing([], { 'run:1': 'decided' }), news('passed'), 'decides'],
    ['it was seen as passed and failed now', knowing(['run:2'], { 'run:1': 'passed' }), news('decided'), 'decides'],
    ['a status begins again', knowing([], { 'status:ci': 'passed' }), { ...news('begun'), id: 'status:ci' }, 'decides'],
    ['a pass is reading', reading, news('passed'), 'progress'],
    ['a pass is reading, and it failed', reading, news('decided'), 'decides'],
  ])('%s', (_, expected, check, worth) => {
    expect(hearNews(pull, expected, check).worth).toBe(worth)
  })

  test('what passes is no longer awaited, what begins is', () => {
    const begun = hearNews(pull, knowing(['run:1']), news('begun', 'run:2')).expected
    expect(hearNews(pull, begun, news('passed')).expected.awaited).toEqual({ abc: ['run:2'] })
  })

  test('what came while a pass read is kept in order, but not without end; over a merge queue it is looked at', () => {
    const first = hearNews(pull, reading, news('begun')).expected
    expect(hearNews(pull, first, news('passed')).expected.heard).toEqual([news('begun'), news('passed')])
    const full = { ...reading, heard: Array.from({ length: 1000 }, () => news('begun')) }
    expect(hearNews(pull, full, news('passed'))).toEqual({ expected: full, worth: 'decides' })
    expect(hearNews(queue, reading, news('passed')).worth).toBe('decides')
  })
})
