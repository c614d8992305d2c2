import { describe, expect, it } from 'vitest'
import type { PromotionReason } from '../../src/model/promotion.ts'
import {
  alreadyLiveAnswer,
  helpAnswer,
  incompleteCommandAnswer,
  promotedAnswer,
  refusedAnswer,
  unknownCommandAnswer,
  waitingAnswer,
} from '../../src/words/answers.ts'
import { explainPromotion } from '../../src/words/promotion-reasons.ts'

const named = { version: 'v1.5.0', environment: 'production' }

const reasons: readonly PromotionReason[] = [
  { kind: 'environment-unknown', name: '`prod`|<x>', known: ['staging', 'production'] },
  { kind: 'environment-unknown', name: 'prod', known: [] },
  { kind: 'environment-rush', name: 'box', known: ['staging', 'production'] },
  { kind: 'environment-rush', name: 'box', known: [] },
  { kind: 'version-unknown', version: 'v9.9.9', known: ['v1.5.0'] },
  { kind: 'version-unknown', version: 'v9.9.9', known: [] },
  { kind: 'not-released', pull: 7 },
  { kind: 'older-than-live', ...named, live: 'v1.6.0' },
  { kind: 'not-staged', ...named, before: 'staging', state: null },
  { kind: 'not-staged', ...named, before: 'staging', state: 'failure' },
  { kind: 'staging-running', ...named, before: 'staging' },
  { kind: 'not-promoter', login: '@acme/all', environment: 'production', promoters: '@acme/analysts' },
  { kind: 'promoters-unreadable', team: '@acme/analysts', cause: 'GitHub answered 502' },
  { kind: 'other-account', login: 'anna' },
  { kind: 'implementer', login: 'developer', version: 'v1.5.0', as: 'author', sha: null },
  { kind: 'implementer', login: 'developer', version: 'v1.5.0', as: 'co-author', sha: 'f00dfeedf00d' },
  { kind: 'author-unknown', version: 'v1.5.0', commits: [{ sha: 'f00dfeedf00d', email: 'who@example.com' }] },
  { kind: 'environment-busy', environment: 'production', version: 'v1.4.2' },
  { kind: 'history-unknown', version: 'v1.5.0' },
  { kind: 'not-promoter', login: 'analyst', environment: 'production', promoters: 'nobody' },
  { kind: 'not-emergency', login: 'analyst', environment: 'production', promoters: 'nobody' },
  { kind: 'not-operator', login: 'outsider', environment: 'production', promoters: 'nobody' },
  { kind: 'not-emergency', login: 'analyst', environment: 'production', promoters: 'admin' },
  { kind: 'not-operator', login: 'outsider', environment: 'production', promoters: '@acme/analysts' },
  { kind: 'rejected', ...named, by: 'analyst', because: 'errors @all' },
  { kind: 'held', environment: 'production', why: 'asked', by: 'analyst', because: 'stock-taking' },
  { kind: 'held', environment: 'production', why: 'rolled-back', by: 'analyst', because: 'errors' },
  { kind: 'held', environment: 'production', why: 'memory-lost', by: null, because: '' },
  { kind: 'frozen', environment: 'production', because: 'weekend', until: Date.UTC(2026, 0, 4, 21) },
  { kind: 'frozen', environment: 'production', because: 'always', until: null },
  { kind: 'soaking', ...named, before: 'staging', wanted: '30m', until: Date.UTC(2026, 0, 4, 21) },
  { kind: 'soak-broken', ...named, before: 'staging', wanted: '30m' },
  { kind: 'live-is-soaking', environment: 'staging', live: 'v1.4.0', next: 'production', until: 0 },
  { kind: 'sign-offs-missing', ...named, wanted: 2, given: ['analyst'], promoters: '@acme/analysts' },
  {
    kind: 'not-judged',
    version: 'v1.4.0',
    changes: [
      { kind: 'pull', number: 7 },
      { kind: 'push', sha: 'f00dfeedf00d' },
    ],
  },
  {
    kind: 'environment-checks',
    ...named,
    because: { kind: 'checks-pending', checks: [], missing: ['e2e'], silence: null },
  },
  { kind: 'nothing-before', environment: 'production' },
  { kind: 'never-good', ...named, isBad: false },
  { kind: 'never-good', ...named, isBad: true },
  { kind: 'nothing-failed', ...named },
  { kind: 'nothing-failed', environment: 'production', version: null },
  { kind: 'nobody-promoted', ...named },
  { kind: 'not-held', environment: 'production' },
  { kind: 'replaced', environment: 'production' },
  { kind: 'expired' },
  { kind: 'comment-edited' },
  { kind: 'comment-stale' },
  { kind: 'config-broken', path: '.github/waybill.yml' },
  { kind: 'not-configured' },
  { kind: 'report-mode' },
]

