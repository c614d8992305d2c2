import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createComment } from '../../../sandbox/github/acts/comment-pull.ts'
import { createDeployment } from '../../../sandbox/github/acts/deploy.ts'
import { mergePull } from '../../../sandbox/github/acts/merge-pull.ts'
import { branchesQuery, branchQuery, onBranchQuery } from '../../../src/github/branch-query.ts'
import { checksQuery } from '../../../src/github/checks-query.ts'
import { commitQuery } from '../../../src/github/commit-query.ts'
import { lineQuery } from '../../../src/github/line-query.ts'
import { headQuery, mergeableQuery, pullPageQuery, pullQuery } from '../../../src/github/pull-query.ts'
import { queueQuery } from '../../../src/github/queue-query.ts'
import { adoptionQuery } from '../../../src/github/read-adoption.ts'
import { sameHeadQuery } from '../../../src/github/read-same-head.ts'
import { refsQuery } from '../../../src/github/refs-query.ts'
import { teamsQuery } from '../../../src/github/teams-query.ts'
import { createGraphqlWorld, type GraphqlWorld } from './graphql-world.ts'

let world: GraphqlWorld
let oid: string
let comment: string

beforeAll(async () => {
  world = await createGraphqlWorld()
  const { state, repository, developer, waybill, push, open } = world
  await push('SHOP-1-first', { 'one.txt': 'one\n' }, 'Add one')
  const first = await open('SHOP-1-first')
  const order = { method: 'squash', sha: undefined, title: undefined, message: undefined, bypass: true } as const
  oid = await mergePull(state, first, { order, actor: developer })
  comment = createComment(state, first, { body: '/waybill status', actor: developer }).nodeId
  const about = { task: 'deploy', payload: {}, transient: false, production: false, description: undefined }
  createDeployment(state, repository, {
    wanted: { ...about, ref: oid, sha: oid, environment: 'staging' },
    actor: waybill,
  })
  await push('SHOP-2-second', { 'two.txt': 'two\n' }, 'Add two')
  await open('SHOP-2-second')
})

afterAll(() => world.close())

const everything = {
  head: true,
  history: true,
  tags: true,
  releases: true,
  comments: true,
  environments: 1,
  pulls: 1,
  writers: 1,
  teams: 1,
}

describe("Waybill's own queries", () => {
  it.each([
    ['WaybillBranch', branchQuery, () => ({ ref: 'refs/heads/SHOP-2-second', head: 'SHOP-2-second' })],
    ['WaybillBranches', branchesQuery, () => ({})],
    ['WaybillOnBranch', onBranchQuery, () => ({ ref: 'refs/heads/main', head: 'SHOP-2-second' })],
    ['WaybillChecks', checksQuery, () => ({ oid })],
    ['WaybillCommit', commitQuery, () => ({ oid, head: oid })],
    ['WaybillPull', pullQuery, () => ({ number: 2 })],
    ['WaybillHead', headQuery, () => ({ oid })],
    ['WaybillSameHead', sameHeadQuery, () => ({ oid })],
    ['WaybillPullPage', pullPageQuery, () => ({ number: 2 })],
    ['WaybillAdoption', adoptionQuery, () => ({ ref: 'refs/heads/main' })],
    ['WaybillQueue', queueQuery, () => ({ branch: 'main', ref: 'refs/heads/main' })],
    ['WaybillMergeable', mergeableQuery, () => ({ number: 2 })],
    ['WaybillRefs', refsQuery, () => ({ withPulls: true, withBranches: true, withLine: true, size: 50 })],
    ['WaybillTeams', teamsQuery(1), () => ({ org0: 'acme', slug0: 'analysts' })],
    [
      'WaybillLine',
      lineQuery(everything),
      () => ({
        ref: 'refs/heads/main',
        depth: 20,
        environment0: 'staging',
        manyReleases: 50,
        manyDeployments: 50,
        pull0: 2,
        app: 1,
        branch: 'main',
        comments: [comment],
        org0: 'acme',
        slug0: 'analysts',
        writer0: 'developer',
      }),
    ],
  ])('%s is answered whole, with the permissions of the manifest', async (_, query, variables) => {
    const answer = await world.ask(query, { owner: 'acme', name: 'shop', ...variables() })
    // The organisation has no defaults: that alone may be missing.
    expect(JSON.stringify(answer)).not.toMatch(/"path":\["(?!organisation")|"message":"Variable/)
    expect(answer).toHaveProperty('data')
  })
})
