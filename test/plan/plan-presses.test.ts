import { describe, expect, it } from 'vitest'
import { found, type Lookup } from '../../src/model/lookup.ts'
import { type Press, type PressSeen, promoteIdentifier } from '../../src/model/press.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { promoteButton } from '../../src/words/promote-button.ts'
import { analyst, deployed, lineOf, merge, noon, sha, wishOf } from '../line-world.ts'

const press: Press = { delivery: 'd-1', checkRun: 77, sha: sha(1), identifier: 'promote:production' }

function pressedOn(lookup: Lookup<PressSeen> | null, change: { readonly pull?: number; readonly heardAt?: number }) {
  const { wishes } = wishOf(analyst, '', { press, commentId: 0, commentNodeId: '', writtenAt: 0, ...change })
  return lineOf([merge(1, 'success')], {
    tags: [{ name: 'v0.1.0', sha: sha(1) }],
    released: ['v0.1.0'],
    deployments: [deployed(1, { environment: 'staging', tag: 'v0.1.0', number: 1 }, 'success')],
    wishes,
    comments: new Map(),
    presses: new Map(lookup === null ? [] : [[1, lookup]]),
  })
}

/** How long after now the record is read again that could not be read `age` after the press was heard of (ms). */
function askedAgainAfter(age: number): number {
  const line = pressedOn({ kind: 'unknown', cause: 'away' }, { heardAt: noon - age })
  const looks = planLine(line).flatMap((effect) => (effect.kind === 'look' && effect.at !== null ? [effect.at] : []))
  return Math.min(...looks) - line.now
}

function fateOf(lookup: Lookup<PressSeen> | null, change: { readonly pull?: number } = {}) {
  return planLine(pressedOn(lookup, change)).flatMap((effect): readonly string[] => {
    switch (effect.kind) {
      case 'create-deployment':
        return [`deploy ${effect.claim.tag} to ${effect.claim.environment} for ${effect.claim.by?.login}`]
      case 'settle-wish':
        return [effect.state]
      case 'answer-wish':
        return [effect.body.split('\n')[0] ?? '']
      case 'react':
        return ['reaction']
      default:
        return []
    }
  })
}

describe('a press of the button', () => {
  const { checkRun, identifier } = press
  const seen: PressSeen = { checkRun, sha: sha(1), identifier, senderId: analyst.id, repositoryId: 1, at: noon - 2000 }
  const own = wishOf(analyst, '').wishes[0]?.repositoryId ?? 0
  const right = { ...seen, repositoryId: own }

  it('promotes as a comment would, with nothing to react to', () => {
    expect(fateOf(found(right))).toEqual(['deploy v0.1.0 to production for analyst'])
  })

  it.each<[string, Partial<PressSeen>]>([
    ['another sender', { senderId: 4242 }],
    ['another check run', { checkRun: 78 }],
    ['another button', { identifier: 'promote:staging' }],
    ['another commit', { sha: sha(2) }],
    ['another repository', { repositoryId: own + 1 }],
  ])('is none where GitHub’s record tells of %s', (_what, change) => {
    expect(fateOf(found({ ...right, ...change }))).toEqual(['denied'])
  })

  it('is asked about again soon while it is fresh, and more seldom later', () => {
    expect([0, 10_000, 300_000].map(askedAgainAfter)).toEqual([2000, 5000, 30_000])
  })

  it('is none without a record, or on a merge of no pull request; waits while the record can’t be read', () => {
    expect(fateOf({ kind: 'absent' })).toEqual(['denied'])
    expect(fateOf(found(right), { pull: 0 })).toEqual(['denied'])
    expect(fateOf({ kind: 'unknown', cause: 'away' })).toEqual([])
    expect(fateOf(null)).toEqual([])
  })

  it('is refused when it is more than 15 minutes old when its record is first read', () => {
    expect(fateOf(found({ ...right, at: noon - 15 * 60_000 }))).toHaveLength(1)
    expect(fateOf(found({ ...right, at: noon - 15 * 60_000 - 1 }))).toEqual([
      'Refused. The button was pressed more than 15 minutes before Waybill could read of it.',
      'denied',
    ])
  })

  it('fits GitHub’s limits whatever the environment is called', () => {
    for (const name of ['prod', 'production', 'production-europe-west-and-more', '🚀'.repeat(30)]) {
      const { label, description, identifier: id } = promoteButton(name)
      expect([[...label].length <= 20, [...description].length <= 40, id.length <= 20]).toEqual([true, true, true])
      expect(id).toBe(promoteIdentifier(name))
    }
    expect(promoteIdentifier('production-a-1')).not.toBe(promoteIdentifier('production-a-2'))
  })
})