describe('answers to commands', () => {
  it('say what is possible', () => {
    expect(helpAnswer()).toMatchInlineSnapshot(`
      "What Waybill understands:

      | comment | what it does | who may |
      | --- | --- | --- |
      | \`/waybill promote ENVIRONMENT [VERSION] [--emergency REASON]\` | deploys a released version; without a name, the one that carries this pull request. In an emergency it waits for no soak and no freeze | the environment's promoters who did not write it |
      | \`/waybill sign-off ENVIRONMENT [VERSION]\` | agrees to a promotion, where an environment asks for more than one | the environment's promoters who did not write it |
      | \`/waybill accept VERSION REASON\` | lets a version go on that reached the line without a passing gate, or whose author nobody knows | promoters who did not write it |
      | \`/waybill rollback ENVIRONMENT [VERSION] REASON\` | brings the last good version back and rejects the bad one for good | the environment's promoters, and everybody with write access |
      | \`/waybill retry ENVIRONMENT\` | deploys again what failed last | the environment's promoters, and everybody with write access |
      | \`/waybill hold ENVIRONMENT REASON\` | stops everything but a rollback | the environment's promoters, and everybody with write access |
      | \`/waybill unhold ENVIRONMENT\` | lets deployments go on | the environment's promoters who did not write what waits |
      | \`/waybill deploy RUSH-BOX\` | tries the head of this unmerged pull request out in an environment of \`kind: rush\`, on a lease | people with write access |
      | \`/waybill free RUSH-BOX\` | ends the lease: the line's newest version goes back there | people with write access |
      | \`/waybill status\` | says what would ship from this pull request and what it lacks, and which version is where | everybody |
      | \`/waybill recheck\` | reads and judges this pull request again, as the button “Re-check” does | everybody |
      | \`/waybill override REASON\` | lets the gate of this head pass, whatever it still lacks; written down with the reason | those whom \`merge.overriders\` names and who wrote none of it |
      | \`/waybill help\` | shows this table | everybody |

      One command a comment, and all of it in the comment's first line."
    `)
    expect(unknownCommandAnswer('@team <b>')).toContain('There is no command')
    expect(incompleteCommandAnswer('promote')).toMatchInlineSnapshot(
      `"That is not all \`promote\` needs. It is written \`/waybill promote ENVIRONMENT [VERSION] [--emergency REASON]\`, all in the comment's first line."`,
    )
  })

  it('say what was done, what waits, and what is refused', () => {
    expect(promotedAnswer({ ...named, by: 'analyst' })).toMatchInlineSnapshot(
      `"\`v1.5.0\` goes to \`production\`, as analyst asked. The comment above follows it."`,
    )
    expect(alreadyLiveAnswer(named)).toMatchInlineSnapshot(
      `"\`v1.5.0\` is live in \`production\` already: there is nothing to do."`,
    )
    expect(
      waitingAnswer({ ...named, reason: { kind: 'environment-busy', environment: 'production', version: 'v1.4.2' } }),
    ).toMatchInlineSnapshot(`
      "Noted: \`v1.5.0\` for \`production\`. It waits.

      \`v1.4.2\` is being deployed to \`production\` now.

      **Who can resolve it:** Nobody: this goes on by itself
      **Next:** Deployments to one environment go one at a time; this one is next when that ends."
    `)
    expect(
      refusedAnswer({ kind: 'implementer', login: 'developer', version: 'v1.5.0', as: 'author', sha: null }),
    ).toMatchInlineSnapshot(`
      "Refused. developer is an implementer of \`v1.5.0\`: author of the pull request. Nobody signs off their own change.

      **Who can resolve it:** A promoter who wrote none of it
      **Next:** Ask one of them to comment the same."
    `)
  })

  it('give every reason a cause, a person and a next step', () => {
    const said = reasons.map((reason) => {
      const { cause, who, next } = explainPromotion(reason)
      expect([cause, who, next].every((sentence) => sentence.length > 0)).toBe(true)
      return `${reason.kind}: ${cause} (${who}) ${next}`
    })
    expect(said.join('\n')).toMatchInlineSnapshot(`
      "environment-unknown: There is no environment <code>&#96;prod&#96;&#124;&#60;x&#62;</code>. (You) Name one of \`staging\`, \`production\`.
      environment-unknown: There is no environment \`prod\`. (You) No environments are configured.
      environment-rush: \`box\` is a rush box: unmerged branches are tried out there, and it stands outside the order. (You) Name one of \`staging\`, \`production\`, or try a branch out by \`/waybill deploy box\`.
      environment-rush: \`box\` is a rush box: unmerged branches are tried out there, and it stands outside the order. (You) Try a branch out by \`/waybill deploy box\`.
      version-unknown: There is no version \`v9.9.9\` on this line. (You) The newest ones are \`v1.5.0\`.
      version-unknown: There is no version \`v9.9.9\` on this line. (You) Nothing was released yet.
      not-released: #7 has no version yet: a version is made when it is merged and its checks on the line are green. (The author) Merge it, or name a version that is released.
      older-than-live: \`v1.5.0\` is older than \`v1.6.0\`, which is live in \`production\`. (You) Promote a newer version.
      not-staged: \`v1.5.0\` was never deployed to \`staging\`. (Whoever runs the deployments) \`production\` takes only what succeeded in \`staging\`; ask again when it did.
      not-staged: The newest deployment of \`v1.5.0\` to \`staging\` ended with \`failure\`. (Whoever runs the deployments) \`production\` takes only what succeeded in \`staging\`; ask again when it did.
      staging-running: \`v1.5.0\` is still being deployed to \`staging\`. (Nobody: this goes on by itself) It goes to \`production\` when that succeeds.
      not-promoter: @​acme/all is not one of those who may promote to \`production\`. (\`@acme/analysts\`) Ask one of them to comment the same.
      promoters-unreadable: Whether you belong to \`@acme/analysts\` could not be read: GitHub answered 502. (An admin of the organisation, if it stays so) Nothing is decided until it can be read; Waybill tries again by itself.
      other-account: By \`anna\` the configuration means the account that had this login when it was first named there, and that was not you. (Somebody who may change the configuration) Take \`anna\` out of it, and when that is merged put it back: then it means you.
      implementer: developer is an implementer of \`v1.5.0\`: author of the pull request. Nobody signs off their own change. (A promoter who wrote none of it) Ask one of them to comment the same.
      implementer: developer is an implementer of \`v1.5.0\`: co-author of \`f00dfee\`. Nobody signs off their own change. (A promoter who wrote none of it) Ask one of them to comment the same.
      author-unknown: \`v1.5.0\` holds commits whose author belongs to no account: \`f00dfee who@example.com\`. Somebody unknown counts as an implementer. (A promoter who did not write it) Look at it, then comment \`/waybill accept v1.5.0 REASON\` and ask again.
      environment-busy: \`v1.4.2\` is being deployed to \`production\` now. (Nobody: this goes on by itself) Deployments to one environment go one at a time; this one is next when that ends.
      history-unknown: What \`v1.5.0\` would bring reaches further back than this line was read, so nobody can tell who wrote it. (A promoter who did not write it) Look at what it brings, then comment \`/waybill accept v1.5.0 REASON\` and ask again.
      not-promoter: analyst is not one of those who may promote to \`production\`. (Somebody who may change the configuration) It names nobody: put those who may under \`promoters\`, and comment again when that is merged.
      not-emergency: analyst is not one of those who may promote to \`production\` in an emergency. (Somebody who may change the configuration) Name somebody under \`emergency\`, or wait for what an ordinary promotion waits for.
      not-operator: outsider neither promotes to \`production\` nor has write access. (Anybody with write access) Ask one of them to comment the same.
      not-emergency: analyst is not one of those who may promote to \`production\` in an emergency. (\`admin\`) \`emergency\` in the configuration names them; ask one of them to comment the same.
      not-operator: outsider neither promotes to \`production\` nor has write access. (\`@acme/analysts\`, or anybody with write access) Ask one of them to comment the same.
      rejected: \`v1.5.0\` was rejected in \`production\` by analyst: errors @​all. A rejected version does not return. (The authors) Merge what repairs it; the version that carries the repair may go on.
      held: \`production\` is held by analyst: stock-taking. (A promoter who wrote none of what waits) It goes on when one of them comments \`/waybill unhold production\`.
      held: \`production\` was rolled back by analyst and is held: errors. (A promoter) Promote a newer version by hand, or comment \`/waybill unhold production\`.
      held: \`production\` is held: Waybill's database was empty when it found deployments of its own here, so holds and rejections may be forgotten. (A promoter who wrote none of what waits) Make sure that what is live is right, then comment \`/waybill unhold production\`.
      frozen: \`production\` is frozen: weekend. (Nobody before the freeze ends; in an emergency those whom the configuration names for it) It opens at 2026-01-04 21:00 UTC. Ask again then.
      frozen: \`production\` is frozen: always. (Nobody before the freeze ends; in an emergency those whom the configuration names for it) No end of the freeze is near; look at \`freeze\` in the configuration.
      soaking: \`v1.5.0\` has to be live in \`staging\` for 30m before it may go to \`production\`. (Nobody: this goes on by itself) It has been when it stays there until 2026-01-04 21:00 UTC.
      soak-broken: \`v1.5.0\` was not live in \`staging\` for 30m before another version took its place. (A promoter) Promote the version that is live there now, or bring this one back there first.
      live-is-soaking: \`v1.4.0\` is live in \`staging\` and soaks there for \`production\`. (Nobody: this goes on by itself) It may be replaced from 1970-01-01 00:00 UTC, or when it fails.
      sign-offs-missing: 2 promoters must agree on \`v1.5.0\` for \`production\`; so far \`analyst\` did. (\`@acme/analysts\`, those who wrote none of it) Another of them comments \`/waybill sign-off production v1.5.0\`; then it goes on by itself.
      not-judged: \`v1.4.0\` carries what reached this branch without a passing gate: #7, a direct push (\`f00dfee\`). (A promoter who did not write it) Look at it, then comment \`/waybill accept v1.4.0 REASON\` and ask again.
      environment-checks: \`production\` asks for checks on the commit of \`v1.5.0\`. Not reported yet: \`e2e\`. (Nobody, unless it stays so: then whoever keeps the build) Wait for it to report.
      nothing-before: No earlier version was live and good in \`production\`. (The authors) Merge a repair and promote that.
      never-good: \`v1.5.0\` was never live in \`production\` before, or was rejected. (You) Leave the version out: the last good one returns.
      never-good: \`v1.5.0\` is what would be taken away from \`production\`, so it can't be what returns. (You) Leave the version out: the last good one returns.
      nothing-failed: The newest deployment to \`production\`, of \`v1.5.0\`, has not failed. (Nobody) A retry repeats only what failed last.
      nothing-failed: Waybill knows of no deployment to \`production\`. (Nobody) A retry repeats only what failed last.
      nobody-promoted: What failed last in \`production\`, \`v1.5.0\`, was promoted by nobody: it was deployed past Waybill, or by policy. (A promoter) A retry rests on the word of whoever promoted it; comment \`/waybill promote production v1.5.0\`.
      not-held: \`production\` is not held. (Nobody) There is nothing to do.
      replaced: A newer request for \`production\` took its place. (Nobody) Follow the newer one.
      expired: It waited for seven days. (A promoter) Comment again if it is still wanted.
      comment-edited: The comment was edited. (You) Edited comments do not run; write a new one.
      comment-stale: The comment was more than 15 minutes old when Waybill could read it. (You) Comment again if it is still wanted.
      config-broken: The configuration \`.github/waybill.yml\` on this branch can't be used. (Somebody who may merge into this branch) Mend the file; the check on its pull request names the lines. Then comment again.
      not-configured: This branch has no Waybill configuration with environments. (An admin of this repository) Add \`environments\` to \`.github/waybill.yml\`.
      report-mode: This repository is in report mode: Waybill says what it would do, and deploys nothing. (An admin of this repository) Take \`mode: report\` out of the configuration, then comment again."
    `)
  })
})
