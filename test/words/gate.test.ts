import { expect, test } from 'vitest'
import { found } from '../../src/model/lookup.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import { judgeBranch } from '../../src/rules/judge-branch.ts'
import { judgePull } from '../../src/rules/judge-pull.ts'
import { branchAnswer } from '../../src/words/branch.ts'
import { gateAnswer } from '../../src/words/gate.ts'
import { gateDetails } from '../../src/words/gate-details.ts'
import {
  aBranch,
  aPull,
  check,
  configured,
  issue,
  noon,
  pullRequest,
  review,
  withChecks,
  withReviews,
} from '../rules/a-pull.ts'

function gateText(snapshot: PullSnapshot): string {
  const verdict = judgePull(snapshot)
  if (verdict.kind === 'silent') return 'silent'
  const { status, title, summary } = gateAnswer(verdict, snapshot)
  return `${status}: ${title}\n${summary}`
}

function branchText(snapshot: ReturnType<typeof aBranch>): string {
  const verdict = judgeBranch(snapshot)
  if (verdict.kind === 'silent') return 'silent'
  const { status, title, summary } = branchAnswer(verdict, snapshot)
  return `${status}: ${title}\n${summary}`
}

test('a gate that passes', () => {
  expect(gateText(aPull())).toMatchInlineSnapshot(`
    "success: Ready to merge
    Everything Waybill asks for is there.

    | rule | answer | why | who | next |
    | --- | --- | --- | --- | --- |
    | Its branch names its issue | ✅ yes | The branch names \`SHOP-7\`. | | |
    | The issue is ready | ✅ yes | \`SHOP-7\` Gift cards is In Progress. | | |
    | Others approved it | ✅ yes | Approved by reviewer. | | |
    | Its checks pass | ✅ yes | Green: \`build\`. | | |
    | It is ready for review | ✅ yes | It is not a draft. | | |
    | It merges cleanly | ✅ yes | It merges cleanly into \`main\`. | | |
    | The branch it goes into is green | ✅ yes | \`main\` is green. | | |"
  `)
})

test('a gate that passes says what GitHub still asks for', () => {
  const asked = (change: Parameters<typeof pullRequest>[0], more: Partial<PullSnapshot> = {}) =>
    gateText(aPull({ pull: pullRequest(change), ...more }))
      .split('\n')
      .slice(0, 3)
  expect(asked({ reviewDecision: 'review-required' })).toMatchInlineSnapshot(`
    [
      "success: Passes; GitHub itself asks for more",
      "Everything Waybill asks for is there.",
      "GitHub itself still asks for a review that a rule of the branch requires: a code owner's, or one more approval.",
    ]
  `)
  expect(asked({ mergeState: 'behind' })).toMatchInlineSnapshot(`
    [
      "success: Passes; GitHub itself asks for more",
      "Everything Waybill asks for is there.",
      "GitHub itself still asks that the branch be up to date with \`main\`.",
    ]
  `)
  const said = {
    name: 'waybill/gate' as const,
    runId: 3,
    completed: true,
    conclusion: 'success' as const,
    fingerprint: '',
  }
  const blocked = { mergeState: 'blocked' as const }
  expect(asked(blocked)[2]).toBe('')
  expect(asked(blocked, { posted: [{ ...said, startedAt: noon - 1000 }] })[2]).toBe('')
  expect(asked(blocked, { posted: [{ ...said, startedAt: noon - 120_000 }] })).toMatchInlineSnapshot(`
    [
      "success: Passes; GitHub itself asks for more",
      "Everything Waybill asks for is there.",
      "GitHub itself still asks for something else: a deployment or a signed commit; the box at the end of the pull request names it.",
    ]
  `)
  const late = { posted: [{ ...said, startedAt: noon - 120_000 }] }
  expect(asked({ ...blocked, unresolved: 2 }, late)[2]).toBe(
    'GitHub itself still asks for something else: a conversation that is still open, a deployment or a signed commit; the box at the end of the pull request names it.',
  )
  const talk = 'GitHub itself still asks that the conversations still open be resolved.'
  expect(asked({ ...blocked, unresolved: 2 }, { ...late, wantsResolution: true })[2]).toBe(talk)
  expect(asked({ unresolved: 2 }, { wantsResolution: true })[2]).toBe(talk)
  expect(asked({ unresolved: 2 })[2]).toBe('')
  expect(asked({}, { wantsResolution: true })[2]).toBe('')
  const held = aPull({ pull: pullRequest({ reviewDecision: 'review-required' }), ...withReviews() })
  expect(gateText(held)).not.toContain('still asks')
})

