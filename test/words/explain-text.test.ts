import { expect, test } from 'vitest'
import type { Effect } from '../../src/model/effect.ts'
import type { CheckAnswer } from '../../src/model/post-check.ts'
import { configText, pullText } from '../../src/words/explain-text.ts'
import { noon } from '../rules/a-pull.ts'

const repository = { installationId: 1, id: 77, owner: 'acme', name: 'shop' }
const answer: CheckAnswer = {
  status: 'in_progress',
  title: 'Waits: one approval is missing',
  summary: '**Next:** Review it.\n',
  text: '',
  buttons: [],
  annotations: [],
}

test('a pull request is explained by what its check says, then by what would be done, in words', () => {
  const plan: readonly Effect[] = [
    {
      kind: 'post-check',
      name: 'waybill/gate',
      sha: 'abcdef0123',
      answer,
      fingerprint: 'f',
      onto: { kind: 'new', after: 0 },
    },
    { kind: 'remember-verified', pull: 12, key: 'SHOP-7', at: noon, type: 'Story' },
    {
      kind: 'act-on-issue',
      key: 'link:77:12',
      action: {
        kind: 'move',
        issueKey: 'SHOP-7',
        station: 'pull-request',
        target: 'In Review\u001b[2J',
        because: '#12 was opened into main',
        at: noon,
      },
    },
    { kind: 'look', ref: { kind: 'pull', repository, number: 12 }, at: noon },
    { kind: 'look', ref: { kind: 'line', repository, branch: 'main' }, at: null },
  ]
  expect(pullText('acme/shop#12 SHOP-7 Gift cards', answer, plan)).toMatchInlineSnapshot(`
    "acme/shop#12 SHOP-7 Gift cards

    🕐 Waits: one approval is missing

    **Next:** Review it.

    What would be done now:
    - post the check waybill/gate on abcdef0: Waits: one approval is missing
    - remember that SHOP-7 was found in Jira for #12
    - move SHOP-7 to In Review [2J
    - look at #12 again at 2026-02-03 12:00 UTC
    - look at main as well
    "
  `)
})

test('a pull request of which all is said and done needs nothing', () => {
  expect(pullText('acme/shop#12', { because: 'closed', base: 'main', gated: ['main'] }, [])).toMatchInlineSnapshot(`
    "acme/shop#12

    Not judged: it is closed.

    What would be done now:
    nothing: all of it is said and done
    "
  `)
  const into = { base: 'next', gated: ['main', 'release/1'] }
  expect(pullText('acme/shop#12', { because: 'not-gated', ...into }, []).split('\n')[2]).toBe(
    'Not judged: it goes into next, which is none of the gated branches (main, release/1). Name it in merge.into on the default branch to have it judged.',
  )
  expect(pullText('acme/shop#12', { because: 'not-configured', base: 'next', gated: null }, []).split('\n')[2]).toBe(
    'Not judged: next has no .github/waybill.yml, and GitHub does not require waybill/gate there.',
  )
})

test('a configuration is explained by its values, each with where it comes from', () => {
  const origins = [
    { key: 'mode', value: '"report"', from: 'operator' },
    { key: 'merge.approvals', value: '1', from: 'repository' },
    { key: 'environments', value: '[{"name":"staging"},{"name":"production"}]', from: 'organisation' },
  ] as const
  expect(
    configText('acme/shop', origins, [{ line: 3, path: 'merge.check', message: 'is no key' }]),
  ).toMatchInlineSnapshot(`
    "acme/shop

    The file is not in force as it stands; the last good one is, and what the organisation locks:
      line 3 merge.check: is no key

    mode             "report"  (WAYBILL_MODE)
    merge.approvals  1  (the repository's file)
    environments     (the organisation's defaults)
      {"name":"staging"}
      {"name":"production"}
    "
  `)
})
