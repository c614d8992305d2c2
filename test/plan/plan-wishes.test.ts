import { describe, expect, it } from 'vitest'
import type { LineSnapshot } from '../../src/model/line.ts'
import { found, unknown } from '../../src/model/lookup.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import {
  analyst,
  configured,
  deployed,
  developer,
  lineOf,
  merge,
  noon,
  pullOf,
  repository,
  reviewer,
  sha,
  wishOf,
} from '../line-world.ts'
import { settle } from './settle.ts'

const released = { tags: [{ name: 'v0.1.0', sha: sha(1) }], released: ['v0.1.0'] }
const staged = {
  ...released,
  deployments: [deployed(1, { environment: 'staging', tag: 'v0.1.0', number: 1 }, 'success')],
}
const merges = [merge(1, 'success')]

/** What became of the wish: its end, the reaction, and the first line of the answer. */
function fateOf(line: LineSnapshot) {
  const { made, said, line: after } = settle(line)
  const orders = made.flatMap((effect) =>
    effect.kind === 'create-deployment' ? [`${effect.claim.tag} to ${effect.claim.environment}`] : [],
  )
  const reactions = said.flatMap((effect) =>
    effect.kind === 'react' && effect.reaction !== 'eyes' ? [effect.reaction] : [],
  )
  const answers = said.flatMap((effect) => (effect.kind === 'answer-wish' ? [effect.body.split('\n')[0]] : []))
  return { orders, reactions, answers, state: after.wishes[0]?.state }
}