test('what an answer rests on is folded away, inert, and no reason for a new one', () => {
  const nasty = check('success', { id: 3, name: '</details>@team `x`', app: { id: 4, slug: 'ci' }, url: null })
  const snapshot = aPull(withChecks(check(), nasty))
  expect(gateDetails(snapshot)).toMatchInlineSnapshot(`
    "<details><summary>What this rests on</summary>

    Judged: \`aaaaaaa\` into \`main\`, by \`.github/waybill.yml\` at \`c0ffee\`.

    Checks:

    - <code>&#60;&#47;details&#62;&#64;team &#96;x&#96;</code> of \`ci\`: success
    - [\`build\`](https://github.com/acme/shop/runs/100) of \`github-actions\`: success

    Reviews:

    - reviewer: approved on \`aaaaaaa\`

    </details>"
  `)
  const many = Array.from({ length: 300 }, (_, at) =>
    check('success', { id: at + 1, name: `job ${at} ${'x'.repeat(200)}` }),
  )
  expect(gateDetails(aPull(withChecks(...many))).length).toBeLessThan(32_000)
  const green = Array.from({ length: 60 }, (_, at) => check('success', { id: at, name: `a${at}` }))
  const comments = Array.from({ length: 60 }, (_, at) => review({ id: at, state: 'commented' }))
  const reviews = withReviews(...comments, review({ id: 99, state: 'changes_requested' }))
  const details = gateDetails(aPull({ ...withChecks(...green, check('failure', { name: 'zz' })), ...reviews }))
  expect(details).toContain('- [`zz`](https://github.com/acme/shop/runs/100) of `github-actions`: failure\n- [`a0`]')
  expect(details).toContain('- reviewer: changes requested on `aaaaaaa`\n- reviewer: commented')
})

test('a gate that waits leads with what a person has to do', () => {
  expect(gateText(aPull({ ...withReviews(), ...withChecks(check('in_progress')) }))).toMatchInlineSnapshot(`
    "in_progress: Waits: one approval is missing (and 1 more)
    **Next:** Review the newest commit and approve it in GitHub.
    **Who:** Anybody with write access who wrote no part of it

    | rule | answer | why | who | next |
    | --- | --- | --- | --- | --- |
    | Its branch names its issue | ✅ yes | The branch names \`SHOP-7\`. | | |
    | The issue is ready | ✅ yes | \`SHOP-7\` Gift cards is In Progress. | | |
    | Others approved it | 🕐 not yet | No approval yet; 1 is needed. | Anybody with write access who wrote no part of it | Review the newest commit and approve it in GitHub. |
    | Its checks pass | 🕐 not yet | Not finished: [\`build\`](https://github.com/acme/shop/runs/100) (in progress). | Nobody: this goes on by itself | Wait for it to finish. |
    | It is ready for review | ✅ yes | It is not a draft. | | |
    | It merges cleanly | ✅ yes | It merges cleanly into \`main\`. | | |
    | The branch it goes into is green | ➖ not needed | Looked at when everything else is there. | | |"
  `)
})

test('a gate that blocks leads with what blocks', () => {
  const pull = pullRequest({ branch: 'gift-cards', title: 'SHOP-7 gift cards', draft: true })
  expect(gateText(aPull({ pull, ...withReviews() }))).toMatchInlineSnapshot(`
    "failure: Blocked: the branch names no issue (and 2 more)
    **Next:** Renaming the branch would close this pull request. Push the same commits under a new name: \`git fetch origin\`, then \`git switch -c SHOP-7-gift-cards origin/gift-cards\`, then \`git push -u origin SHOP-7-gift-cards\`. Then open a pull request from it; it takes the place of this one.
    **Who:** The author

    \`\`\`sh
    git fetch origin
    git switch -c SHOP-7-gift-cards origin/gift-cards
    git push -u origin SHOP-7-gift-cards
    \`\`\`

    | rule | answer | why | who | next |
    | --- | --- | --- | --- | --- |
    | Its branch names its issue | ❌ no | The branch \`gift-cards\` names no issue. | The author | Renaming the branch would close this pull request. Push the same commits under a new name: \`git fetch origin\`, then \`git switch -c SHOP-7-gift-cards origin/gift-cards\`, then \`git push -u origin SHOP-7-gift-cards\`. Then open a pull request from it; it takes the place of this one. |
    | The issue is ready | ✅ yes | \`SHOP-7\` Gift cards is In Progress. | | |
    | Others approved it | 🕐 not yet | No approval yet; 1 is needed. | Anybody with write access who wrote no part of it | Review the newest commit and approve it in GitHub. |
    | Its checks pass | ✅ yes | Green: \`build\`. | | |
    | It is ready for review | 🕐 not yet | This pull request is a draft. | The author | Mark it ready for review. |
    | It merges cleanly | ✅ yes | It merges cleanly into \`main\`. | | |
    | The branch it goes into is green | ➖ not needed | Looked at when everything else is there. | | |"
  `)
})

