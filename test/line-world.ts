import type { Account } from '../src/model/account.ts'
import type { Check, CheckState, Checks } from '../src/model/check.ts'
import { type Config, configSchema } from '../src/model/config-schema.ts'
import type { Decision } from '../src/model/decision.ts'
import type { Deployment, DeploymentState } from '../src/model/deployment.ts'
import type { LineCommit, LineSnapshot, MergedPull, PullBeside } from '../src/model/line.ts'
import { found, type Lookup } from '../src/model/lookup.ts'
import type { Wish } from '../src/model/wish.ts'

/** Values of the world a line test lives in. Time is 2026-01-02T00:00Z and the merges are older than the lag. */
export const noon = Date.UTC(2026, 0, 2)

export const developer: Account = { id: 11, login: 'developer', kind: 'user' }
export const reviewer: Account = { id: 12, login: 'reviewer', kind: 'user' }
export const analyst: Account = { id: 13, login: 'analyst', kind: 'user' }

/** Whom the configuration means by their logins. */
const byLogin = [developer, reviewer, analyst].map(({ login, id }) => [login, found([id])] as const)

export const repository = { installationId: 1, id: 100, owner: 'acme', name: 'shop' }

export function shopConfig(change: object = {}): Config {
  return configSchema.parse({
    version: 1,
    issues: { projects: ['SHOP'] },
    merge: { settle: '0s' },
    release: {},
    environments: [
      { name: 'staging', type: 'staging', deploy: 'auto' },
      { name: 'production', type: 'production', deploy: 'manual', promoters: ['@acme/analysts'] },
    ],
    ...change,
  })
}

export function build(state: CheckState, name = 'build'): Check {
  return {
    kind: 'run',
    id: 1,
    name,
    app: { id: 7, slug: 'ci' },
    by: 'app',
    state,
    word: state,
    url: `https://ci.example/${name}`,
    suiteId: 1,
    workflowEvent: null,
    workflowId: null,
    startedAt: noon - 1000,
  }
}

export function checksOf(...checks: readonly Check[]): Lookup<Checks> {
  return found({ checks, suites: [] })
}

export function pullOf(number: number, change: Partial<MergedPull> = {}): MergedPull {
  return {
    number,
    title: `SHOP-${number} change ${number}`,
    url: `https://github.example/acme/shop/pull/${number}`,
    branch: `SHOP-${number}-change`,
    author: developer,
    headSha: `head${number}`,
    labels: [],
    assignees: [],
    gate: 'success',
    commits: [
      {
        sha: `head${number}`,
        headline: 'change',
        author: { kind: 'account', account: developer },
        committer: null,
        coAuthors: [],
        parents: [],
      },
    ],
    approvers: [reviewer],
    createdAt: noon - 7_200_000,
    updatedAt: noon - 3_600_000 + number,
    mergedAt: noon - 3_600_000 + number * 1000,
    ...change,
  }
}

export function merge(number: number, state: CheckState | null, change: Partial<LineCommit> = {}): LineCommit {
  return {
    sha: sha(number),
    headline: `SHOP-${number} change ${number}`,
    author: { kind: 'account', account: developer },
    committer: null,
    coAuthors: [],
    parents: [],
    committedAt: noon - 3_600_000 + number * 1000,
    pull: pullOf(number),
    brought: [],
    checks: state === null ? checksOf() : checksOf(build(state)),
    posted: [],
    ...change,
  }
}

/** The database knows the line. */
export const begun: Decision = { key: 'begin', wish: null, by: null, at: 0, what: { kind: 'begin' } }

