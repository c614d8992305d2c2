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
  { kind: 'version-unknown', version: 'v9.9.9', known: ['v1.5.0'] },
  { kind: 'version-unknown', version: 'v9.9.9', known: [] },
  { kind: 'not-released', pull: 7 },
  { kind: 'older-than-live', ...named, live: 'v1.6.0' },
  { kind: 'not-staged', ...named, before: 'staging', state: null },
  { kind: 'not-staged', ...named, before: 'staging', state: 'failure' },
  { kind: 'staging-running', ...named, before: 'staging' },
  { kind: 'not-promoter', login: '@acme/all', environment: 'production', promoters: '@acme/analysts' },
  { kind: 'promoters-unreadable', team: '@acme/analysts', cause: 'GitHub answered 502' },
  { kind: 'implementer', login: 'developer', version: 'v1.5.0', as: 'author', sha: null },
  { kind: 'implementer', login: 'developer', version: 'v1.5.0', as: 'co-author', sha: 'f00dfeedf00d' },
  { kind: 'author-unknown', version: 'v1.5.0', commits: [{ sha: 'f00dfeedf00d', email: 'who@example.com' }] },
  { kind: 'environment-busy', environment: 'production', version: 'v1.4.2' },
  { kind: 'history-unknown', version: 'v1.5.0' },
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
      | \`/waybill promote ENVIRONMENT [VERSION]\` | deploys a released version; without a name, the one that carries this pull request | the environment's promoters who did not write it |
      | \`/waybill deploy RUSH-BOX\` | tries the head of this unmerged pull request out in an environment of \`kind: rush\`, on a lease | people with write access |
      | \`/waybill free RUSH-BOX\` | ends the lease: the line's newest version goes back there | people with write access |
      | \`/waybill recheck\` | reads and judges this pull request again, as the button “Re-check” does | everybody |
      | \`/waybill help\` | shows this table | everybody |"
    `)
    expect(unknownCommandAnswer('@team <b>')).toContain('There is no command')
    expect(incompleteCommandAnswer('promote')).toMatchInlineSnapshot(
      `"That is not all \`promote\` needs. It is written \`/waybill promote ENVIRONMENT [VERSION]\`."`,
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
      version-unknown: There is no version \`v9.9.9\` on this line. (You) The newest ones are \`v1.5.0\`.
      version-unknown: There is no version \`v9.9.9\` on this line. (You) Nothing was released yet.
      not-released: #7 has no version yet: a version is made when it is merged and its checks on the line are green. (The author) Merge it, or name a version that is released.
      older-than-live: \`v1.5.0\` is older than \`v1.6.0\`, which is live in \`production\`. (You) Promote a newer version.
      not-staged: \`v1.5.0\` was never deployed to \`staging\`. (Whoever runs the deployments) \`production\` takes only what succeeded in \`staging\`; ask again when it did.
      not-staged: The newest deployment of \`v1.5.0\` to \`staging\` ended with \`failure\`. (Whoever runs the deployments) \`production\` takes only what succeeded in \`staging\`; ask again when it did.
      staging-running: \`v1.5.0\` is still being deployed to \`staging\`. (Nobody: this goes on by itself) It goes to \`production\` when that succeeds.
      not-promoter: @​acme/all is not one of those who may promote to \`production\`. (\`@acme/analysts\`) Ask one of them to comment the same.
      promoters-unreadable: Whether you belong to \`@acme/analysts\` could not be read: GitHub answered 502. (An admin of the organisation, if it stays so) Nothing is decided until it can be read; Waybill tries again by itself.
      implementer: developer is an implementer of \`v1.5.0\`: author of the pull request. Nobody signs off their own change. (A promoter who wrote none of it) Ask one of them to comment the same.
      implementer: developer is an implementer of \`v1.5.0\`: co-author of \`f00dfee\`. Nobody signs off their own change. (A promoter who wrote none of it) Ask one of them to comment the same.
      author-unknown: \`v1.5.0\` holds commits whose author belongs to no account: \`f00dfee who@example.com\`. Somebody unknown counts as an implementer. (An admin of this repository) Give that e-mail to an account on GitHub, then comment again.
      environment-busy: \`v1.4.2\` is being deployed to \`production\` now. (Nobody: this goes on by itself) Deployments to one environment go one at a time; this one is next when that ends.
      history-unknown: What \`v1.5.0\` would bring reaches further back than this line was read, so nobody can tell who wrote it. (A promoter) Promote an older version first.
      replaced: A newer request for \`production\` took its place. (Nobody) Follow the newer one.
      expired: It waited for seven days. (A promoter) Comment again if it is still wanted.
      comment-edited: The comment was edited. (You) Edited comments do not run; write a new one.
      comment-stale: The comment was more than 15 minutes old when Waybill first heard of it. (You) Comment again if it is still wanted.
      config-broken: The configuration \`.github/waybill.yml\` on this branch can't be used. (Somebody who may merge into this branch) Mend the file; the check on its pull request names the lines. Then comment again.
      not-configured: This branch has no Waybill configuration with environments. (An admin of this repository) Add \`environments\` to \`.github/waybill.yml\`.
      report-mode: This repository is in report mode: Waybill says what it would do, and deploys nothing. (An admin of this repository) Take \`mode: report\` out of the configuration, then comment again."
    `)
  })
})
