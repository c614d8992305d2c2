import { describe, expect, it } from 'vitest'
import type { LineSnapshot } from '../../src/model/line.ts'
import { configured, deployed, lineOf, merge, released, sha } from '../line-world.ts'
import { settle } from './settle.ts'

function ordersOf(line: LineSnapshot): readonly string[] {
  return settle(line).made.flatMap((effect) => {
    return effect.kind === 'create-deployment'
      ? [`${effect.claim.tag} to ${effect.claim.environment} #${effect.claim.attempt}`]
      : []
  })
}

const two = released(1, 2)
const merges = [merge(1, 'success'), merge(2, 'success')]
const staging = (tag: string, number: number) => ({ environment: 'staging', tag, number })

describe('automatic deployments', () => {
  it("E1: a published release goes to staging at once, at the tag's sha", () => {
    const { made } = settle(lineOf([merge(1, 'success')]))
    expect(made.map((effect) => effect.kind)).toEqual(['create-tag', 'publish-release', 'create-deployment'])
    expect(made.at(-1)).toMatchObject({
      sha: sha(1),
      claim: { environment: 'staging', tag: 'v0.1.0', attempt: 1, wish: null },
    })
  })

  it('E13: versions go one at a time, in order, and none is skipped', () => {
    expect(ordersOf(lineOf(merges, two))).toEqual(['v0.1.0 to staging #1'])
    const running = lineOf(merges, { ...two, deployments: [deployed(1, staging('v0.1.0', 1), 'in_progress')] })
    expect(ordersOf(running)).toEqual([])
    const free = lineOf(merges, { ...two, deployments: [deployed(1, staging('v0.1.0', 1), 'success')] })
    expect(ordersOf(free)).toEqual(['v0.1.1 to staging #1'])
  })

  it('E16: a failed deployment is not tried again by itself; the next version goes on', () => {
    const failed = lineOf(merges, { ...two, deployments: [deployed(1, staging('v0.1.0', 1), 'failure')] })
    expect(ordersOf(failed)).toEqual(['v0.1.1 to staging #1'])
    const last = lineOf(merges.slice(0, 1), {
      tags: two.tags.slice(0, 1),
      released: ['v0.1.0'],
      deployments: failed.deployments,
    })
    expect(ordersOf(last)).toEqual([])
  })

  it('E2: with `deploy: auto` production takes what succeeded in staging, and passes by what failed there', () => {
    const auto = configured({
      environments: [
        { name: 'staging', type: 'staging', deploy: 'auto' },
        { name: 'production', type: 'production', deploy: 'auto' },
      ],
    })
    const deployments = [deployed(2, staging('v0.1.1', 2), 'success'), deployed(1, staging('v0.1.0', 1), 'failure')]
    expect(ordersOf(lineOf(merges, { ...two, ...auto, deployments }))).toEqual(['v0.1.1 to production #1'])
    const pending = [deployed(2, staging('v0.1.1', 2), 'in_progress'), deployed(1, staging('v0.1.0', 1), 'failure')]
    expect(ordersOf(lineOf(merges, { ...two, ...auto, deployments: pending }))).toEqual([])
  })

  it('a success that GitHub made inactive still counts as a success', () => {
    const inactive = deployed(1, staging('v0.1.0', 1), 'inactive')
    const first = {
      ...inactive,
      statuses: [
        ...inactive.statuses,
        { id: 5, state: 'success' as const, at: 0, description: '', url: null, by: null },
      ],
    }
    const auto = configured({
      environments: [
        { name: 'staging', type: 'staging', deploy: 'auto' },
        { name: 'production', type: 'production', deploy: 'auto' },
      ],
    })
    const line = lineOf(merges, {
      ...two,
      ...auto,
      deployments: [deployed(2, staging('v0.1.1', 2), 'in_progress'), first],
    })
    expect(ordersOf(line)).toEqual(['v0.1.0 to production #1'])
  })

  it('an environment added later begins with the newest version', () => {
    const more = configured({
      environments: [
        { name: 'try', type: 'testing', deploy: 'auto' },
        { name: 'staging', type: 'staging', deploy: 'auto' },
      ],
    })
    const line = lineOf(merges, { ...two, ...more, deployments: [deployed(1, staging('v0.1.1', 2), 'success')] })
    expect(ordersOf(line)).toEqual(['v0.1.1 to try #1'])
  })
})
