import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/model/effect.ts'
import type { LineSnapshot } from '../../src/model/line.ts'
import { analyst, configured, deployed, lineOf, merge, pullOf, sha, wishOf } from '../line-world.ts'
import { settle } from './settle.ts'

const one = { tags: [{ name: 'v0.1.0', sha: sha(1) }], released: ['v0.1.0'] }
const staged = deployed(1, { environment: 'staging', tag: 'v0.1.0', number: 1 }, 'success')

function calls(line: LineSnapshot): readonly (Effect & { kind: 'call-people' })[] {
  return settle(line).said.filter((effect) => effect.kind === 'call-people')
}

describe('a comment that calls people', () => {
  it('is written once when a version is ready for them, and not while something is in its way', () => {
    const line = lineOf([merge(1, 'success')], { ...one, deployments: [staged] })
    expect(calls(line)).toMatchObject([{ key: 'turn:ready:production:v0.1.0', pull: 1 }])
    expect(calls(line)[0]?.body).toContain('@acme/analysts: `v0.1.0` is ready for `production`')
    expect(calls(settle(line).line)).toEqual([])
    const unjudged = [merge(1, 'success', { pull: pullOf(1, { gate: 'failure' }) })]
    expect(calls(lineOf(unjudged, { ...one, deployments: [staged] }))).toEqual([])
    const soaking = configured({
      environments: [
        { name: 'staging', type: 'staging', deploy: 'auto' },
        { name: 'production', type: 'production', promoters: ['@acme/analysts'], soak: '1d' },
      ],
    })
    const waits = lineOf([merge(1, 'success')], { ...one, ...soaking, deployments: [staged] })
    expect(calls(waits)).toEqual([])
    expect(settle(waits).said.some((effect) => effect.kind === 'look' && (effect.at ?? 0) > waits.now)).toBe(true)
  })

  it('calls the author when staging failed, and whoever promoted when production did', () => {
    const failed = deployed(1, { environment: 'staging', tag: 'v0.1.0', number: 1 }, 'failure')
    expect(calls(lineOf([merge(1, 'success')], { ...one, deployments: [failed] }))[0]?.body).toContain('@developer:')
    const claim = {
      environment: 'production',
      tag: 'v0.1.0',
      attempt: 1,
      wish: 4,
      by: analyst,
      as: 'promotion',
      retries: null,
    } as const
    const production = { ...deployed(2, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'error'), claim }
    expect(calls(lineOf([merge(1, 'success')], { ...one, deployments: [production, staged] }))[0]?.body).toContain(
      '@analyst: the deployment of `v0.1.0` to `production` failed',
    )
  })

  it('tells the authors of what was rolled back, on their pull requests', () => {
    const two = { tags: [...one.tags, { name: 'v0.1.1', sha: sha(2) }], released: ['v0.1.0', 'v0.1.1'] }
    const live = [
      deployed(4, { environment: 'production', tag: 'v0.1.1', number: 2 }, 'success'),
      deployed(3, { environment: 'production', tag: 'v0.1.0', number: 1 }, 'success'),
    ]
    const staging = [deployed(2, { environment: 'staging', tag: 'v0.1.1', number: 2 }, 'success'), staged]
    const line = lineOf([merge(1, 'success'), merge(2, 'success')], {
      ...two,
      deployments: [...live, ...staging],
      ...wishOf(analyst, '/waybill rollback production errors'),
    })
    const { said } = settle(line)
    expect(said.find((effect) => effect.kind === 'call-people')).toMatchObject({ pull: 2 })
    const living = said.find((effect) => effect.kind === 'say-on-pull' && effect.pull === 2)
    expect(living).toMatchObject({ body: expect.stringContaining('rolled back by analyst: errors') })
  })
})
