import { expect, test } from 'vitest'
import type { Story } from '../../src/model/story.ts'
import { arrivedStory, livingStory, tryStory, withdrawnStory } from '../../src/words/issue-story.ts'
import { peopleSentence } from '../../src/words/people-sentence.ts'

const pull = { name: 'acme/shop#57', title: 'Gift cards', url: 'https://github.com/acme/shop/pull/57' }
const place = { name: 'staging', url: 'https://staging.acme.example' }
const version = { tag: 'v1.4.0', url: 'https://github.com/acme/shop/releases/tag/v1.4.0' }
const stage = { description: '', url: null, by: null, as: 'promotion' as const, promoters: null, withdrawn: null }

/** What a person reads, a line for each block or item. */
function read(story: Story): string {
  const lines = story.flatMap((block) => (block.kind === 'paragraph' ? [block.spans] : block.items))
  return lines
    .map((spans) => spans.map((span) => (span.kind === 'lozenge' ? `[${span.text}]` : span.text)).join(''))
    .join('\n')
}

test('the living comment: where to look first, then where it is and what it waits for', () => {
  const stages = [
    { ...stage, environment: 'staging', state: 'success' as const },
    { ...stage, environment: 'production', state: 'next' as const, promoters: '@acme/analysts' },
  ]
  expect(read(livingStory({ pull, place, version, stages }))).toMatchInlineSnapshot(`
    "Look at it: staging
    [staging] acme/shop#57 Gift cards is released as v1.4.0.
    staging has it.
    production waits until somebody of @acme/analysts who did not write the change promotes it."
  `)
  const failed = [{ ...stage, environment: 'staging', state: 'failure' as const, description: 'disk full' }]
  expect(read(livingStory({ pull, place: null, version, stages: failed }))).toMatchInlineSnapshot(`
    "[released] acme/shop#57 Gift cards is released as v1.4.0.
    staging did not take it: disk full."
  `)
  expect(read(livingStory({ pull, place: null, version, stages: [] }))).toMatchInlineSnapshot(
    `"[released] acme/shop#57 Gift cards is released as v1.4.0."`,
  )
})

test('an unmerged branch in a rush box', () => {
  expect(read(tryStory({ pull, place: { name: 'rush', url: 'https://rush.acme.example' } }))).toMatchInlineSnapshot(`
    "Look at it: rush
    [rush] acme/shop#57 Gift cards is tried out there before it is merged; it has no version yet."
  `)
})

test('the news that it is there', () => {
  const people = { promoter: 'grace', as: 'promotion' as const, writers: ['ada'], approvers: ['linus', 'mary'] }
  expect(
    read(arrivedStory({ pull, tag: 'v1.4.0', environment: 'production', people, place: null })),
  ).toMatchInlineSnapshot(`
    "[production] v1.4.0 is in production, and with it acme/shop#57 Gift cards.
    Promoted by grace, written by ada, approved by linus, mary."
  `)
})

test('the news that it is there no longer, and what the living comment says then', () => {
  const withdrawn = "Taken back by grace: customers can't pay"
  const story = withdrawnStory({ pull, tag: 'v1.4.0', environment: 'production', withdrawn, restored: 'v1.3.0' })
  expect(read(story)).toMatchInlineSnapshot(`
    "[rolled back] v1.4.0 is not in production any more, nor is acme/shop#57 Gift cards. v1.3.0 is there again.
    Taken back by grace: customers can't pay."
  `)
  const stages = [
    { ...stage, environment: 'staging', state: 'success' as const },
    { ...stage, environment: 'production', state: 'inactive' as const, withdrawn },
  ]
  expect(read(livingStory({ pull, place, version, stages }))).toMatchInlineSnapshot(`
    "Look at it: staging
    [staging] acme/shop#57 Gift cards is released as v1.4.0.
    staging has it.
    production had it. Taken back by grace: customers can't pay."
  `)
})

test('who brought a version back has promoted nothing', () => {
  const back = { promoter: 'ada', as: 'rollback' as const, writers: ['ada'], approvers: ['linus'] }
  expect(peopleSentence(back)).toBe('Brought back by ada, written by ada, approved by linus')
  const returned = {
    ...stage,
    environment: 'production',
    state: 'success' as const,
    by: 'ada',
    as: 'rollback' as const,
  }
  expect(read(livingStory({ pull, place, version, stages: [returned] }))).toContain(
    'production has it, brought back by ada.',
  )
})