describe('promote', () => {
  it('by a promoter who wrote none of it deploys the very same sha, on the record', () => {
    const line = lineOf(merges, { ...staged, ...wishOf(analyst, '/waybill promote production') })
    expect(fateOf(line)).toEqual({
      orders: ['v0.1.0 to production'],
      reactions: ['rocket'],
      answers: ['`v0.1.0` goes to `production`, as analyst asked. The comment above follows it.'],
      state: 'done',
    })
    expect(settle(line).made[0]).toMatchObject({
      sha: sha(1),
      claim: { wish: 1, by: { id: analyst.id, login: 'analyst' } },
      approval: { version: 'v0.1.0', environment: 'production', sha: sha(1) },
    })
  })

  it.each([
    ['author of the pull request', developer, {}, 'author of the pull request'],
    ['commit author', analyst, { author: { kind: 'account', account: analyst } }, 'author of `head1`'],
    ['committer', analyst, { committer: { kind: 'account', account: analyst } }, 'committer of `head1`'],
    ['co-author', analyst, { coAuthors: [{ kind: 'account', account: analyst }] }, 'co-author of `head1`'],
  ] as const)('E5: by the %s is refused, as implementer', (_name, by, change, role) => {
    const commit = {
      sha: 'head1',
      headline: 'x',
      author: { kind: 'account', account: developer },
      committer: null,
      coAuthors: [],
      parents: [],
      ...change,
    } as const
    const world = [merge(1, 'success', { pull: pullOf(1, { commits: [commit] }) })]
    const fate = fateOf(lineOf(world, { ...staged, ...wishOf(by, '/waybill promote production') }))
    expect(fate).toMatchObject({ orders: [], reactions: ['-1'], state: 'denied' })
    expect(fate.answers[0]).toContain(`is an implementer of \`v0.1.0\`: ${role}`)
  })

  it('E6: by somebody who is no promoter is refused; an unreadable membership waits and approves nothing', () => {
    const asked = wishOf(reviewer, '/waybill promote production')
    const refused = fateOf(lineOf(merges, { ...staged, ...asked }))
    expect(refused).toMatchObject({ orders: [], reactions: ['-1'], state: 'denied' })
    expect(refused.answers[0]).toContain('reviewer is not one of those who may promote')
    const members = new Map([['@acme/analysts', unknown('GitHub answered 502')]])
    const waits = fateOf(lineOf(merges, { ...staged, ...wishOf(analyst, '/waybill promote production'), members }))
    expect(waits).toMatchObject({ orders: [], reactions: [], state: 'accepted' })
  })

  it('E3, E4: denied when staging failed or never ran, waits while it runs', () => {
    const asked = wishOf(analyst, '/waybill promote production')
    expect(
      fateOf(
        lineOf(merges, {
          ...released,
          ...asked,
          deployments: [deployed(1, { environment: 'staging', tag: 'v0.1.0', number: 1 }, 'failure')],
        }),
      ),
    ).toMatchObject({ orders: [], state: 'denied' })
    expect(
      fateOf(
        lineOf(merges, {
          ...released,
          ...asked,
          deployments: [deployed(1, { environment: 'staging', tag: 'v0.1.0', number: 1 }, 'in_progress')],
        }),
      ),
    ).toMatchObject({ orders: [], state: 'accepted' })
  })

  it('E7, X37: an unknown author counts as an implementer', () => {
    const commit = {
      sha: 'head1',
      headline: 'x',
      author: { kind: 'stranger', name: 'Who', email: 'who@example.com' },
      committer: null,
      coAuthors: [],
      parents: [],
    } as const
    const line = lineOf([merge(1, 'success', { pull: pullOf(1, { commits: [commit] }) })], {
      ...staged,
      ...wishOf(analyst, '/waybill promote production'),
    })
    expect(fateOf(line)).toMatchObject({ orders: [], state: 'denied' })
    const cut = lineOf([merge(1, 'success', { pull: pullOf(1, { commits: null }) })], {
      ...staged,
      ...wishOf(analyst, '/waybill promote production'),
    })
    expect(fateOf(cut)).toMatchObject({ orders: [], state: 'denied' })
  })

  it('E26: the implementers of everything a promotion ships count', () => {
    const own = {
      sha: 'head1',
      headline: 'x',
      author: { kind: 'account', account: analyst },
      committer: null,
      coAuthors: [],
      parents: [],
    } as const
    const both = [merge(1, 'success', { pull: pullOf(1, { commits: [own] }) }), merge(2, 'success')]
    const world = {
      tags: [
        { name: 'v0.1.0', sha: sha(1) },
        { name: 'v0.1.1', sha: sha(2) },
      ],
      released: ['v0.1.0', 'v0.1.1'],
      deployments: [
        deployed(2, { environment: 'staging', tag: 'v0.1.1', number: 2 }, 'success'),
        deployed(1, { environment: 'staging', tag: 'v0.1.0', number: 1 }, 'success'),
      ],
      ...wishOf(analyst, '/waybill promote production v0.1.1', { pull: 2 }),
    }
    expect(fateOf(lineOf(both, world))).toMatchObject({ orders: [], state: 'denied' })
    const live = {
      ...world,
      deployments: [
        deployed(3, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'success'),
        ...world.deployments,
      ],
    }
    expect(fateOf(lineOf(both, live))).toMatchObject({ orders: ['v0.1.1 to production'], state: 'done' })
  })

  it('E12: waits while another deployment to production runs, and goes on when it is over', () => {
    const both = [merge(1, 'success'), merge(2, 'success')]
    const world = {
      tags: [
        { name: 'v0.1.0', sha: sha(1) },
        { name: 'v0.1.1', sha: sha(2) },
      ],
      released: ['v0.1.0', 'v0.1.1'],
      ...wishOf(analyst, '/waybill promote production 0.1.1', { pull: 1 }),
    }
    const stagings = [
      deployed(2, { environment: 'staging', tag: 'v0.1.1', number: 2 }, 'success'),
      deployed(1, { environment: 'staging', tag: 'v0.1.0', number: 1 }, 'success'),
    ]
    const busy = [deployed(3, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'in_progress'), ...stagings]
    const waiting = settle(lineOf(both, { ...world, deployments: busy }))
    expect(waiting.line.wishes[0]).toMatchObject({
      state: 'accepted',
      command: { kind: 'promote', environment: 'production' },
    })
    const free = [deployed(3, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'success'), ...stagings]
    const after = fateOf({ ...waiting.line, deployments: free, comments: new Map() })
    expect(after).toMatchObject({ orders: ['v0.1.1 to production'], state: 'done' })
  })

  it('E25: asked twice makes one deployment; a version already live is said to be there', () => {
    const first = wishOf(analyst, '/waybill promote production')
    const second = wishOf(analyst, '/waybill promote production', { id: 2, commentId: 901 })
    const line = lineOf(merges, {
      ...staged,
      wishes: [...first.wishes, ...second.wishes],
      comments: new Map([...first.comments, ...second.comments]),
    })
    expect(fateOf(line).orders).toEqual(['v0.1.0 to production'])
    const live = [
      deployed(3, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'success'),
      ...staged.deployments,
    ]
    expect(fateOf(lineOf(merges, { ...staged, deployments: live, ...first }))).toEqual({
      orders: [],
      reactions: ['rocket'],
      answers: ['`v0.1.0` is live in `production` already: there is nothing to do.'],
      state: 'done',
    })
  })

  it('E28, E35: unknown environments, versions and commands are answered with what is possible', () => {
    const ask = (body: string, change = {}) => fateOf(lineOf(merges, { ...staged, ...wishOf(analyst, body, change) }))
    expect(ask('/waybill promote prod-typo').answers[0]).toBe('Refused. There is no environment `prod-typo`.')
    expect(ask('/waybill promote production v9.9.9').answers[0]).toBe(
      'Refused. There is no version `v9.9.9` on this line.',
    )
    expect(ask('/waybill promote production', { pull: 77 }).answers[0]).toContain('#77 has no version yet')
    expect(ask('/waybill frobnicate').answers[0]).toBe('There is no command `frobnicate`. What Waybill understands:')
    expect(ask('/waybill help')).toMatchObject({ reactions: ['rocket'], state: 'done' })
  })

  it('recheck looks at the pull request again, once, whoever asks, and in report mode too', () => {
    for (const by of [analyst, developer]) {
      const line = lineOf(merges, { ...staged, ...wishOf(by, '/waybill recheck') })
      expect(fateOf(line)).toMatchObject({ orders: [], reactions: ['rocket'], state: 'done' })
      expect(fateOf(line).answers).toHaveLength(1)
      const looks = settle(line).said.filter((effect) => effect.kind === 'look' && effect.ref.kind === 'pull')
      expect(looks).toEqual([{ kind: 'look', ref: { kind: 'pull', repository, number: 1 }, at: null }])
    }
    const reported = lineOf(merges, { ...staged, ...wishOf(analyst, '/waybill recheck'), config: { kind: 'absent' } })
    expect(fateOf(reported)).toMatchObject({ reactions: ['rocket'], state: 'done' })
  })

  it('X8, X33: a stale, edited, foreign or deleted comment is not run', () => {
    const asked = wishOf(analyst, '/waybill promote production')
    const edited = new Map([
      [900, found({ commentId: 900, body: '/waybill promote production', authorId: analyst.id, edited: true })],
    ])
    const foreign = new Map([
      [900, found({ commentId: 900, body: '/waybill promote production', authorId: developer.id, edited: false })],
    ])
    expect(fateOf(lineOf(merges, { ...staged, ...asked, comments: edited }))).toMatchObject({
      orders: [],
      state: 'denied',
    })
    expect(fateOf(lineOf(merges, { ...staged, ...asked, comments: foreign }))).toMatchObject({
      orders: [],
      answers: [],
      state: 'denied',
    })
    expect(
      fateOf(lineOf(merges, { ...staged, ...asked, comments: new Map([[900, { kind: 'absent' }]]) })),
    ).toMatchObject({ orders: [], answers: [], state: 'denied' })
    expect(fateOf(lineOf(merges, { ...staged, ...asked, comments: new Map() }))).toMatchObject({
      orders: [],
      answers: [],
      state: 'asked',
    })
    const late = wishOf(analyst, '/waybill promote production', { writtenAt: noon - 16 * 60_000, heardAt: noon })
    expect(fateOf(lineOf(merges, { ...staged, ...late }))).toMatchObject({ orders: [], state: 'denied' })
  })

  it('X8: what could not be read in time is refused; what an earlier pass had begun is brought to its end', () => {
    const late = wishOf(analyst, '/waybill promote production', {
      writtenAt: noon - 16 * 60_000,
      heardAt: noon - 960_000,
    })
    expect(fateOf(lineOf(merges, { ...staged, ...late }))).toMatchObject({ orders: [], state: 'denied' })
    const carried = deployed(2, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'success')
    const begun = { ...carried, claim: carried.claim && { ...carried.claim, wish: 1 } }
    const line = lineOf(merges, { ...staged, ...late, deployments: [begun, ...staged.deployments] })
    expect(fateOf(line)).toMatchObject({ orders: [], reactions: ['rocket'], state: 'done' })
  })

  it('in report mode a command is refused at once, and not obeyed when the mode changes later', () => {
    const asked = wishOf(analyst, '/waybill promote production')
    const report = lineOf(merges, { ...staged, ...asked, ...configured({ mode: 'report' }) })
    expect(fateOf(report)).toMatchObject({ orders: [], reactions: ['-1'], state: 'denied' })
  })

  it('E25: a second request for what is on its way is told so, and does not deploy again when that fails', () => {
    const running = [
      deployed(3, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'in_progress'),
      ...staged.deployments,
    ]
    const line = lineOf(merges, { ...staged, deployments: running, ...wishOf(analyst, '/waybill promote production') })
    expect(fateOf(line)).toMatchObject({ orders: [], reactions: ['rocket'], state: 'done' })
  })

  it('E22: what somebody deployed from elsewhere does not stand in the way of the next promotion', () => {
    const foreign = { ...deployed(9, { environment: 'production', tag: 'other', number: 99 }, 'success'), claim: null }
    const line = lineOf(merges, {
      ...staged,
      deployments: [foreign, ...staged.deployments],
      ...wishOf(analyst, '/waybill promote production'),
    })
    expect(fateOf(line)).toMatchObject({ orders: ['v0.1.0 to production'], state: 'done' })
  })

  it('a broken configuration promotes nothing and says so', () => {
    const line = lineOf(merges, {
      ...staged,
      ...wishOf(analyst, '/waybill promote production'),
      config: { kind: 'broken', path: '.github/waybill.yml', problems: [] },
    })
    expect(fateOf(line)).toMatchObject({ orders: [], state: 'denied' })
  })

  it('writes every refusal and every promotion down first', () => {
    const refused = settle(lineOf(merges, { ...staged, ...wishOf(developer, '/waybill promote production') })).said
    const audit = refused.find((effect) => effect.kind === 'audit')
    expect(audit?.entry).toMatchObject({
      action: 'refuse',
      actor: { login: 'developer' },
      environment: 'production',
      reason: 'implementer',
    })
    expect(refused.findIndex((effect) => effect.kind === 'audit')).toBeLessThan(
      refused.findIndex((effect) => effect.kind === 'answer-wish'),
    )
    expect(repository.id).toBe(100)
  })

  it('writes a promotion down once, and a later one of the same version too, whose first record somebody deleted', () => {
    const keyOf = (id: number) => {
      const asked = wishOf(analyst, '/waybill promote production', { id })
      const plan = planLine(lineOf(merges, { ...staged, ...asked }))
      return plan.flatMap((effect) =>
        effect.kind === 'audit' && effect.entry.action === 'promote' ? [effect.entry.key] : [],
      )
    }
    expect(keyOf(1)).toEqual(keyOf(1))
    expect(new Set([...keyOf(1), ...keyOf(2)]).size).toBe(2)
  })
})
