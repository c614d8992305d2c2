import { describe, expect, it } from 'vitest'
import { artifactOf } from '../../src/model/artifact.ts'
import type { Deployment, DeploymentState } from '../../src/model/deployment.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { analyst, deployed, lineOf, merge, noon, sha, wishOf } from '../line-world.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`

function saying(id: number, description: string, state: DeploymentState = 'success'): Deployment {
  const one = deployed(id, { environment: 'staging', tag: 'v0.1.0', number: 1 }, state)
  return { ...one, statuses: [{ id, state, at: noon, description, url: null, by: null }] }
}

describe('what was built of a commit', () => {
  it.each<[string, readonly Deployment[], string | null]>([
    ['the digest of the newest success', [saying(2, digest('b')), saying(1, digest('a'))], digest('b')],
    ['among other words', [saying(1, `built ${digest('a')} in 3 min`)], digest('a')],
    ['of no failure', [saying(2, digest('b'), 'failure'), saying(1, digest('a'))], digest('a')],
    [
      'none where it is shorter, or longer',
      [saying(1, `sha256:${'a'.repeat(63)}`), saying(2, `${digest('a')}a`)],
      null,
    ],
    ['of no other commit', [{ ...saying(1, digest('a')), sha: sha(2) }], null],
  ])('is %s', (_name, deployments, expected) => {
    expect(artifactOf(deployments, sha(1))).toBe(expected)
  })

  it('goes on to the next environment', () => {
    const line = lineOf([merge(1, 'success')], {
      tags: [{ name: 'v0.1.0', sha: sha(1) }],
      released: ['v0.1.0'],
      deployments: [saying(1, digest('a'))],
      ...wishOf(analyst, '/waybill promote production'),
    })
    const [order] = planLine(line).filter((effect) => effect.kind === 'create-deployment')
    expect(order).toMatchObject({ claim: { environment: 'production' }, artifact: digest('a') })
  })
})
