import { makeRepository, type NewRepository } from './make-repository.ts'
import { nodeId } from './node-id.ts'
import type { AppManifest } from './read-manifest.ts'
import type { App, AppPermissions, Installation, Organisation, User } from './state/accounts.ts'
import type { Repository } from './state/repository.ts'
import type { State } from './state.ts'

const personNames = ['developer', 'reviewer', 'analyst', 'admin', 'outsider'] as const
const programNames = ['ci', 'deployer'] as const

export type PersonName = (typeof personNames)[number]
export type ProgramName = (typeof programNames)[number]

export type World = {
  readonly organisation: Organisation
  readonly people: Readonly<Record<PersonName, User>>
  readonly waybill: App
  readonly installation: Installation
  readonly tokens: Readonly<Record<PersonName | ProgramName, string>>
  /** Makes `acme/NAME`, like `acme/shop`. */
  readonly createRepository: (order: NewRepository) => Promise<Repository>
}

export type WorldOptions = {
  /** Where the bare repositories are made. */
  readonly directory: string
  /** PEM: the public key of the App `waybill`. */
  readonly publicKey: string
  readonly manifest: AppManifest
}

const programs: Readonly<Record<ProgramName, AppPermissions>> = {
  ci: { metadata: 'read', contents: 'read', checks: 'write', statuses: 'write', pull_requests: 'write' },
  deployer: { metadata: 'read', contents: 'read', deployments: 'write', actions: 'read' },
}

/** The organisation `acme` with its people and Apps; see the names above. Only `analyst` is in the team `analysts`. */
export function createWorld(state: State, options: WorldOptions): World {
  const people = {
    developer: createUser(state, 'developer'),
    reviewer: createUser(state, 'reviewer'),
    analyst: createUser(state, 'analyst'),
    admin: createUser(state, 'admin'),
    outsider: createUser(state, 'outsider'),
  }
  const organisation = createOrganisation(state, people)
  const { permissions, events } = options.manifest
  const waybill = createApp(state, organisation, { slug: 'waybill', publicKey: options.publicKey, permissions, events })
  const installation = install(state, organisation, waybill)
  const tokens = {
    developer: createToken(state, people.developer),
    reviewer: createToken(state, people.reviewer),
    analyst: createToken(state, people.analyst),
    admin: createToken(state, people.admin),
    outsider: createToken(state, people.outsider),
    ci: createProgram(state, organisation, 'ci'),
    deployer: createProgram(state, organisation, 'deployer'),
  }
  // Who makes the deployment records of workflow jobs.
  createApp(state, organisation, { slug: 'github-actions', publicKey: undefined, permissions: {}, events: [] })
  const createRepository = (order: NewRepository) =>
    makeRepository(state, { order, owner: organisation, people, directory: options.directory })
  return { organisation, people, waybill, installation, tokens, createRepository }
}

function createUser(state: State, login: string, type: User['type'] = 'User'): User {
  const id = state.nextId()
  const email = `${login}@users.noreply.github.com`
  const user = { id, nodeId: nodeId(type, id), login, name: login.replace('[bot]', ''), email, type }
  state.users.push(user)
  return user
}

function createOrganisation(state: State, people: World['people']): Organisation {
  const id = state.nextId()
  const teamId = state.nextId()
  const { outsider, ...members } = people
  const slug = 'analysts'
  const analysts = { id: teamId, nodeId: nodeId('Team', teamId), slug, name: slug, members: [people.analyst] }
  const organisation = {
    id,
    nodeId: nodeId('Organization', id),
    login: 'acme',
    members: Object.values(members).filter((one) => one !== outsider),
    teams: [analysts],
  }
  state.organisations.push(organisation)
  return organisation
}

function createApp(
  state: State,
  owner: Organisation,
  given: Pick<App, 'slug' | 'publicKey' | 'permissions' | 'events'>,
): App {
  const id = state.nextId()
  const app: App = {
    ...given,
    id,
    nodeId: nodeId('App', id),
    clientId: `Iv23li${given.slug}${id}`,
    name: given.slug,
    owner,
    bot: createUser(state, `${given.slug}[bot]`, 'Bot'),
    createdAt: state.now(),
  }
  state.apps.push(app)
  return app
}

function install(state: State, account: Organisation, app: App): Installation {
  const id = state.nextId()
  const installation: Installation = {
    id,
    nodeId: nodeId('Installation', id),
    app,
    account,
    repositories: 'all',
    permissions: app.permissions,
    suspendedAt: undefined,
    createdAt: state.now(),
  }
  state.installations.push(installation)
  return installation
}

function createToken(state: State, user: User): string {
  const token = `ghp_${user.login}`
  state.tokens.set(token, { kind: 'person', user })
  return token
}

/** An App that acts by one token for ever. */
function createProgram(state: State, organisation: Organisation, slug: ProgramName): string {
  const permissions = programs[slug]
  const app = createApp(state, organisation, { slug, publicKey: undefined, permissions, events: [] })
  const installation = install(state, organisation, app)
  const token = `ghs_${slug}`
  state.tokens.set(token, {
    kind: 'installation',
    installation,
    permissions,
    repositories: 'all',
    expiresAt: undefined,
  })
  return token
}
