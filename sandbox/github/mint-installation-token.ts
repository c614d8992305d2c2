import { randomBytes } from 'node:crypto'
import { isJsonObject } from '../json-schema.ts'
import { allows } from './authorise.ts'
import { invalid, Refusal } from './refusal.ts'
import type { Access, AppPermissions, Installation, Ms } from './state/accounts.ts'
import type { State } from './state.ts'

const lifeMs = 3_600_000

export type MintedToken = {
  readonly token: string
  readonly expiresAt: Ms
  readonly permissions: AppPermissions
  readonly repositories: 'all' | readonly number[]
}

/**
 * A token of an installation, good for an hour. `wanted` comes as it stands in the body: permissions and repositories, no more than the
 * installation has; 422 otherwise, 403 while it is suspended.
 */
export function mintInstallationToken(
  state: State,
  installation: Installation,
  wanted: { readonly permissions?: unknown; readonly repositoryIds?: unknown; readonly repositoryNames?: unknown },
): MintedToken {
  if (installation.suspendedAt !== undefined) throw new Refusal(403, 'This installation has been suspended')
  const token = `ghs_${randomBytes(18).toString('hex')}`
  const expiresAt = state.now() + lifeMs
  const permissions = choosePermissions(installation, wanted.permissions)
  const repositories = chooseRepositories(state, installation, wanted)
  state.tokens.set(token, { kind: 'installation', installation, permissions, repositories, expiresAt })
  return { token, expiresAt, permissions, repositories }
}

function choosePermissions({ permissions }: Installation, wanted: unknown): AppPermissions {
  if (!isJsonObject(wanted)) return permissions
  const chosen = Object.entries(wanted).map(([resource, value]): readonly [string, Access] => {
    const access = value === 'write' ? 'write' : 'read'
    if (!allows(permissions, [`${resource}:${access}`])) {
      throw invalid(undefined, 'The permissions requested are not granted to this installation.')
    }
    return [resource, access]
  })
  return Object.fromEntries([['metadata', 'read'], ...chosen])
}

function chooseRepositories(
  state: State,
  { repositories, account }: Installation,
  { repositoryIds, repositoryNames }: { readonly repositoryIds?: unknown; readonly repositoryNames?: unknown },
): 'all' | readonly number[] {
  const ids = Array.isArray(repositoryIds) ? repositoryIds : []
  const names = Array.isArray(repositoryNames) ? repositoryNames : []
  if (ids.length + names.length === 0) return repositories
  const chosen = state.repositories.filter(
    ({ id, name, owner }) =>
      owner === account &&
      (repositories === 'all' || repositories.includes(id)) &&
      (ids.includes(id) || names.includes(name)),
  )
  if (chosen.length < ids.length + names.length) {
    throw invalid(
      undefined,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  }
  return chosen.map(({ id }) => id)
}
