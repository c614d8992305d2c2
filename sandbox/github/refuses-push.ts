import { includes, permissionOf } from './authorise.ts'
import { zeroSha } from './git/refs.ts'
import type { Principal, Repository } from './state-types.ts'

/**
 * Why protection refuses this move of a ref, in GitHub's words; undefined when it does not. A merge of a pull request is no push.
 * Administrators pass where protection is not enforced for them.
 */
export function refusesPush(
  repository: Repository,
  principal: Principal | undefined,
  { name, after }: { readonly name: string; readonly after: string },
): string | undefined {
  const protection = repository.protection.get(name.replace('refs/heads/', ''))
  if (!name.startsWith('refs/heads/') || protection === undefined) return undefined
  if (after === zeroSha) return 'Cannot delete this branch'
  const isAdmin =
    principal?.kind === 'person' &&
    includes(permissionOf(repository, principal.user.id), 'admin') &&
    !protection.enforceAdmins
  return protection.refusesPushes && !isAdmin ? 'Changes must be made through a pull request.' : undefined
}