test('Q13 report mode is neutral and says what it would do', () => {
  const config = configured('mode: report')
  expect(gateText(aPull({ config })).split('\n')[0]).toBe('neutral: would pass')
  expect(gateText(aPull({ config, ...withReviews() })).split('\n')[0]).toBe(
    'neutral: would block: one approval is missing',
  )
  expect(gateText(aPull({ config, ...withChecks(check('failure')) }))).toMatchInlineSnapshot(`
    "neutral: would block: build failed
    **Next:** Mend what was found and push, or run it again if it was not the change.
    **Who:** The author

    Report mode: this is only shown, and holds nothing.

    | rule | answer | why | who | next |
    | --- | --- | --- | --- | --- |
    | Its branch names its issue | ✅ yes | The branch names \`SHOP-7\`. | | |
    | The issue is ready | ✅ yes | \`SHOP-7\` Gift cards is In Progress. | | |
    | Others approved it | ✅ yes | Approved by reviewer. | | |
    | Its checks pass | ❌ no | Not green: [\`build\`](https://github.com/acme/shop/runs/100) (failure). | The author | Mend what was found and push, or run it again if it was not the change. |
    | It is ready for review | ✅ yes | It is not a draft. | | |
    | It merges cleanly | ✅ yes | It merges cleanly into \`main\`. | | |
    | The branch it goes into is green | ➖ not needed | Looked at when everything else is there. | | |"
  `)
})

test('one head of several pull requests says so, the same for each', () => {
  const good = aPull()
  const bad = aPull({ pull: pullRequest({ number: 13 }), ...withReviews() })
  expect(gateText({ ...good, others: [bad] })).toBe(gateText({ ...bad, others: [good] }))
  expect(gateText({ ...good, others: [bad] }).split('\n')[4]).toMatchInlineSnapshot(
    `"This commit is the head of several open pull requests; a check counts for all of them. Shown is #13, which is held most."`,
  )
})

test('Q8 a broken configuration fails and names path, line and problem', () => {
  const broken = configured('mode: enforced\naprovals: 1')
  expect(gateText(aPull({ config: broken }))).toMatchInlineSnapshot(`
    "failure: .github/waybill.yml can't be used: 2 problems
    **Next:** mend \`.github/waybill.yml\` in a pull request of its own; one that does is judged by the defaults.
    **Who:** anybody who may push a branch.

    Nothing else passes while \`.github/waybill.yml\` can't be used and no older one could be read either.

    | line | key | problem |
    | --- | --- | --- |
    | 4 | \`mode\` | must be enforce or report |
    | 5 | \`aprovals\` | is not a key of Waybill; did you mean merge.approvals? |"
  `)
})

test('Q9 an unreadable configuration is in progress', () => {
  expect(gateText(aPull({ config: { kind: 'unknown', cause: 'GitHub answered 502' } }))).toMatchInlineSnapshot(`
    "in_progress: The configuration can't be read
    **Next:** Waybill asks again in half a minute.
    **Who:** nobody: this goes on by itself.

    The configuration can't be read from GitHub: GitHub answered 502."
  `)
})

test('a branch in shape names its issue', () => {
  expect(branchText(aBranch('SHOP-7-gift-cards'))).toMatchInlineSnapshot(`
    "success: SHOP-7: Gift cards
    | rule | answer | why | who | next |
    | --- | --- | --- | --- | --- |
    | Its branch names its issue | ✅ yes | The branch names \`SHOP-7\`. | | |
    | The issue is ready | ✅ yes | \`SHOP-7\` Gift cards is In Progress. | | |"
  `)
})

