import { notFound, Refusal } from './refusal.ts'
import type { Access, AppPermissions, Principal, RepositoryPermission } from './state/accounts.ts'
import type { Repository } from './state/repository.ts'

/** What a call demands. Apps need one of the permissions; an empty list shuts them out. People need so much on the repository. */
export type Demand = {
  readonly app: readonly `${string}:${Access}`[]
  readonly person: RepositoryPermission
}

const ranks: Readonly<Record<RepositoryPermission, number>> = {
  none: 0,
  read: 1,
  triage: 2,
  write: 3,
  maintain: 4,
  admin: 5,
}

/** What the user may do with the repository. */
export function permissionOf(repository: Repository, userId: number): RepositoryPermission {
  const given = repository.permissions.get(userId) ?? 'none'
  return given === 'none' && !repository.private ? 'read' : given
}

/** Whether one permission includes another. */
export function includes(given: RepositoryPermission, wanted: RepositoryPermission): boolean {
  return ranks[given] >= ranks[wanted]
}

/** Whether the principal can see the repository at all. */
export function canSee(principal: Principal | undefined, repository: Repository): boolean {
  if (!repository.private) return true
  switch (principal?.kind) {
    case undefined:
    case 'app':
      return false
    case 'person':
      return permissionOf(repository, principal.user.id) !== 'none'
    case 'installation': {
      const { installation, repositories } = principal
      const chosen = [installation.repositories, repositories].every(
        (ids) => ids === 'all' || ids.includes(repository.id),
      )
      return chosen && installation.account.id === repository.owner.id
    }
  }
}

/** Throws GitHub's 404 for what the principal can't see, and its 403 for what it may not do. */
export function authorise(principal: Principal | undefined, repository: Repository, demand: Demand): void {
  if (principal?.kind === 'installation' && principal.installation.suspendedAt !== undefined) {
    throw new Refusal(403, 'This installation has been suspended')
  }
  if (!canSee(principal, repository)) throw notFound()
  switch (principal?.kind) {
    case undefined:
      if (demand.person !== 'read') throw new Refusal(401, 'Requires authentication')
      return
    case 'app':
      throw new Refusal(403, 'Resource not accessible by integration')
    case 'installation':
      if (!allows(principal.permissions, demand.app)) throw new Refusal(403, 'Resource not accessible by integration')
      return
    case 'person': {
      const given = permissionOf(repository, principal.user.id)
      if (includes(given, demand.person)) return
      throw new Refusal(403, `Must have ${demand.person} access to the repository.`)
    }
  }
}

/** Whether a set of permissions includes one of those demanded; write includes read. */
export function allows(permissions: AppPermissions, demanded: Demand['app']): boolean {
  return demanded.some((demand) => {
    const [resource = '', access] = demand.split(':')
    return permissions[resource] === 'write' || (access === 'read' && permissions[resource] === 'read')
  })
}
