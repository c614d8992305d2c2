import type { Report, ReportedRepository } from '../../src/model/report.ts'

/** Reports as the plans make them, with what a test cares about changed. */
export const repository: ReportedRepository = { id: 987, fullName: 'acme/shop', url: 'https://github.com/acme/shop' }
export const sha = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e'
const at = Date.parse('2026-02-03T10:00:00Z')

type BodyOf<K extends Report['body']['kind']> = Extract<Report['body'], { readonly kind: K }>
type Common = { readonly issueKeys?: readonly string[]; readonly sequence?: number }

export function branchReport(change: Partial<BodyOf<'branch'>['branch']> = {}, common: Common = {}): Report {
  const author = { name: 'Ada', email: 'ada@example.com' }
  const branch = {
    name: 'SHOP-7-gift-cards',
    commit: { sha, message: 'SHOP-7 gift cards', author, at },
    earlier: [],
    ...change,
  }
  return { key: `branch:987:${branch.name}`, ...told(common), body: { kind: 'branch', repository, branch } }
}

export function pullReport(change: Partial<BodyOf<'pull'>['pull']> = {}, common: Common = {}): Report {
  const pull = {
    number: 57,
    title: 'SHOP-7 Gift cards',
    url: 'https://github.com/acme/shop/pull/57',
    status: 'OPEN' as const,
    author: 'ada',
    branch: 'SHOP-7-gift-cards',
    base: 'main',
    updatedAt: at,
    reviewers: [{ name: 'grace', approved: true }],
    ...change,
  }
  return { key: `pull:987:${pull.number}`, ...told(common), body: { kind: 'pull', repository, pull } }
}

export function buildReport(change: Partial<BodyOf<'build'>['build']> = {}, common: Common = {}): Report {
  const build = {
    pipeline: '987:15368:build',
    number: 41,
    name: 'build',
    url: 'https://github.com/acme/shop/actions/runs/41',
    state: 'successful' as const,
    sha,
    branch: 'SHOP-7-gift-cards',
    at,
    tests: null,
    ...change,
  }
  return { key: `build:${build.pipeline}:${build.number}`, ...told(common), body: { kind: 'build', repository, build } }
}

export function deploymentReport(
  change: Partial<BodyOf<'deployment'>['deployment']> = {},
  common: Common = {},
): Report {
  const deployment = {
    number: 5,
    version: 'v1.4.0',
    sha,
    environment: 'staging',
    type: 'staging' as const,
    state: 'successful' as const,
    description: 'v1.4.0 to staging',
    url: 'https://github.com/acme/shop/actions/runs/42',
    releaseUrl: 'https://github.com/acme/shop/releases/tag/v1.4.0',
    at,
    ...change,
  }
  const key = `deployment:987:${deployment.number}`
  return { key, ...told(common), body: { kind: 'deployment', repository, deployment } }
}

function told({ issueKeys = ['SHOP-7'], sequence = 1 }: Common) {
  return { issueKeys, sequence, sending: 'normal' as const }
}
