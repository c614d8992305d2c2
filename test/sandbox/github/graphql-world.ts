import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { openPull } from '../../../sandbox/github/acts/open-pull.ts'
import { recordMoves } from '../../../sandbox/github/acts/record-moves.ts'
import { createBareRepository } from '../../../sandbox/github/git/create-bare-repository.ts'
import { findRef, zeroSha } from '../../../sandbox/github/git/refs.ts'
import { graphqlRoute } from '../../../sandbox/github/graphql/graphql-route.ts'
import { nodeId } from '../../../sandbox/github/node-id.ts'
import { createState, type State } from '../../../sandbox/github/state.ts'
import type {
  Actor,
  App,
  AppPermissions,
  Installation,
  Organisation,
  PullRequest,
  Repository,
  User,
} from '../../../sandbox/github/state-types.ts'

export type World = {
  readonly state: State
  readonly repository: Repository
  readonly developer: Actor
  readonly reviewer: Actor
  readonly waybill: Actor & { readonly app: App }
  /** Commits the files on a branch (made from main if new), pushes, and answers the new head. */
  readonly push: (branch: string, files: Readonly<Record<string, string>>, message: string) => Promise<string>
  readonly open: (branch: string) => Promise<PullRequest>
  /** The body of the answer to a query with a token: `waybill`, `narrow` (no permissions), `developer` or `outsider`. */
  readonly ask: (query: string, variables?: object, token?: string) => Promise<unknown>
}

const write: AppPermissions = {
  contents: 'write',
  checks: 'write',
  statuses: 'read',
  deployments: 'write',
  pull_requests: 'write',
  issues: 'write',
  members: 'read',
  metadata: 'read',
}

/** A state with one repository, three people, and one App, without the rest of the sandbox. */
export async function createGraphqlWorld(): Promise<World> {
  const state = createState()
  const folder = mkdtempSync(join(tmpdir(), 'waybill-graphql-'))
  const acme: Organisation = { id: state.nextId(), nodeId: 'O_acme', login: 'acme', members: [], teams: [] }
  state.organisations.push(acme)
  const user = (login: string, type: User['type'] = 'User'): User => {
    const id = state.nextId()
    const one = { id, nodeId: nodeId(type, id), login, name: login, email: `${login}@users.noreply.github.com`, type }
    state.users.push(one)
    return one
  }
  const [developer, reviewer, outsider, bot] = [
    user('developer'),
    user('reviewer'),
    user('outsider'),
    user('waybill[bot]', 'Bot'),
  ]
  acme.members.push(developer, reviewer)
  acme.teams.push({ id: state.nextId(), nodeId: 'T_analysts', slug: 'analysts', name: 'Analysts', members: [reviewer] })
  const app: App = {
    ...{
      id: 77,
      nodeId: 'A_waybill',
      clientId: 'Iv1',
      slug: 'waybill',
      name: 'Waybill',
      owner: acme,
      publicKey: undefined,
    },
    ...{ permissions: write, events: [], bot, createdAt: 0 },
  }
  const installation: Installation = {
    id: 5,
    nodeId: 'I_5',
    app,
    account: acme,
    repositories: 'all',
    permissions: write,
    suspendedAt: undefined,
    createdAt: 0,
  }
  state.apps.push(app)
  state.installations.push(installation)
  state.tokens.set('developer', { kind: 'person', user: developer })
  state.tokens.set('outsider', { kind: 'person', user: outsider })
  const token = { kind: 'installation', installation, repositories: 'all', expiresAt: undefined } as const
  state.tokens.set('waybill', { ...token, permissions: write })
  state.tokens.set('narrow', { ...token, permissions: { metadata: 'read' } })

  const repository = await createRepository(state, {
    owner: acme,
    path: join(folder, 'shop.git'),
    people: [developer, reviewer],
  })
  const push = createPush(state, repository, {
    clone: join(folder, 'clone'),
    actor: { user: developer, app: undefined },
  })
  return {
    state,
    repository,
    push,
    developer: { user: developer, app: undefined },
    reviewer: { user: reviewer, app: undefined },
    waybill: { user: bot, app },
    open: (head) =>
      openPull(state, repository, {
        wanted: { title: `Change ${head}`, body: 'Because.', base: 'main', head, draft: false },
        actor: { user: developer, app: undefined },
      }),
    ask: createAsk(state),
  }
}

async function createRepository(
  state: State,
  { owner, path, people }: { readonly owner: Organisation; readonly path: string; readonly people: readonly User[] },
): Promise<Repository> {
  const author = { name: 'developer', email: 'developer@users.noreply.github.com', at: Date.now() - 60_000 }
  const files = { 'README.md': '# shop\n', '.github/waybill.yml': 'version: 1\n' }
  await createBareRepository(path, { branch: 'main', author, message: 'Begin', files })
  const id = state.nextId()
  const repository: Repository = {
    ...{ id, nodeId: nodeId('Repository', id), owner, name: 'shop', private: true, defaultBranch: 'main', path },
    permissions: new Map(people.map((one) => [one.id, 'write'])),
    protection: new Map(),
    ...{ labels: [], pulls: [], checkSuites: [], checkRuns: [], statuses: [], comments: [], releases: [] },
    ...{ deployments: [], environments: [], activity: [], nextNumber: 1, createdAt: Date.now(), pushedAt: Date.now() },
  }
  state.repositories.push(repository)
  return repository
}

function createPush(
  state: State,
  repository: Repository,
  { clone, actor }: { clone: string; actor: Actor },
): World['push'] {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' }
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: clone, env, stdio: 'pipe' }).toString().trim()
  execFileSync('git', ['clone', '-q', repository.path, clone], { env, stdio: 'pipe' })
  git('config', 'user.name', actor.user.name)
  git('config', 'user.email', actor.user.email)
  return async (branch, files, message) => {
    const name = `refs/heads/${branch}`
    const before = (await findRef(repository.path, name))?.sha ?? zeroSha
    git('fetch', '-q', 'origin')
    git('checkout', '-q', '-B', branch, before === zeroSha ? 'origin/main' : before)
    for (const [file, text] of Object.entries(files)) writeFileSync(join(clone, file), text)
    git('add', '.')
    git('commit', '-q', '-m', message)
    git('push', '-q', 'origin', branch)
    const after = git('rev-parse', 'HEAD')
    await recordMoves(state, repository, { actor, moves: [{ name, before, after }] })
    return after
  }
}

function createAsk(state: State): World['ask'] {
  const quota = { limit: 5000, used: 1, remaining: 4999, reset: 4_000_000_000 }
  const app = new Hono().route('/', graphqlRoute({ state, quotaOf: () => quota, spend: () => undefined }))
  return async (query, variables = {}, token = 'waybill') => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await app.request('/graphql', {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    })
    return answer.json()
  }
}
