import { canSee } from '../authorise.ts'
import { mintInstallationToken } from '../mint-installation-token.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { App, Installation } from '../state/accounts.ts'
import { type Call, created, ok, parameter, type Routes } from './call.ts'
import { iso } from './iso.ts'
import { paginate, paginateCounted } from './paginate.ts'
import { serializeApp, serializeInstallation } from './serialize-app.ts'
import { serializeRepository } from './serialize-repository.ts'

/** What an App asks about itself by its JWT, and about its installation by the installation's token. */
export const appRoutes: Routes = {
  'GET /app': (call) =>
    ok({ ...serializeApp(call.state, needApp(call)), installations_count: installationsOf(call).length }),
  'GET /app/installations': (call) =>
    paginate(call, installationsOf(call), (one) => serializeInstallation(call.state, one)),
  'GET /app/installations/{installation_id}': (call) => ok(serializeInstallation(call.state, findInstallation(call))),
  'POST /app/installations/{installation_id}/access_tokens': mint,
  'GET /installation/repositories': listRepositories,
  'GET /repos/{owner}/{repo}/installation': installationOf,
}

function mint(call: Call) {
  const { state, body } = call
  const { token, expiresAt, permissions, repositories } = mintInstallationToken(state, findInstallation(call), {
    permissions: body['permissions'],
    repositoryIds: body['repository_ids'],
    repositoryNames: body['repositories'],
  })
  const chosen = state.repositories.filter(({ id }) => repositories !== 'all' && repositories.includes(id))
  return created({
    token,
    expires_at: iso(expiresAt),
    permissions,
    repository_selection: repositories === 'all' ? 'all' : 'selected',
    ...(repositories === 'all' ? {} : { repositories: chosen.map((one) => serializeRepository(state, one)) }),
  })
}

function listRepositories(call: Call) {
  const { state, principal } = call
  if (principal?.kind !== 'installation') {
    throw new Refusal(
      403,
      'You must authenticate with an installation access token in order to list repositories for an installation.',
    )
  }
  if (principal.installation.suspendedAt !== undefined) throw new Refusal(403, 'This installation has been suspended')
  const seen = state.repositories.filter((repository) => canSee({ ...principal }, repository))
  return paginateCounted({ ...call, key: 'repositories' }, seen, (one) => serializeRepository(state, one))
}

function installationOf(call: Call) {
  const app = needApp(call)
  const [owner, name] = [parameter(call, 'owner'), parameter(call, 'repo')]
  const repository = call.state.repositories.find((one) => one.owner.login === owner && one.name === name)
  const found = call.state.installations.find(
    (one) =>
      one.app === app &&
      one.account === repository?.owner &&
      (one.repositories === 'all' || one.repositories.includes(repository.id)),
  )
  if (found === undefined) throw notFound()
  return ok(serializeInstallation(call.state, found))
}

function findInstallation(call: Call): Installation {
  const id = Number(parameter(call, 'installation_id'))
  const found = installationsOf(call).find((one) => one.id === id)
  if (found === undefined) throw notFound()
  return found
}

function installationsOf(call: Call): readonly Installation[] {
  const app = needApp(call)
  return call.state.installations.filter((one) => one.app === app)
}

function needApp({ principal }: Call): App {
  if (principal?.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
  return principal.app
}
