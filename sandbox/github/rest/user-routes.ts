import { permissionOf } from '../authorise.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Organisation, Principal, Team, User } from '../state/accounts.ts'
import type { State } from '../state.ts'
import { type Call, ok, parameter, type RepositoryRoutes, type Routes } from './call.ts'
import { iso } from './iso.ts'
import { paginate } from './paginate.ts'
import { serializeUser } from './serialize-user.ts'

export const userRoutes: Routes = {
  'GET /user': (call) => {
    if (call.principal === undefined) throw new Refusal(401, 'Requires authentication')
    if (call.principal.kind !== 'person') throw new Refusal(403, 'Resource not accessible by integration')
    return ok(serializePublicUser(call.state, call.principal.user))
  },
  'GET /users/{username}': (call) => ok(serializePublicUser(call.state, needUser(call))),
  'GET /orgs/{org}/members/{username}': (call) => {
    const organisation = needMembers(call)
    if (!organisation.members.some(({ login }) => sameName(login, parameter(call, 'username')))) throw notFound()
    return { status: 204 }
  },
  'GET /orgs/{org}/teams/{team_slug}/memberships/{username}': (call) => {
    const team = needTeam(call)
    const user = team.members.find(({ login }) => sameName(login, parameter(call, 'username')))
    if (user === undefined) throw notFound()
    const url = `${call.state.url}/orgs/${parameter(call, 'org')}/teams/${team.slug}/memberships/${user.login}`
    return ok({ url, role: 'member', state: 'active' })
  },
  'GET /orgs/{org}/teams/{team_slug}/members': (call) =>
    paginate(call, needTeam(call).members, (user) => serializeUser(call.state, user)),
}

export const collaboratorRoutes: RepositoryRoutes = {
  'GET /collaborators/{username}/permission': {
    app: ['metadata:read'],
    person: 'write',
    handle: (call) => {
      const user = needUser(call)
      const role = permissionOf(call.repository, user.id)
      // The old names stand in `permission`, the roles in `role_name`.
      const permission = {
        triage: 'read',
        maintain: 'write',
        none: 'none',
        read: 'read',
        write: 'write',
        admin: 'admin',
      }[role]
      return ok({ permission, role_name: role, user: { ...serializeUser(call.state, user), role_name: role } })
    },
  },
}

function needUser(call: Call): User {
  const user = call.state.users.find(({ login }) => sameName(login, parameter(call, 'username')))
  if (user === undefined) throw notFound()
  return user
}

function needTeam(call: Call): Team {
  const team = needMembers(call).teams.find(({ slug }) => sameName(slug, parameter(call, 'team_slug')))
  if (team === undefined) throw notFound()
  return team
}

/** The organisation, for Apps that may read its members and for its own people. */
function needMembers({ state, principal, ...call }: Call): Organisation {
  const found = state.organisations.find(({ login }) => sameName(login, parameter(call, 'org')))
  if (found === undefined) throw notFound()
  if (!maySeeMembers(principal, found)) {
    if (principal?.kind === 'person' || principal === undefined) throw notFound()
    throw new Refusal(403, 'Resource not accessible by integration')
  }
  return found
}

function maySeeMembers(principal: Principal | undefined, organisation: Organisation): boolean {
  switch (principal?.kind) {
    case undefined:
    case 'app':
      return false
    case 'person':
      return organisation.members.includes(principal.user)
    case 'installation':
      return principal.installation.account === organisation && principal.permissions['members'] !== undefined
  }
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function serializePublicUser(state: State, user: User) {
  return {
    ...serializeUser(state, user),
    name: user.name,
    company: null,
    blog: null,
    location: null,
    email: user.email,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: iso(0),
    updated_at: iso(0),
  }
}
