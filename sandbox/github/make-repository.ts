import { join } from 'node:path'
import { emit } from './acts/emit.ts'
import { defaultConfig } from './default-config.ts'
import { createBareRepository } from './git/create-bare-repository.ts'
import { nodeId } from './node-id.ts'
import { invalid } from './refusal.ts'
import type { Organisation, RepositoryPermission, User } from './state/accounts.ts'
import type { Protection, Repository } from './state/repository.ts'
import type { State } from './state.ts'

export type NewRepository = {
  readonly name: string
  /** The text of `.github/waybill.yml`; undefined = the sandbox's own, null = none. */
  readonly config?: string | null | undefined
  /** Whether `main` is protected: the check `waybill/gate` required, direct pushes refused. Default true. */
  readonly protect?: boolean | undefined
  /** Whether `main` is merged into through a merge queue. Default false. */
  readonly mergeQueue?: boolean | undefined
}

type Place = {
  readonly order: NewRepository
  readonly owner: Organisation
  readonly people: Readonly<Record<'developer' | 'reviewer' | 'analyst' | 'admin', User>>
  /** Where the bare repository is made. */
  readonly directory: string
}

/** Makes a private repository with one commit by `admin` on `main`. developer, reviewer and analyst may write, admin administers. */
export async function makeRepository(state: State, place: Place): Promise<Repository> {
  const { order, owner, people, directory } = place
  refuseTwice(state, order.name)
  const id = state.nextId()
  const repository: Repository = {
    id,
    nodeId: nodeId('Repository', id),
    owner,
    name: order.name,
    private: true,
    parent: undefined,
    defaultBranch: 'main',
    permissions: permissionsOf(people),
    path: join(directory, `${id}.git`),
    protection: new Map(order.protect === false ? [] : [['main', { ...gated }]]),
    ...emptyLists(),
    mergeQueues: new Map(order.mergeQueue === true ? [['main', []]] : []),
    nextNumber: 1,
    createdAt: state.now(),
    pushedAt: state.now(),
  }
  await commitFirst(state, repository, { admin: people.admin, config: order.config })
  refuseTwice(state, order.name)
  state.repositories.push(repository)
  emit(state, { name: 'repository', repository, sender: people.admin, payload: { action: 'created' } })
  return repository
}

function refuseTwice(state: State, wanted: string): void {
  if (state.repositories.some(({ name }) => name === wanted)) throw invalid([`${wanted} exists already`])
}

const gated: Protection = {
  requiredChecks: [{ context: 'waybill/gate', appId: undefined }],
  refusesPushes: true,
  wantsResolution: false,
  enforceAdmins: false,
}

function permissionsOf(people: Place['people']): Map<number, RepositoryPermission> {
  return new Map([
    [people.developer.id, 'write'],
    [people.reviewer.id, 'write'],
    [people.analyst.id, 'write'],
    [people.admin.id, 'admin'],
  ])
}

function commitFirst(
  state: State,
  { name, path, defaultBranch }: Repository,
  { admin, config = defaultConfig }: { readonly admin: User; readonly config: string | null | undefined },
): Promise<void> {
  const files = {
    'README.md': `# ${name}\n`,
    ...(config === null ? {} : { '.github/waybill.yml': config }),
  }
  const author = { name: admin.name, email: admin.email, at: state.now() }
  return createBareRepository(path, { branch: defaultBranch, author, message: 'Begin', files })
}

/** What a repository has none of when it is made. */
export function emptyLists() {
  return {
    labels: [],
    pulls: [],
    checkSuites: [],
    checkRuns: [],
    statuses: [],
    comments: [],
    releases: [],
    immutableReleases: false,
    burnedTags: new Set<string>(),
    tagRulesets: [],
    deployments: [],
    environments: [],
    runs: [],
    activity: [],
  }
}