/** A line whose merges are given oldest first. */
export function lineOf(
  merges: readonly LineCommit[],
  change: Partial<LineSnapshot> & { readonly config?: LineSnapshot['config'] } = {},
): LineSnapshot {
  const file = { path: '.github/waybill.yml', sha: 'c0ffee', problems: [] }
  const config = change.config ?? { kind: 'valid' as const, config: shopConfig(), ...file }
  return {
    ref: { kind: 'line', repository, branch: 'main' },
    repositoryUrl: 'https://github.example/acme/shop',
    defaultBranch: 'main',
    config,
    configBefore: config.kind === 'valid' ? { kind: 'line', config: config.config, mark: '' } : null,
    defaultsFile: null,
    headSha: merges.at(-1)?.sha ?? 'root',
    openPulls: [],
    commits: merges.toReversed(),
    walk: 'adoption',
    tags: [],
    below: new Set(),
    released: [],
    deployments: [],
    pulls: new Map(),
    comments: new Map(),
    pushes: new Map([developer, reviewer, analyst].map(({ id }) => [id, found([])])),
    comparisons: new Map(),
    members: new Map([['@acme/analysts', found([analyst.id])], ...byLogin]),
    writers: found([developer.id, reviewer.id, analyst.id]),
    now: noon,
    wishes: [],
    presses: new Map(),
    decisions: [begun],
    madeTags: [],
    reporting: new Map(byLogin),
    issues: new Map(),
    told: new Map(),
    jira: [],
    unfinished: [],
    actsRefused: [],
    types: new Map(),
    voids: new Set(),
    required: found([]),
    seenAt: new Map(),
    standing: null,
    refused: new Map(),
    sealedBefore: false,
    ...change,
  }
}

/** The versions of these merges: `v0.1.0` of the first, `v0.1.1` of the second. */
export function released(...numbers: readonly number[]): Pick<LineSnapshot, 'tags' | 'released'> {
  const names = numbers.map((number) => `v0.1.${number - 1}`)
  return { tags: names.map((name, at) => ({ name, sha: sha(numbers[at] ?? 0) })), released: names }
}

/** That version in an environment, for `deployed`. */
export function versionIn(environment: string, number: number) {
  return { environment, tag: `v0.1.${number - 1}`, number }
}

/** A pull request that is not merged. */
export function openPull(number: number, change: Partial<PullBeside> = {}): PullBeside {
  return {
    number,
    title: `SHOP-${number} try`,
    url: `https://github.example/acme/shop/pull/${number}`,
    author: developer,
    branch: `SHOP-${number}-try`,
    headSha: sha(number),
    isFork: false,
    state: 'open',
    checks: checksOf(build('success')),
    gate: null,
    ...change,
  }
}

export function configured(change: object): Pick<LineSnapshot, 'config'> {
  return {
    config: { kind: 'valid', config: shopConfig(change), path: '.github/waybill.yml', sha: 'c0ffee', problems: [] },
  }
}

export function deployed(
  id: number,
  to: { readonly environment: string; readonly tag: string; readonly number: number },
  state: DeploymentState | null,
): Deployment {
  return {
    id,
    environment: to.environment,
    tag: to.tag,
    sha: sha(to.number),
    createdAt: noon - 60_000,
    creator: null,
    claim: {
      environment: to.environment,
      tag: to.tag,
      attempt: 1,
      wish: null,
      by: null,
      as: 'promotion',
      retries: null,
    },
    statuses: state === null ? [] : [{ id: id * 10, state, at: noon - 30_000, description: '', url: null, by: null }],
    numbered: true,
  }
}

export function wishOf(by: Account, body: string, change: Partial<Wish> = {}) {
  const wish: Wish = {
    id: 1,
    repositoryId: repository.id,
    pull: 1,
    commentId: 900,
    commentNodeId: 'IC_900',
    press: null,
    by,
    writtenAt: noon - 2000,
    heardAt: noon - 1000,
    state: 'asked',
    command: null,
    seen: false,
    answered: false,
    ...change,
  }
  const comment = found({ commentId: wish.commentId, body, authorId: by.id, edited: false })
  return { wishes: [wish], comments: new Map([[wish.commentId, comment]]) }
}

export function sha(number: number): string {
  return `${number}`.padStart(40, '0')
}