test('a branch out of shape fails with the commands to rename it', () => {
  expect(branchText(aBranch('gift-cards', { head: { message: 'SHOP-7 sell them' } }))).toMatchInlineSnapshot(`
    "failure: Blocked: the branch names no issue
    **Next:** Rename it: \`git branch -m gift-cards SHOP-7-gift-cards\`, then \`git push -u origin SHOP-7-gift-cards\`, then \`git push origin --delete gift-cards\`.
    **Who:** Whoever pushed it

    \`\`\`sh
    git branch -m gift-cards SHOP-7-gift-cards
    git push -u origin SHOP-7-gift-cards
    git push origin --delete gift-cards
    \`\`\`

    | rule | answer | why | who | next |
    | --- | --- | --- | --- | --- |
    | Its branch names its issue | ❌ no | The branch \`gift-cards\` names no issue. | Whoever pushed it | Rename it: \`git branch -m gift-cards SHOP-7-gift-cards\`, then \`git push -u origin SHOP-7-gift-cards\`, then \`git push origin --delete gift-cards\`. |
    | The issue is ready | ➖ not needed | There is no issue to look up. | | |"
  `)
})

test('B17 a hostile branch, title and summary stay inert', () => {
  const name = "x`;$(rm)'|<b>@acme/all"
  const hostile = branchText(aBranch(name, { head: { message: 'SHOP-7 @acme/all <b>' } }))
  expect(hostile).toMatchInlineSnapshot(`
    "failure: Blocked: the branch names no issue
    **Next:** Rename it: <code>git branch &#45;m &#39;x&#96;&#59;&#36;&#40;rm&#41;&#39;&#92;&#39;&#39;&#124;&#60;b&#62;&#64;acme&#47;all&#39; SHOP&#45;7&#45;all</code>, then \`git push -u origin SHOP-7-all\`, then <code>git push origin &#45;&#45;delete &#39;x&#96;&#59;&#36;&#40;rm&#41;&#39;&#92;&#39;&#39;&#124;&#60;b&#62;&#64;acme&#47;all&#39;</code>.
    **Who:** Whoever pushed it

    \`\`\`sh
    git branch -m 'x\`;$(rm)'\\''|<b>@acme/all' SHOP-7-all
    git push -u origin SHOP-7-all
    git push origin --delete 'x\`;$(rm)'\\''|<b>@acme/all'
    \`\`\`

    | rule | answer | why | who | next |
    | --- | --- | --- | --- | --- |
    | Its branch names its issue | ❌ no | The branch <code>x&#96;&#59;&#36;&#40;rm&#41;&#39;&#124;&#60;b&#62;&#64;acme&#47;all</code> names no issue. | Whoever pushed it | Rename it: <code>git branch &#45;m &#39;x&#96;&#59;&#36;&#40;rm&#41;&#39;&#92;&#39;&#39;&#124;&#60;b&#62;&#64;acme&#47;all&#39; SHOP&#45;7&#45;all</code>, then \`git push -u origin SHOP-7-all\`, then <code>git push origin &#45;&#45;delete &#39;x&#96;&#59;&#36;&#40;rm&#41;&#39;&#92;&#39;&#39;&#124;&#60;b&#62;&#64;acme&#47;all&#39;</code>. |
    | The issue is ready | ➖ not needed | There is no issue to look up. | | |"
  `)
  expect(hostile.replaceAll(/```sh[\s\S]*?```/g, '')).not.toMatch(/@acme|<b>/)
  const summary = '@acme/all | <script> [x](https://evil.example)\nnext'
  expect(
    branchText(aBranch('SHOP-7-x', { issues: new Map([['SHOP-7', found(issue({ summary }))]]) })),
  ).toMatchInlineSnapshot(`
    "success: SHOP-7: @​acme/all | <script> [x](https://evil.example) next
    | rule | answer | why | who | next |
    | --- | --- | --- | --- | --- |
    | Its branch names its issue | ✅ yes | The branch names \`SHOP-7\`. | | |
    | The issue is ready | ✅ yes | \`SHOP-7\` @​acme/all \\| &lt;script&gt; \\[x\\]\\(https:​//evil.example\\) next is In Progress. | | |"
  `)
})

test('a summary stays within what GitHub takes', () => {
  const checks = Array.from({ length: 60 }, (_, at) =>
    check('failure', { id: at + 1, name: `${at} ${'|`'.repeat(400)}` }),
  )
  expect(gateText(aPull(withChecks(...checks))).length).toBeLessThan(33_000)
})
